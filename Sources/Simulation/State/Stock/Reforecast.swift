import Replenishment
import Retail

/// The rolling forecast while a replication runs.
///
/// Demand of a SKU is what was planned of it times a rate that nobody knows: before the first day the rate is about 1,
/// as sure as the plan's own memory; each review multiplies what is known by a discount and adds the units asked for and
/// the units planned since (the gamma filter of counts of Harvey and Fernandes, 1989, Journal of Business and Economic
/// Statistics 7). Counts wilder than Poisson weigh less by their dispersion. The forecast of the days to come is the
/// plan of each, promotions and weekdays included, times the rate; the levels of a row are made anew from it for the
/// days its next order must cover, by the formulas the plan was made with, the doubt about the rate included.
struct Reforecast: ~Copyable {
    let isOn: Bool
    private let weight: Double
    private let plan: RollingPlan?
    /// Sum and exposure of the gamma law of each SKU's rate.
    private let sums: FixedColumn<Double>
    private let exposures: FixedColumn<Double>
    /// Units asked for up to the last look.
    private let seen: FixedColumn<Int64>
    /// Units planned by SKU and day over the rows that are supplied from outside, SKUs x days.
    private let planned: FixedColumn<Float>
    private let dispersions: FixedColumn<Double>
    private var lookedAt: Int64 = 0

    init(_ world: World) {
        weight = world.replenishment.rollingWeight
        plan = weight > 0 ? world.replenishment.rolling : nil
        isOn = plan != nil
        let count = isOn ? world.skus.count : 0
        let days = plan?.days ?? 0
        planned = FixedColumn(repeating: 0, count: count * days)
        dispersions = FixedColumn(repeating: 1, count: count)
        sums = FixedColumn(repeating: 0, count: count)
        exposures = FixedColumn(repeating: 0, count: count)
        seen = FixedColumn(repeating: 0, count: count)
        guard let plan else { return }
        var variances = [Double](repeating: 0, count: count)
        for (place, row) in world.stock.rows.enumerated()
        where world.network.upstream[row.node.position] == nil {
            for day in 0..<days {
                let cell = place * days + day
                planned[row.sku.position * days + day] += plan.mean[cell]
                variances[row.sku.position] += Double(plan.deviation[cell]) * Double(plan.deviation[cell])
            }
        }
        for sku in 0..<count {
            let total = (0..<days).reduce(0.0) { $0 + Double(planned[sku * days + $1]) }
            guard total > 0 else { continue }
            dispersions[sku] = max(1, variances[sku] / total)
            // What the filter forgets in the long run: one over the weight days.
            let memory = total / Double(days) / weight / dispersions[sku]
            (sums[sku], exposures[sku]) = (memory, memory)
        }
    }

    /// Takes in what has been asked for since the last look, half a day or more ago.
    mutating func look(_ demanded: FieldColumn<SKULine, Int64>, at now: Int64) {
        guard let plan, now - lookedAt >= SliceGrid.microsecondsPerDay / 2 else { return }
        for sku in 0..<sums.count {
            let units = Double(demanded[sku] - seen[sku])
            seen[sku] = demanded[sku]
            let expected = expected(sku, from: lookedAt, to: now, plan.days)
            guard expected > 0 || exposures[sku] > 0 else { continue }
            let kept = 1 - weight
            sums[sku] = kept * sums[sku] + units / dispersions[sku]
            exposures[sku] = kept * exposures[sku] + expected / dispersions[sku]
        }
        lookedAt = now
    }

    /// Units planned between two moments, each day's spread evenly.
    private func expected(_ sku: Int, from: Int64, to: Int64, _ days: Int) -> Double {
        let length = SliceGrid.microsecondsPerDay
        var (at, sum) = (from, 0.0)
        while at < to {
            let day = at / length
            let end = min(to, (day + 1) * length)
            sum += Double(planned[sku * days + min(Int(day), days - 1)]) * Double(end - at) / Double(length)
            at = end
        }
        return sum
    }

    /// Mean of the rate of a SKU: what is asked for over what was planned.
    func rate(_ sku: Int) -> Double { exposures[sku] > 0 ? sums[sku] / exposures[sku] : 1 }

    /// The levels of a row for the days to come; nil where it keeps those of the plan.
    func levels(row: Int, sku: Int, at now: Int64) -> RowPlan? {
        guard let plan, let terms = plan.rows[row], exposures[sku] > 0 else { return nil }
        let today = min(Int(now / SliceGrid.microsecondsPerDay), plan.days - 1)
        let feed = terms.feed
        let reach = feed.leadTime + 2 * feed.leadTimeDeviation + Double(feed.reviewPeriod) + 8
        let end = min(plan.days, today + Int(min(reach, 1e6).rounded(.up)))
        let rate = rate(sku)
        let cells = row * plan.days + today..<row * plan.days + end
        let daily = DailyDemand(
            mean: cells.map { Double(plan.mean[$0]) * rate },
            deviation: cells.map { Double(plan.deviation[$0]) * rate.squareRoot() })
        // Squared coefficient of variation of a gamma law.
        let doubt = sums[sku] > 0 ? 1 / sums[sku] : 0
        return try? RowPlan(
            daily: daily, feed: feed, target: terms.target, costs: plan.costs, levelDoubt: min(doubt, 1))
    }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(sums)
        try codec.code(exposures)
        try codec.code(seen)
        try codec.code(&lookedAt)
    }
}
