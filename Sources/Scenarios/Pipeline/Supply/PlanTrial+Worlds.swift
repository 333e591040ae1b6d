import NumericCore
import Replenishment
import Retail
import Simulation

/// The plans of every day of a trial: the levels that a review sets that morning, from the same forecast.
struct DailyPlans {
    struct Level {
        var policy: PolicyParameters
        /// Part of demand promised.
        var promised: Double
    }

    /// By day and row of the prepared demand; nil is not planned.
    let days: [[Level?]]
    /// What the levels of all days come to, one after the other; nil where nothing is planned.
    let replays: [LevelReplay?]

    /// Replications of a replay: fine enough that its own error is far below that of a trial.
    private static let replications = 64

    /// - Parameter warmUp: days that are not counted.
    init(_ prepared: PreparedScenario, warmUp: Int, threads: Int) async throws(ReplenishmentError) {
        let start = prepared.scenario.clock.start
        let count = prepared.scenario.clock.days
        let lanes = max(1, min(threads, count))
        let parts = await withTaskGroup(of: (Int, Result<[[Level?]], ReplenishmentError>).self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    var plans: [[Level?]] = []
                    for day in stride(from: lane, to: count, by: lanes) {
                        do throws(ReplenishmentError) { plans.append(try Self.levels(prepared, on: start + day)) } catch
                        {
                            return (lane, .failure(error))
                        }
                    }
                    return (lane, .success(plans))
                }
            }
            var parts = [Result<[[Level?]], ReplenishmentError>](repeating: .success([]), count: lanes)
            for await (lane, result) in group { parts[lane] = result }
            return parts
        }
        var days = [[Level?]](repeating: [], count: count)
        for (lane, part) in parts.enumerated() {
            for (place, plan) in try part.get().enumerated() { days[lane + place * lanes] = plan }
        }
        self.days = days
        replays = await Self.replays(prepared, days, warmUp: warmUp, threads: threads)
    }

    private static func replays(
        _ prepared: PreparedScenario, _ days: [[Level?]], warmUp: Int, threads: Int
    ) async -> [LevelReplay?] {
        let demand = prepared.demand.from(prepared.scenario.clock.start)
        let lanes = max(1, min(threads, demand.rowCount))
        return await withTaskGroup(of: [(Int, LevelReplay?)].self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    stride(from: lane, to: demand.rowCount, by: lanes).map { row in
                        let policies = days.compactMap { $0[row]?.policy }
                        guard policies.count == days.count, let feed = prepared.feeds[row] else { return (row, nil) }
                        let (sku, node) = (demand.skus[row], demand.nodes[row])
                        let entity = combine(
                            entityHash(prepared.dataset.skus[sku.position].code),
                            entityHash(prepared.network.nodes[node.position].code))
                        return (
                            row,
                            LevelReplay(
                                daily: demand.daily(row), feed: feed, policies: policies, warmUp: warmUp,
                                lines: prepared.supplyStep.lines[sku], replications: replications,
                                seed: prepared.scenario.seed, entity: entity)
                        )
                    }
                }
            }
            var replays = [LevelReplay?](repeating: nil, count: demand.rowCount)
            for await part in group { for (row, replay) in part { replays[row] = replay } }
            return replays
        }
    }

    private static func levels(_ prepared: PreparedScenario, on day: Day) throws(ReplenishmentError) -> [Level?] {
        let demand = prepared.demand.from(day)
        let supply = prepared.supplyStep
        let (plan, feeds) = try supply.plan(prepared.dataset, demand: demand, on: day, prepared.assortments)
        var targets: [Int64: StockTarget] = [:]
        for target in plan.targets { targets[Self.key(target.sku, target.node)] = target }
        var levels: [Level?] = []
        for row in 0..<demand.rowCount {
            guard let target = targets[Self.key(demand.skus[row], demand.nodes[row])], let feed = feeds[row] else {
                levels.append(nil)
                continue
            }
            let promised: Double
            if case .fill(let share) = target.basis.service, !supply.isHeld(target, prepared.assortments) {
                promised = min(target.planned ?? 1, share)
            } else {
                promised = try StockPlanner.fill(
                    target, daily: demand.daily(row), feed: feed, sku: prepared.dataset.skus[target.sku.position],
                    lines: supply.lines[target.sku])
            }
            // Under lots whole ones are ordered until the position is above the reorder point.
            let top = feed.policy.isInLots ? max(0, target.reorderPoint) + 1 : target.orderUpTo
            let policy = PolicyParameters(
                reorderPoint: target.reorderPoint, orderUpTo: top, minimumQuantity: feed.minimumQuantity,
                orderMultiple: feed.orderMultiple)
            levels.append(Level(policy: policy, promised: promised))
        }
        return levels
    }

    static func key(_ sku: SKU.Index, _ node: Node.Index) -> Int64 { Int64(sku.raw) << 32 | Int64(node.raw) }
}

