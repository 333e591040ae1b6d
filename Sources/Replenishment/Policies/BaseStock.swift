import NumericCore

/// One-for-one replenishment: every unit sold is ordered again at once.
public enum BaseStock {
    /// Part of Poisson demand served at once from base stock S when customers wait otherwise: P(on order < S). The
    /// units on order are Poisson with mean rate x mean lead time whatever the law of the lead time (Palm, 1938).
    public static func fillRate(level: Int, meanOnOrder: Double) -> Double {
        PoissonDistribution(mean: meanOnOrder).cumulative(Double(level - 1))
    }

    /// Expected customers waiting under the same policy.
    public static func backorders(level: Int, meanOnOrder: Double) -> Double {
        PoissonDistribution(mean: meanOnOrder).loss(Double(level))
    }

    /// Part of Poisson demand served when customers do not wait: 1 - Erlang's loss formula for `level` lines offered
    /// `meanOnOrder` (Erlang, 1917; insensitive to the law of the lead time).
    public static func lostSalesFillRate(level: Int, meanOnOrder: Double) -> Double {
        guard meanOnOrder > 0 else { return 1 }
        var blocking = 1.0
        for n in stride(from: 1, through: level, by: 1) {
            blocking = Self.blocking(n, before: blocking, meanOnOrder: meanOnOrder)
        }
        return 1 - blocking
    }

    /// B(n) = a B(n - 1) / (n + a B(n - 1)), stable because every term is positive and below one.
    static func blocking(_ n: Int, before: Double, meanOnOrder: Double) -> Double {
        meanOnOrder * before / (Double(n) + meanOnOrder * before)
    }
}
