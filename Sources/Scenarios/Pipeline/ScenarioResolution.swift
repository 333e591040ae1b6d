import Retail
import Simulation

/// A scenario's codes and amounts resolved against a data set.
struct ScenarioResolution {
    var promotions: [Promotion]
    /// By channel; nil where the scenario states none.
    var shares: [Rate?]
    var deductions: [Scenario.Deduction]
    /// Candidates that must be open; nil when the solver chooses, empty for none.
    var listedFronts: [Int]?
    /// Candidates that must be open, and that may not be.
    var requiredSites: [Int] = []
    var forbiddenSites: [Int] = []
    /// By case of demand the regions its factor holds for; nil: all.
    var caseRegions: [[Int]?] = []
    var faults: [FaultPlan]
    /// By channel.
    var timeOuts: [Instant]
    /// Priority of each channel; channels not named come last.
    var ranks: [Int]
    /// Part of each channel's buyers who would fetch their order.
    var pickups: [Rate]
    /// Channels of the spikes and live shows; nil is every channel.
    var spikeChannels: [Channel.Index?]
    var showChannels: [Channel.Index]
    var prices: [PriceChange] = []
    var adjustments: [Adjustment] = []

    /// - Throws: every code the data set does not know, every foreign currency, and a clock beyond the history.
    init(_ scenario: Scenario, _ dataset: Dataset) throws(ScenarioError) {
        var check = ResolutionCheck(scenario: scenario, dataset: dataset)
        promotions = scenario.promotions.indices.compactMap { check.promotion($0) }
        // Promotions of the data set run too, unless the scenario states one of the same code.
        let stated = Set(promotions.map(\.code))
        let (first, end) = (CivilTime(scenario.clock.start), CivilTime(scenario.clock.end))
        for promotion in dataset.promotions where !stated.contains(promotion.code) {
            guard promotion.begins < end, promotion.ends > first else { continue }
            var clipped = promotion
            clipped.begins = max(promotion.begins, first)
            clipped.ends = min(promotion.ends, end)
            promotions.append(clipped)
        }
        shares = [Rate?](repeating: nil, count: dataset.channels.count)
        for share in scenario.stock.shares {
            if let channel = check.channel(share.channel, "stock.shares.\(share.channel)") {
                shares[channel.position] = share.value
            }
        }
        deductions = [Scenario.Deduction](repeating: scenario.payment.deduct, count: dataset.channels.count)
        for deduction in scenario.payment.deductByChannel {
            if let channel = check.channel(deduction.channel, "payment.deduct_by_channel.\(deduction.channel)") {
                deductions[channel.position] = deduction.value
            }
        }
        switch scenario.network.frontWarehouses {
        case .placed: listedFronts = nil
        case .none: listedFronts = []
        case .listed(let codes):
            listedFronts = codes.enumerated().compactMap { i, code in
                check.position(
                    code, in: dataset.candidates.map(\.code), entity: "node", "network.front_warehouses[\(i)]")
            }
        }
        let candidates = dataset.candidates.map(\.code)
        requiredSites = scenario.network.requiredSites.enumerated().compactMap { i, code in
            check.position(code, in: candidates, entity: "node", "network.required_sites[\(i)]")
        }
        forbiddenSites = scenario.network.forbiddenSites.enumerated().compactMap { i, code in
            check.position(code, in: candidates, entity: "node", "network.forbidden_sites[\(i)]")
        }
        let regions = dataset.regions.map(\.code)
        caseRegions = scenario.network.wishes.cases.enumerated().map { number, one in
            one.regions.map { codes in
                codes.enumerated().compactMap { i, code in
                    check.position(code, in: regions, entity: "region", "network.cases[\(number)].regions[\(i)]")
                }
            }
        }
        faults = scenario.faults.indices.compactMap { check.fault($0) }
        timeOuts = [Instant](repeating: scenario.payment.timeOut, count: dataset.channels.count)
        for timeOut in scenario.payment.timeOutByChannel {
            if let channel = check.channel(timeOut.channel, "payment.time_out_by_channel.\(timeOut.channel)") {
                timeOuts[channel.position] = timeOut.value
            }
        }
        ranks = [Int](
            repeating: (scenario.stock.ranks.map(\.value).max() ?? 0) + 1, count: dataset.channels.count)
        for rank in scenario.stock.ranks {
            if let channel = check.channel(rank.channel, "stock.ranks.\(rank.channel)") {
                ranks[channel.position] = rank.value
            }
        }
        pickups = [Rate](repeating: .zero, count: dataset.channels.count)
        for share in scenario.pickup.shares {
            if let channel = check.channel(share.channel, "pickup.shares.\(share.channel)") {
                pickups[channel.position] = share.value
            }
        }
        spikeChannels = scenario.demand.spikes.enumerated().map { i, spike in
            spike.channel.flatMap { check.channel($0, "demand.spikes[\(i)].channel") }
        }
        showChannels = scenario.demand.live.enumerated().compactMap { i, show in
            check.channel(show.channel, "demand.live[\(i)].channel")
        }
        prices = scenario.prices.indices.compactMap { check.price($0) }
        adjustments = scenario.adjustments.indices.compactMap { check.adjustment($0) }
        check.checkAmounts()
        check.checkHistory()
        check.checkRates()
        if !check.issues.isEmpty { throw ScenarioError(check.issues) }
    }
}