/// The worlds a plan is tried in: each level of nodes by itself, the network, and the shop.
struct TrialWorlds {
    let prepared: PreparedScenario
    /// How far below the top each node is.
    let depths: [Int]
    private let upstream: [Node.Index?]
    /// Front warehouses promise whole orders within the hour, not shelves: their buyers are served from behind them.
    let isFront: [Bool]
    private let levels: DailyPlans
    private let check: Instant
    /// The row of the prepared demand behind each stock row; nil is none.
    let demandRows: [Int?]

    init(_ prepared: PreparedScenario, _ levels: DailyPlans, warmUp: Int) {
        (self.prepared, self.levels) = (prepared, levels)
        check = .day * Int64(warmUp)
        let upstream = prepared.network.upstream
        self.upstream = upstream
        isFront = prepared.network.nodes.map { $0.kind == .front }
        depths = upstream.indices.map { node in
            var (depth, place) = (0, upstream[node])
            while let above = place, depth <= upstream.count { (depth, place) = (depth + 1, upstream[above.position]) }
            return depth
        }
        let known = Dictionary(
            (0..<prepared.demand.rowCount).map {
                (DailyPlans.key(prepared.demand.skus[$0], prepared.demand.nodes[$0]), $0)
            }, uniquingKeysWith: { first, _ in first })
        demandRows = prepared.world.stock.rows.map { known[DailyPlans.key($0.sku, $0.node)] }
    }

    /// Levels of nodes that serve buyers or feed those that do.
    var depthCount: Int { 1 + (depths.indices.filter { !isFront[$0] }.map { depths[$0] }.max() ?? 0) }

    /// One for each level of nodes, then the network, and the shop.
    var all: [(setting: PlanTrial.Setting, world: World)] {
        var worlds = [(PlanTrial.Setting.shelves, true), (.leaving, false)].flatMap { setting, waits in
            (0..<depthCount).map { (setting: setting, world: alone(depth: $0, waits: waits)) }
        }
        let network = network
        worlds.append((.network, network))
        var supplied = network
        supplied.replenishment.suppliers = prepared.world.replenishment.suppliers
        if supplied.replenishment != network.replenishment { worlds.append((.suppliers, supplied)) }
        worlds.append((.shop, shop))
        return worlds
    }

    /// The node itself, or the one behind a front warehouse.
    private func base(_ node: Int) -> Int {
        var place = node
        while isFront[place], let above = upstream[place] { place = above.position }
        return place
    }

    /// The node at a depth above a node, or itself; nil where the node is higher up than that.
    private func ancestor(_ node: Int, depth: Int) -> Int? {
        var place = base(node)
        while depths[place] > depth, let above = upstream[place] { place = above.position }
        return depths[place] == depth ? place : nil
    }

    private func alone(depth: Int, waits: Bool) -> World {
        var world = asPlanned
        // Fed without fail: what a node above lacks is that node's promise.
        world.network.upstream = world.network.upstream.map { _ in nil }
        world.stock = world.stock.mapping { _, row in
            if upstream[row.node.position] != nil { row.supplier = -1 }
        }
        world.shelfCheck = ShelfCheck(
            from: check,
            servers: depths.indices.map { node in
                ancestor(node, depth: depth).map { Node.Index($0) } ?? Node.Index(world.network.nodes.count)
            }, waits: waits)
        return world
    }

