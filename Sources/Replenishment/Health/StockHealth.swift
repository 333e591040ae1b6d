public import Retail

/// How healthy the stock of a network is, row by row and as a whole, and what the plan would change.
public struct StockHealth: Sendable, Equatable {
    public var rows: [Row] = []

    /// The stock of one SKU at one node.
    public struct Row: Sendable, Equatable {
        public var sku: SKU.Index
        public var node: Node.Index
        public var abc: ABC
        public var xyz: XYZ
        public var onHand: Int64
        /// On hand at cost, major units.
        public var value: Double
        /// Expected units a day over the next four weeks.
        public var perDay: Double
        /// Days the stock on hand lasts at that pace; nil where nothing is sold.
        public var turnoverDays: Double?
        /// Days since the oldest unit still there was received; nil where the data do not say.
        public var age: Int?
        /// Whether something can be sold today.
        public var isInStock: Bool
        /// Stock at cost that the plan holds on average: safety stock and half of what is ordered at a time.
        public var plannedValue: Double
        /// Chance that the plan has something to sell on a day.
        public var plannedInStock: Double
    }

    /// Classes by what a SKU earns: A the first 80 % of the margin, B the next 15 %, C the rest.
    public enum ABC: String, Sendable, CaseIterable { case a = "A", b = "B", c = "C" }

    /// Classes by how steadily a SKU sells: the coefficient of variation of its weeks up to 0.5, up to 1, above.
    public enum XYZ: String, Sendable, CaseIterable { case x = "X", y = "Y", z = "Z" }

    public static func xyz(_ variation: Double) -> XYZ { variation <= 0.5 ? .x : variation <= 1 ? .y : .z }

    /// A for SKUs until 80 % of all margin is reached (the one that crosses it included), B until 95 %; ties go by
    /// position. SKUs that earn nothing are C.
    public static func abc(_ margins: [Double]) -> [ABC] {
        let order = margins.indices.sorted { (margins[$1], $0) < (margins[$0], $1) }
        let total = margins.reduce(0) { $0 + max(0, $1) }
        var classes = [ABC](repeating: .c, count: margins.count)
        var sum = 0.0
        for at in order where margins[at] > 0 && total > 0 {
            classes[at] = sum < 0.8 * total ? .a : sum < 0.95 * total ? .b : .c
            sum += margins[at]
        }
        return classes
    }

    /// Age by FIFO: what lies there is what came last. By SKU, days since the receipt that holds the oldest unit.
    public static func ages(
        stock: [Int64], purchases: [PurchaseRecord], today: Day
    ) -> [Int?] {
        var bySKU = [[(day: Day, quantity: Int64)]](repeating: [], count: stock.count)
        for record in purchases {
            guard let day = record.received, day <= today, record.sku.position < stock.count else { continue }
            bySKU[record.sku.position].append(
                (day, Int64(record.receivedQuantity) - Int64(record.rejectedQuantity)))
        }
        return stock.indices.map { at in
            var left = stock[at]
            guard left > 0 else { return nil }
            for receipt in bySKU[at].sorted(by: { ($1.day, $1.quantity) < ($0.day, $0.quantity) }) {
                left -= receipt.quantity
                if left <= 0 { return today - receipt.day }
            }
            // Older than the first receipt on record, or never recorded.
            return bySKU[at].map { today - $0.day }.max()
        }
    }

    /// - Parameters:
    ///   - weeks: by SKU, units of past weeks.
    ///   - targets: of the plan.
    public init(
        demand: NodeDemand, situation: StockSituation, plan: StockPlan, skus: [SKU], purchases: [PurchaseRecord],
        weeks: [[Double]]
    ) {
        let table = PositionTable(situation, demand: demand)
        var targets: [Int64: StockTarget] = [:]
        for target in plan.targets { targets[PositionTable.key(target.sku, target.node)] = target }
        let variation = weeks.map(Self.variation)
        let classes = Self.abc(
            skus.indices.map { at in
                let units = at < weeks.count ? weeks[at].suffix(52).reduce(0, +) : 0
                return units * max(0, skus[at].listPrice.major - skus[at].unitCost.major)
            })
        var stock = [Int64](repeating: 0, count: skus.count)
        for record in situation.stock where record.sku.position < stock.count {
            stock[record.sku.position] += Int64(record.onHand)
        }
        let ages = Self.ages(stock: stock, purchases: purchases, today: situation.today)
        let offset = max(0, situation.today - demand.start)
        var known: Set<Int64> = []
        func add(
            _ sku: SKU.Index, _ node: Node.Index, perDay: Double, onHand: Int64, free: Int64, target: StockTarget?
        ) {
            let at = sku.position
            let cost = skus[at].unitCost.major
            var (planned, share) = (0.0, 1.0)
            if let target {
                // Under (R, s, S) half a lot comes on top; under (R, S) half of a review period's demand.
                let span = target.basis.leadTime + Double(target.basis.reviewPeriod)
                let lot = max(
                    Double(target.orderUpTo - target.reorderPoint),
                    target.mean / max(span, 1) * Double(target.basis.reviewPeriod))
                planned = Double(max(0, target.safetyStock)) + 0.5 * lot
                share = target.basis.service.level
            }
            rows.append(
                Row(
                    sku: sku, node: node, abc: classes[at], xyz: at < variation.count ? Self.xyz(variation[at]) : .z,
                    onHand: onHand, value: Double(onHand) * cost, perDay: perDay,
                    turnoverDays: perDay > 1e-9 ? Double(onHand) / perDay : nil, age: ages[at], isInStock: free > 0,
                    plannedValue: planned * cost, plannedInStock: share))
        }
        for row in demand.orderedRows where demand.skus[row].position < skus.count {
            let key = PositionTable.key(demand.skus[row], demand.nodes[row])
            known.insert(key)
            let position = table.positions[row]
            add(
                demand.skus[row], demand.nodes[row],
                perDay: demand.daily(row).cumulative(from: offset, span: 28).mean / 28,
                onHand: position.onHand + position.expiring,
                free: position.onHand - position.reserved - position.backordered, target: targets[key])
        }
        for record in situation.stock
        where record.sku.position < skus.count && !known.contains(PositionTable.key(record.sku, record.node)) {
            add(
                record.sku, record.node, perDay: 0, onHand: Int64(record.onHand),
                free: Int64(record.onHand) - Int64(record.reserved), target: nil)
        }
    }

    /// Coefficient of variation; infinite where nothing was sold.
    static func variation(_ weeks: [Double]) -> Double {
        let count = Double(weeks.count)
        let mean = count > 0 ? weeks.reduce(0, +) / count : 0
        guard mean > 0 else { return .infinity }
        let variance = weeks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        return variance.squareRoot() / mean
    }
}
