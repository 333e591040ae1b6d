import Retail

/// What Route asks of the world again and again, as columns and plain numbers.
struct RouteTerms: ~Copyable {
    let rule: RoutingRule
    let shadow: RoutingRule?
    let maximumParcels: Int
    let splitsWhenCheaper: Bool
    let costPerSplit: Int64
    let costPerLateDay: Int64
    let costOfImbalance: Int64
    let markdownRisk: Int64
    let maximumBacklog: Int64
    let promiseDays: FixedColumn<Int64>
    /// Of each carrier, microseconds after midnight.
    let cutOffs: FixedColumn<Int64>
    let exportPromiseDays: Int64
    let seesCarriers: Bool
    /// Whether the score looks at the shelves.
    let weighsStock: Bool
    /// Whether the cheapest node is chosen, with nothing beside to weigh or to record.
    let isPlain: Bool
    /// Whether some goods may be sent from some nodes only.
    let hasKeepers: Bool
    /// Node may send ordinary parcels.
    let sends: FixedColumn<Bool>
    /// Node sends ordinary parcels only of what no other node has.
    let keepsForTheHour: FixedColumn<Bool>
    /// Bits of the handlings a node does not send, and the bit of each SKU's handling.
    private let refused: FixedColumn<UInt8>
    private let handlings: FixedColumn<UInt8>
    /// Metres, row-major nodes x regions.
    let metres: FixedColumn<Int64>
    /// The least a parcel to a region can cost: below twice this no split pays.
    let cheapestParcel: FixedColumn<Int64>
    let levels: FixedColumn<Int32>
    private let regionCount: Int

    init(_ prepared: Prepared) {
        let (world, plan) = (prepared.world, prepared.world.routing)
        rule = plan.rule
        shadow = plan.shadow
        maximumParcels = plan.maximumParcels
        splitsWhenCheaper = plan.splitsWhenCheaper && plan.maximumParcels > 1
        costPerSplit = plan.costPerSplit.units + world.costs.packagingPerParcel.units
        costPerLateDay = plan.costPerLateDay.units
        costOfImbalance = plan.costOfImbalance.units
        markdownRisk = plan.markdownRisk.partsPerMillion
        maximumBacklog = plan.maximumBacklog?.microseconds ?? .max
        seesCarriers = plan.seesCarriers
        cutOffs = FixedColumn(world.carriers.map { Int64($0.cutOff) * 1_000_000 })
        promiseDays = FixedColumn(plan.promiseDays.map(Int64.init))
        exportPromiseDays = Int64(plan.exportPromiseDays)
        // Asked of the plan: a column set after a closure has looked at this value half made would be freed first.
        weighsStock = plan.costOfImbalance.units != 0 || plan.markdownRisk.partsPerMillion != 0
        isPlain =
            plan.rule == .cheapest && plan.shadow == nil && plan.costOfImbalance.units == 0
            && plan.markdownRisk.partsPerMillion == 0
        let nodes = world.network.nodes
        sends = FixedColumn(nodes.map { plan.senders.contains($0.kind) })
        keepsForTheHour = FixedColumn(nodes.map { plan.keepsFronts && $0.kind == .front })
        let masks = nodes.map { node -> UInt8 in
            (plan.bulkySenders.contains(node.kind) ? 0 : Self.bit(.bulky))
                | (plan.hazardousSenders.contains(node.kind) ? 0 : Self.bit(.hazardous))
        }
        refused = FixedColumn(masks)
        handlings = FixedColumn(world.skus.handling.map(Self.bit))
        hasKeepers = masks.contains { $0 != 0 }
        metres = FixedColumn(world.network.distances.map { Int64($0 * 1_000) })
        regionCount = prepared.regionCount
        cheapestParcel = FixedColumn(
            (0..<prepared.regionCount).map { region in
                nodes.indices.flatMap { world.delivery.options(Node.Index($0), Region.Index(region)) }
                    .map(\.firstPrice.units).min() ?? 0
            })
        levels = FixedColumn(world.stock.rows.map(\.orderUpTo))
    }

    /// Whether a node may send a SKU at all.
    @inline(__always)
    func mayKeep(_ node: Int, _ sku: Int) -> Bool { refused[node] & handlings[sku] == 0 }

    @inline(__always)
    func isBulky(_ sku: Int) -> Bool { handlings[sku] & Self.bit(.bulky) != 0 }

    @inline(__always)
    func metres(_ node: Int, _ region: Int) -> Int64 { metres[node * regionCount + region] }

    private static func bit(_ handling: Handling) -> UInt8 {
        1 << UInt8(Handling.allCases.firstIndex(of: handling) ?? 0)
    }
}

/// A parcel whose sender is sought: what its score takes beside the node.
struct ParcelAsk {
    let region: Int
    let asked: Int
    let grams: Int64
    let lines: Int64
    let now: Int64
    /// Place of its fares, node by node; -1 where they are not kept.
    let fares: Int
}

/// What a parcel from a node would cost, all told, part by part, in ten-thousandths of the major unit.
struct ParcelScore {
    var tier = 0
    var freight: Int64 = 0
    var processing: Int64 = 0
    var distance: Int64 = 0
    var load: Int64 = 0
    var slip: Int64 = 0
    var lateDays: Int64 = 0
    var imbalance: Int64 = 0
    /// What is spared, not negative.
    var markdown: Int64 = 0
    /// More work is waiting there than the filter lets pass.
    var isOverloaded = false
    /// A front warehouse whose stock is kept for those who ask for the hour.
    var isKept = false
    var hasRoute = true

    @inline(__always) var total: Int64 {
        freight + processing + distance + load + slip + lateDays + imbalance - markdown
    }

    /// It sends only what no other node can.
    @inline(__always) var isLast: Bool { isOverloaded || isKept }

    /// What is compared: nodes without a way come last, before them those kept for the hour, before them full ones.
    @inline(__always) var rank: Int64 {
        hasRoute ? total + (isOverloaded ? Self.overload : 0) + (isKept ? Self.kept : 0) : .max
    }

    static let none = ParcelScore(hasRoute: false)
    static let overload: Int64 = 1 << 44
    static let kept: Int64 = 1 << 45
}

/// The working memory of a search for two parcels.
struct RouteScratch: ~Copyable {
    static let candidates = 6
    static let lines = 64

    /// Nodes looked at, best first, with their rank.
    var nodes = GrowingColumn<Int32>(capacity: 64)
    var ranks = GrowingColumn<Int64>(capacity: 64)
    /// Row of a line at a candidate, row-major candidates x 64; -1 where it does not have it whole.
    let rows = FixedColumn<Int32>(repeating: -1, count: candidates * lines)
    /// What the plan in hand costs by its own score; negative when it was not found by comparing costs.
    var cost: Int64 = -1
}

/// Two parcels: which nodes, which of the lines the first one sends.
struct PairPlan {
    var cost: Int64 = .max
    var first = -1
    var second = -1
    var firstLines: UInt64 = 0
    var firstTier = 0
    var secondTier = 0
}
