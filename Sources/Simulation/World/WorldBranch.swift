public import Retail

/// What held before a world's plan took over: the plan is changed in the middle of a run.
public indirect enum WorldBranch: Sendable {
    /// Until the first slice that begins at or after the moment, the run is the base world's.
    case at(Instant, base: World)

    public var moment: Instant {
        switch self {
        case .at(let moment, _): moment
        }
    }
    public var base: World {
        switch self {
        case .at(_, let base): base
        }
    }
}

extension World {
    /// What must be the same before and after the moment: everything a state is counted by.
    var branchFaults: [WorldFault] {
        guard let branch else { return [] }
        let base = branch.base
        var faults: [WorldFault] = []
        func need(_ isSame: Bool, _ what: String) {
            if !isSame {
                faults.append(WorldFault("branch", "\(what) cannot change in mid-run; run a scenario of its own"))
            }
        }
        need(base.branch == nil, "a plan that is a branch itself")
        need(base.clock == clock, "the clock")
        need(base.skus.codes == skus.codes, "the SKUs")
        need(base.channels.map(\.channel.code) == channels.map(\.channel.code), "the channels")
        need(base.segments.map(\.code) == segments.map(\.code), "the customer segments")
        need(base.network.nodes.map(\.code) == network.nodes.map(\.code), "the open nodes")
        need(base.network.nodes.map(\.stations) == network.nodes.map(\.stations), "the number of stations")
        need(base.network.regions.map(\.code) == network.regions.map(\.code), "the regions")
        need(base.carriers.map(\.code) == carriers.map(\.code), "the carriers")
        let pairs = { (world: World) in world.stock.rows.map { SIMD2($0.sku.raw, $0.node.raw) } }
        need(pairs(base) == pairs(self), "which SKU is stocked where")
        func presales(_ world: World) -> Set<String> {
            Set(world.promotions.filter { if case .presale = $0.effect { true } else { false } }.map(\.code))
        }
        need(presales(base).isSubset(of: presales(self)), "a presale whose deposits may have been paid")
        need(base.owners == owners, "the owners of stock")
        if branch.moment <= .start || branch.moment >= clock.end {
            faults.append(WorldFault("branch", "the moment must lie within the days simulated"))
        }
        return faults
    }
}