    private var network: World {
        var world = asPlanned
        world.shelfCheck = ShelfCheck(from: check, servers: depths.indices.map { Node.Index(base($0)) })
        return world
    }

    private var shop: World {
        var world = levelled(prepared.world)
        world.shelfCheck = ShelfCheck(from: check)
        return world
    }

    /// The shop as a plan sees it: every order is paid and kept, nothing comes back, nothing is lost on the way;
    /// suppliers keep their terms; a review is at midnight, and transfers are to the unit.
    private var asPlanned: World {
        var world = levelled(prepared.world)
        for at in world.channels.indices {
            world.channels[at].channel.paidShare = .one
            world.channels[at].channel.synchronisationLag = 0
            world.channels[at].sharing = .ratio(.one, buffer: 0)
            world.channels[at].deduction = .atOrder
            world.channels[at].timeOut = .day * 2
            world.channels[at].pickup = .zero
        }
        for at in world.segments.indices { world.segments[at].returnRate = .zero }
        world.afterSales.cancellationRate = .zero
        world.afterSales.refusalRate = .zero
        world.payment.withdrawn = .zero
        world.handling.fraud = FraudPlan()
        world.handling.mergeWindow = nil
        world.shipping.failedAttempts = .zero
        world.fulfilment.shortPicks = .zero
        world.stockTakes = StockTakePlan()
        world.rebalancing = nil
        world.inbound = InboundPlan()
        world.faults = []
        world.skus.shelfLives = world.skus.shelfLives.map { _ in 0 }
        world.replenishment.transferReviews = [0]
        world.replenishment.supplierReviews = [0]
        world.replenishment.lateral = false
        for at in world.replenishment.suppliers.indices {
            let plan = world.replenishment.suppliers[at]
            world.replenishment.suppliers[at] = SupplierPlan(code: plan.code, reviewDays: plan.reviewDays)
        }
        world.stock = world.stock.mapping { _, row in
            if upstream[row.node.position] != nil { row.orderMultiple = 1 }
        }
        let luck = PlanLuck(prepared)
        world.demand = luck.lines(world.demand, prepared)
        world.demand.luck = luck.draw
        return world
    }

    /// A world whose levels are set anew every day.
    private func levelled(_ world: World) -> World {
        var world = world
        world.replenishment.rollingWeight = 0
        world.replenishment.rolling = nil
        var plan = LevelPlan(days: levels.days.count, reorderPoints: [], orderUpTos: [])
        for day in levels.days {
            for (row, stocked) in world.stock.rows.enumerated() {
                let level = demandRows[row].flatMap { day[$0] }
                plan.reorderPoints.append(
                    level.map { Quantity(clamping: $0.policy.reorderPoint) } ?? stocked.reorderPoint)
                plan.orderUpTos.append(level.map { Quantity(clamping: $0.policy.orderUpTo) } ?? stocked.orderUpTo)
            }
        }
        world.replenishment.levels = plan
        // A row without a level is never looked at: the highest of all days stands for those to come.
        let count = world.stock.rows.count
        world.stock = world.stock.mapping { place, row in
            for cell in stride(from: place, to: plan.orderUpTos.count, by: count) {
                row.orderUpTo = max(row.orderUpTo, plan.orderUpTos[cell])
            }
        }
        return world
    }

    /// Every row at a level between its two of the first day, each as likely as the others.
    func opened(_ stock: StockRows, _ replication: Int, seed: UInt64) -> StockRows {
        stock.mapping { place, row in
            let entity = combine(
                entityHash(prepared.dataset.skus[row.sku.position].code),
                entityHash(prepared.network.nodes[row.node.position].code))
            var draws = RandomStream(
                seed: seed, stream: RandomStreamID.planOpening.rawValue, entity: entity,
                replication: UInt32(replication))
            guard let level = demandRows[place].flatMap({ levels.days[0][$0] }) else {
                row.opening = row.orderUpTo
                return
            }
            row.opening = Quantity(clamping: level.policy.opening(&draws))
        }
    }
}
