import NumericCore
import Retail

/// By how much a review finds the position below the reorder point under (R, s, S).
enum Undershoot {
    /// Cells that a lot is divided into where it is followed from review to review.
    private static let cells: Int64 = 128
    /// From as much variance of the demand that takes a lot away, in squares of a review's demand, the position has
    /// forgotten when it was ordered up: what is left of the rhythm is below one per cent.
    private static let enoughVariance = 0.3

    /// Mean and variance of the undershoot, from the demand of the review periods of a window.
    ///
    /// Where a lot lasts long or demand varies much, those of a renewal process with whole units (Tijms and Groenevelt,
    /// 1984): E[D (D - 1)] / 2 E[D] and E[D (D - 1) (2 D - 1)] / 6 E[D] are its first two moments. Each period counts by its
    /// demand, since one in which little is asked seldom takes the position past the point. The third moment of demand is
    /// the negative binomial's. Otherwise orders keep a rhythm, every second or third review: see `rhythm`.
    ///
    /// - Parameter lot: S - s; nil where orders are whole lots of one size, after which the position is anywhere.
    static func moments(_ daily: DailyDemand, from offset: Int, review: Double, window: Double, lot: Int64? = nil)
        -> Moments
    {
        let step = max(1, Int(review))
        var (sum, firsts, squares) = (0.0, 0.0, 0.0)
        for start in stride(from: 0, to: max(1, Int(window.rounded(.up))), by: step) {
            let demand = daily.cumulative(from: offset + start, span: review)
            let (mean, variance) = (demand.mean, demand.variance)
            guard mean > 0 else { continue }
            let second = variance + mean * mean
            let skew = max(0, variance * (2 * variance / mean - 1))
            let third = mean * mean * mean + 3 * mean * variance + skew
            sum += mean
            firsts += max(0, (second - mean) / 2)
            squares += max(0, (2 * third - 3 * second + mean) / 6)
        }
        guard sum > 0 else { return Moments(mean: 0, variance: 0) }
        if let lot {
            let usual = daily.reviews(from: offset, review: review, window: window)
            if Double(lot) * usual.variance < enoughVariance * usual.mean * usual.mean * usual.mean {
                return rhythm(usual, lot: lot)
            }
        }
        let first = firsts / sum
        return Moments(mean: first, variance: max(0, squares / sum - first * first))
    }

    /// Twice the covariance of the undershoot with demand over the lead time that follows, where days go together: that of
    /// as many days before it as the undershoot's mean comes to.
    static func shared(
        _ mean: Double, _ daily: DailyDemand, from offset: Int, leadTime: Double, review: Double
    ) -> Double {
        guard daily.correlation > 0, leadTime > 0, mean > 0 else { return 0 }
        func variance(_ span: Double) -> Double { daily.cumulative(from: offset, span: span).variance }
        let perDay = daily.cumulative(from: offset, span: leadTime).mean / leadTime
        guard perDay > 0 else { return 0 }
        let days = min(mean / perDay, review)
        return max(0, variance(leadTime + days) - variance(leadTime) - variance(days))
    }

    /// The undershoot of a lot followed from review to review: the reviews at which demand since the order has been j units
    /// are m(j) in number (the renewal density), and what demand comes to at the review that orders has by Wald's two
    /// equations the mean E[D] sum m and the mean square sum m (2 j E[D] + E[D^2]).
    private static func rhythm(_ demand: Moments, lot: Int64) -> Moments {
        let count = Int(min(lot, cells))
        let unit = Double(lot) / Double(count)
        let law = demand.law
        var parts = [Double](repeating: 0, count: count)
        var before = 0.0
        for cell in 0..<count {
            let reached = law.cumulative((Double(cell) + (law.isCount && unit == 1 ? 0 : 0.5)) * unit)
            (parts[cell], before) = (reached - before, reached)
        }
        let visits = visits(parts)
        let (mean, square) = (law.mean, law.variance + law.mean * law.mean)
        var (reviews, second) = (0.0, 0.0)
        for (cell, visit) in visits.enumerated() {
            reviews += visit
            second += visit * (2 * Double(cell) * unit * mean + square)
        }
        let fall = max(Double(lot), mean * reviews)
        return Moments(mean: fall - Double(lot), variance: max(0, second - fall * fall))
    }

    /// The law of the undershoot where few lines come between two reviews, unit by unit; nil where the form of their sum
    /// does (`CompoundLaw`), or where it would take too long.
    static func table(_ demand: Moments, lines: [LineSizes.Size], lot: Int64) -> DemandLaw? {
        guard lot <= 4_096, case .empirical(let law)? = CompoundLaw.law(demand, lines: lines),
            let last = law.values.last, last * Double(lot) < 4e6
        else { return nil }
        var parts = [Double](repeating: 0, count: Int(last) + 1)
        for (value, weight) in zip(law.values, law.weights) { parts[Int(value)] = weight }
        let visits = visits(
            Array(parts.prefix(Int(lot))) + [Double](repeating: 0, count: max(0, Int(lot) - parts.count)))
        var chances = [Double](repeating: 0, count: parts.count)
        for (since, visit) in visits.enumerated() where visit > 0 {
            let toGo = Int(lot) - since
            guard toGo < parts.count else { continue }
            for units in toGo..<parts.count { chances[units - toGo] += visit * parts[units] }
        }
        return .empirical(EmpiricalDistribution(values: chances.indices.map { Double($0) }, weights: chances))
    }

    /// How many reviews find that demand since the order has been so much, from what a review's demand is.
    private static func visits(_ parts: [Double]) -> [Double] {
        let start = 1 / max(1e-12, 1 - (parts.first ?? 0))
        var visits = [Double](repeating: 0, count: parts.count)
        for place in visits.indices {
            var sum = place == 0 ? 1.0 : 0
            for units in stride(from: 1, through: place, by: 1) { sum += parts[units] * visits[place - units] }
            visits[place] = sum * start
        }
        return visits
    }
}

extension DailyDemand {
    /// Demand of an average review period within a window.
    func reviews(from offset: Int, review: Double, window: Double) -> Moments {
        var (sum, count) = (Moments(mean: 0, variance: 0), 0.0)
        for start in stride(from: 0, to: max(1, Int(window.rounded(.up))), by: max(1, Int(review))) {
            let demand = cumulative(from: offset + start, span: review)
            sum.mean += demand.mean
            sum.variance += demand.variance
            count += 1
        }
        return Moments(mean: sum.mean / count, variance: sum.variance / count)
    }
}
