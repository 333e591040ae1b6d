import NumericCore
import Replenishment
import Retail
import Testing

/// Whether two numbers agree to a relative tolerance.
func agrees(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    abs(a - b) <= tolerance * max(abs(a), abs(b))
}

/// Random draws of one test case; the seed is printed with every expectation that fails.
func draws(_ name: String, _ seed: Int) -> RandomStream {
    RandomStream(
        seed: UInt64(seed), stream: RandomStreamID.verification.rawValue, entity: entityHash(name), replication: 0)
}

/// A small world: one supplier, one central warehouse, two nodes below it, and SKUs that all cost 2.00 and sell at 5.
struct SmallWorld {
    var skus: [SKU]
    var suppliers = [Supplier(code: "S1", name: "Alpha Gifts", leadTime: 6, leadTimeDeviation: 1.5)]
    var supply: [SupplyTerms]
    var nodes = [
        Node(code: "C", name: "Midlands", kind: .central, location: Coordinate(latitude: 52, longitude: -1)),
        Node(code: "R", name: "North", kind: .regional, location: Coordinate(latitude: 53, longitude: -2)),
        Node(code: "F", name: "Leeds front", kind: .front, location: Coordinate(latitude: 54, longitude: -1)),
    ]
    let upstream: [Node.Index?] = [nil, Node.Index(0), Node.Index(0)]
    let today = Day(number: 15_000)

    init(skuCount: Int = 1, minimum: Quantity = 1, multiple: Quantity = 1, breaks: [PriceBreak]? = nil) {
        skus = (0..<skuCount).map {
            SKU(
                code: "K\($0)", name: "Lantern \($0)", listPrice: UnitPrice(units: 50_000),
                unitCost: UnitPrice(units: 20_000))
        }
        supply = (0..<skuCount).map {
            SupplyTerms(
                sku: SKU.Index($0), supplier: Supplier.Index(0), minimumQuantity: minimum, orderMultiple: multiple,
                breaks: breaks ?? [PriceBreak(from: 1, unitCost: UnitPrice(units: 20_000))])
        }
    }

    var names: SuggestionNames { SuggestionNames(skus: skus, suppliers: suppliers, nodes: nodes, currency: .gbp) }

    func demand(_ rows: [(sku: Int, node: Int, mean: Double, deviation: Double)]) -> NodeDemand {
        var demand = NodeDemand(start: today, horizon: 28)
        for row in rows {
            demand.append(
                sku: SKU.Index(row.sku), node: Node.Index(row.node), dailyMean: [row.mean],
                dailyDeviation: [row.deviation])
        }
        return demand
    }

    func feeds(_ demand: NodeDemand, policy: PolicyKind = .minMax) -> [Feed?] {
        Feed.resolve(
            demand: demand, upstream: upstream, skus: skus, suppliers: suppliers, supply: supply, transfers: [],
            supplierPolicy: policy)
    }

    func book(
        _ demand: NodeDemand, service: ServiceTarget = .cycle(0.95), stock: [StockRecord],
        openOrders: [OpenOrder] = [], lots: [LotRecord] = [], backorders: [Backorder] = [],
        options: SuggestionOptions = SuggestionOptions()
    ) throws -> (plan: StockPlan, book: SuggestionBook) {
        let feeds = feeds(demand)
        let plan = try StockPlanner.plan(demand: demand, feeds: feeds, skus: skus, service: ServicePolicy(service))
        let situation = StockSituation(
            today: today, stock: stock, openOrders: openOrders, lots: lots, backorders: backorders)
        let book = try SuggestionEngine.review(
            plan: plan, demand: demand, feeds: feeds, situation: situation, skus: skus, suppliers: suppliers,
            supply: supply, storage: nodes.map(\.storage), currency: .gbp, options: options)
        return (plan, book)
    }
}

func stock(_ sku: Int, _ node: Int, _ onHand: Quantity, reserved: Quantity = 0) -> StockRecord {
    StockRecord(sku: SKU.Index(sku), node: Node.Index(node), onHand: onHand, reserved: reserved)
}
