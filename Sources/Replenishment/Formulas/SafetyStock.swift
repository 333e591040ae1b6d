import NumericCore

/// Safety stock under the normal approximation, for comparison and for the textbook answers. The planner takes the
/// quantile of the law of lead-time demand instead, because sigma times the root of the lead time is wrong for slow
/// movers and for lead times that vary.
public enum SafetyStock {
    /// Standard deviation of demand over a random lead time, demand independent of it and alike every day:
    /// root of E[L] sigma^2 + mean^2 Var[L] (Hadley and Whitin, 1963).
    public static func leadTimeDeviation(
        dailyMean: Double, dailyDeviation: Double, leadTime: Double, leadTimeDeviation: Double
    ) -> Double {
        DailyDemand(mean: [dailyMean], deviation: [dailyDeviation])
            .leadTimeMoments(leadTime: leadTime, leadTimeDeviation: leadTimeDeviation, review: 0).variance.squareRoot()
    }

    /// Safety stock z sigma for a cycle service level.
    public static func forCycleService(_ target: Double, deviation: Double) throws(ReplenishmentError) -> Double {
        try requireShare("cycle service level", target)
        return Normal.quantile(target) * deviation
    }

    /// How much more a node's orders vary than its demand when it forecasts by a moving average over `window` periods
    /// and orders up to a level: 1 + 2 L / p + 2 L^2 / p^2 (Chen, Drezner, Ryan and Simchi-Levi, 2000). Exact for
    /// independent demand, safety factor 0 and negative orders allowed; a lower bound otherwise.
    public static func bullwhip(leadTime: Double, window: Double) -> Double {
        let ratio = leadTime / window
        return 1 + 2 * ratio + 2 * ratio * ratio
    }
}
