/// Mean and standard deviation of one stock row's demand, day by day. Beyond the last day the last week repeats
/// (or the whole vector, when it is shorter than a week).
public struct DailyDemand: Sendable {
    @usableFromInline let mean: ArraySlice<Double>
    @usableFromInline let deviation: ArraySlice<Double>
    /// The shape of a day (`DemandShape`); empty: unknown.
    let shape: ArraySlice<Float>
    /// Correlation of one day's error with the next day's; it dies out geometrically over the days.
    public let correlation: Double

    /// - Parameters:
    ///   - mean: units a day, not negative, day 0 first; at least one day.
    ///   - deviation: as many standard deviations.
    public init(mean: ArraySlice<Double>, deviation: ArraySlice<Double>, correlation: Double = 0) {
        self.init(mean: mean, deviation: deviation, shape: [], correlation: correlation)
    }

    public init(mean: [Double], deviation: [Double], correlation: Double = 0) {
        self.init(mean: mean[...], deviation: deviation[...], correlation: correlation)
    }

    init(mean: ArraySlice<Double>, deviation: ArraySlice<Double>, shape: ArraySlice<Float>, correlation: Double) {
        (self.mean, self.deviation, self.shape, self.correlation) = (mean, deviation, shape, correlation)
    }

    public var dayCount: Int { mean.count }

    /// The day of the vector that stands for day `day` (0 is the first).
    func index(_ day: Int) -> Int {
        let count = mean.count
        if day < count { return max(0, day) }
        let period = min(7, count)
        return count - period + (day - count) % period
    }

    /// Expected units on day `day`, counted from the first day of the vector.
    public func mean(day: Int) -> Double { mean[mean.startIndex + index(day)] }

    /// Variance of the units on day `day`.
    public func variance(day: Int) -> Double {
        let deviation = deviation[deviation.startIndex + index(day)]
        return deviation * deviation
    }

    /// Mean and variance over the first `span` days from day `offset` on. A part of a day counts as that part of
    /// its mean and variance; a negative span continues the first day backwards, so that both stay linear there.
    public func cumulative(from offset: Int = 0, span: Double) -> Moments {
        var moments = Moments(mean: 0, variance: 0)
        guard span > 0 else {
            return Moments(mean: span * mean(day: offset), variance: span * variance(day: offset))
        }
        let whole = Int(span)
        // Deviations of the days before, each times the correlation to the power of its distance.
        var carried = 0.0
        func added(_ day: Int) -> Double {
            let variance = variance(day: offset + day)
            guard correlation != 0 else { return variance }
            let deviation = variance.squareRoot()
            let sum = variance + 2 * deviation * carried
            carried = correlation * (carried + deviation)
            return sum
        }
        for day in 0..<whole {
            moments.mean += mean(day: offset + day)
            moments.variance += added(day)
        }
        let part = span - Double(whole)
        if part > 0 {
            moments.mean += part * mean(day: offset + whole)
            moments.variance += part * added(whole)
        }
        moments.variance = max(0, moments.variance)
        return moments
    }

    /// Mean and variance of demand over a random lead time (mean and standard deviation in days) plus a review
    /// period, from day `offset` on.
    ///
    /// For demand that is the same every day this is the textbook E[T] sigma^2 + mean^2 Var[L] (Hadley and Whitin,
    /// 1963). On a vector that changes from day to day the lead time is replaced by the two equally likely values
    /// mean +- deviation, which have its mean and variance: the mean square of demand around an arrival that is early
    /// or late by one deviation, promotions in between included.
    public func leadTimeMoments(
        from offset: Int = 0, leadTime: Double, leadTimeDeviation: Double, review: Double
    ) -> Moments {
        let span = leadTime + review
        guard leadTimeDeviation > 0 else { return cumulative(from: offset, span: span) }
        let early = cumulative(from: offset, span: span - leadTimeDeviation)
        let late = cumulative(from: offset, span: span + leadTimeDeviation)
        let swing = 0.5 * (late.mean - early.mean)
        return Moments(
            mean: 0.5 * (early.mean + late.mean), variance: 0.5 * (early.variance + late.variance) + swing * swing)
    }
}

/// Mean and variance of an amount of demand, units and units squared.
@frozen public struct Moments: Sendable, Hashable {
    public var mean: Double
    public var variance: Double
    @inlinable public init(mean: Double, variance: Double) {
        self.mean = mean
        self.variance = variance
    }

    /// The law these moments are evidence for.
    public var law: DemandLaw { DemandLaw.choose(mean: max(0, mean), variance: max(0, variance)) }
}
