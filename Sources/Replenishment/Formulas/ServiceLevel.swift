/// The reorder point R of an (R, Q) policy: order Q whenever the position falls to R.
public enum ReorderPoint {
    /// Part of demand served from stock under (R, Q): 1 - (loss(R) - loss(R + Q)) / Q, with `law` the demand over
    /// lead time (Silver, Pyke and Thomas, 2017, section 6.7; exact when the position is uniform on (R, R + Q]).
    public static func fillRate(_ reorderPoint: Double, quantity: Double, law: DemandLaw) -> Double {
        1 - (law.loss(reorderPoint) - law.loss(reorderPoint + quantity)) / quantity
    }

    /// The R at which `fillRate` is `target` (continuous; 0 when even 0 reaches it).
    public static func forFillRate(_ target: Double, quantity: Double, law: DemandLaw) throws(ReplenishmentError)
        -> Double
    {
        try requireShare("fill rate", target)
        try requirePositive("order quantity", quantity)
        guard law.mean > 0 else { return 0 }
        let missed = (1 - target) * quantity
        var (near, far) = (ShortfallProbe(law), ShortfallProbe(law))
        return LevelSearch.lowest(from: LevelSearch.start(law, missed: missed), scale: law.smoothScale) {
            near.excess($0, width: quantity, beyond: &far, allowed: missed)
        }
    }

    /// The smallest whole R of 0 or more whose fill rate reaches `target`.
    public static func wholeForFillRate(_ target: Double, quantity: Double, law: DemandLaw)
        throws(ReplenishmentError) -> Int64
    {
        try requireShare("fill rate", target)
        try requirePositive("order quantity", quantity)
        guard law.mean > 0 else { return 0 }
        let missed = (1 - target) * quantity
        let start = LevelSearch.start(law, missed: missed)
        if quantity == quantity.rounded(), quantity < 1e9,
            let level = LevelSearch.lowestCount(law, law, apart: quantity, missed: missed, from: start)
        {
            return level
        }
        // The fill rate rises with the level: where it is smooth its root rounded up is the answer.
        if law.smoothScale != nil { return Int64(clampedUp: try forFillRate(target, quantity: quantity, law: law)) }
        return LevelSearch.lowestWhole(from: start) { fillRate($0, quantity: quantity, law: law) >= target }
    }

    /// The R with which a cycle ends without stockout with probability `target`: the quantile of `law`, 0 or more.
    public static func forCycleService(_ target: Double, law: DemandLaw) throws(ReplenishmentError) -> Double {
        try requireShare("cycle service level", target)
        return max(0, law.quantile(target))
    }

    /// The smallest whole R of 0 or more with which a cycle ends without stockout with probability `target`.
    public static func wholeForCycleService(_ target: Double, law: DemandLaw) throws(ReplenishmentError) -> Int64 {
        try requireShare("cycle service level", target)
        return Int64(clampedUp: law.quantile(target))
    }
}

/// The order-up-to level S of an (R, S) policy: at every review order what is missing to S.
public enum OrderUpToLevel {
    /// Part of demand served under (R, S): 1 - (loss over lead time + review - loss over lead time) / demand of a
    /// review period, the units short at the end of a cycle less those already short at its beginning
    /// (Silver, Pyke and Thomas, 2017, section 6.10).
    public static func fillRate(_ level: Double, overLeadTime: DemandLaw, overLeadTimeAndReview: DemandLaw) -> Double {
        let review = overLeadTimeAndReview.mean - overLeadTime.mean
        guard review > 0 else { return 1 }
        let short = overLeadTimeAndReview.loss(level) - overLeadTime.loss(level)
        return 1 - max(0, short) / review
    }

    /// The S at which `fillRate` is `target` (continuous; 0 when even 0 reaches it).
    public static func forFillRate(_ target: Double, overLeadTime: DemandLaw, overLeadTimeAndReview: DemandLaw)
        throws(ReplenishmentError) -> Double
    {
        try requireShare("fill rate", target)
        let review = overLeadTimeAndReview.mean - overLeadTime.mean
        guard review > 0 else { return 0 }
        let missed = (1 - target) * review
        let start = LevelSearch.start(overLeadTimeAndReview, missed: missed)
        var (whole, lead) = (ShortfallProbe(overLeadTimeAndReview), ShortfallProbe(overLeadTime))
        return LevelSearch.lowest(from: start, scale: overLeadTimeAndReview.smoothScale) { level in
            let (here, there) = (whole(level), lead(level))
            return LevelSearch.Excess(
                missed: here.loss - there.loss, allowed: missed, slope: there.tail - here.tail,
                curvature: here.density - there.density, third: here.slope - there.slope)
        }
    }

    /// The smallest whole S of 0 or more whose fill rate reaches `target`.
    public static func wholeForFillRate(_ target: Double, overLeadTime: DemandLaw, overLeadTimeAndReview: DemandLaw)
        throws(ReplenishmentError) -> Int64
    {
        try requireShare("fill rate", target)
        let review = overLeadTimeAndReview.mean - overLeadTime.mean
        guard review > 0 else { return 0 }
        let missed = (1 - target) * review
        let start = LevelSearch.start(overLeadTimeAndReview, missed: missed)
        if let level = LevelSearch.lowestCount(
            overLeadTimeAndReview, overLeadTime, apart: 0, missed: missed, from: start)
        {
            return level
        }
        if overLeadTimeAndReview.smoothScale != nil, overLeadTime.smoothScale != nil {
            return Int64(
                clampedUp: try forFillRate(
                    target, overLeadTime: overLeadTime, overLeadTimeAndReview: overLeadTimeAndReview))
        }
        return LevelSearch.lowestWhole(from: start) {
            fillRate($0, overLeadTime: overLeadTime, overLeadTimeAndReview: overLeadTimeAndReview) >= target
        }
    }

    /// The smallest whole S of 0 or more that covers lead time plus review with probability `target`.
    public static func wholeForCycleService(_ target: Double, overLeadTimeAndReview: DemandLaw)
        throws(ReplenishmentError) -> Int64
    {
        try requireShare("cycle service level", target)
        return Int64(clampedUp: overLeadTimeAndReview.quantile(target))
    }
}

extension Int64 {
    /// The smallest whole number of 0 or more that is not below `value`, but for the last rounding of `value`;
    /// saturates, and NaN counts as 0.
    init(clampedUp value: Double) {
        let up = (value - 1e-9 * Swift.max(1, value.magnitude)).rounded(.up)
        self = up > 0 ? (up < 9e18 ? Int64(up) : .max) : 0
    }
}
