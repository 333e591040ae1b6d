import Retail

extension Assembly {
    /// Orders with their lines, ordered by time placed (then as in the file). An order without lines is kept.
    mutating func readOrders() -> OrderHistory {
        var history = OrderHistory()
        guard var reader = open(Schema.orders) else {
            if has(Schema.orderLines) {
                log.add(
                    DataIssue(
                        file: fileName(Schema.orderLines), expected: "there are order lines but no orders.csv",
                        cure: "add orders.csv"))
            }
            return history
        }
        var unsorted = OrderHistory()
        while reader.next() {
            let code = reader.code()
            _ = orders.insert(code)
            unsorted.codes.append(code)
            unsorted.placed.append(reader.time())
            unsorted.channels.append(Channel.Index(raw: max(0, reader.optionalIndex(in: &channels, kind: .channel))))
            unsorted.regions.append(Region.Index(raw: max(0, reader.optionalIndex(in: &regions, kind: .region))))
            let segment = reader.optionalIndex(in: &segments, kind: .segment)
            unsorted.segments.append(segment < 0 ? nil : Segment.Index(raw: segment))
            unsorted.paid.append(reader.optionalTime())
            unsorted.fates.append(reader.optionalChoice() ?? OrderFate.open)
            let weight = reader.optionalReal()
            unsorted.weights.append(weight.isNaN ? 1 : weight)
        }
        close(reader)
        guard log.isEmpty else { return history }
        let sorted = unsorted.codes.indices.sorted { (unsorted.placed[$0], $0) < (unsorted.placed[$1], $1) }
        history.codes = sorted.map { unsorted.codes[$0] }
        history.placed = sorted.map { unsorted.placed[$0] }
        history.channels = sorted.map { unsorted.channels[$0] }
        history.regions = sorted.map { unsorted.regions[$0] }
        history.segments = sorted.map { unsorted.segments[$0] }
        // A column that says nothing is not kept.
        if unsorted.paid.contains(where: { $0 != nil }) { history.paid = sorted.map { unsorted.paid[$0] } }
        if unsorted.fates.contains(where: { $0 != .open }) { history.fates = sorted.map { unsorted.fates[$0] } }
        if unsorted.weights.contains(where: { $0 != 1 }) { history.weights = sorted.map { unsorted.weights[$0] } }
        var rank = [Int32](repeating: 0, count: sorted.count)
        for (place, old) in sorted.enumerated() { rank[old] = Int32(place) }
        readLines(&history, rank)
        return history
    }

    /// Reads the lines and puts them behind their orders, in the order of the file within an order.
    private mutating func readLines(_ history: inout OrderHistory, _ rank: [Int32]) {
        guard var reader = open(Schema.orderLines) else {
            history.lineOffsets = [Int](repeating: 0, count: history.count + 1)
            return
        }
        var owners: [Int32] = []
        var lineSKUs: [SKU.Index] = []
        var quantities: [Quantity] = []
        var prices: [UnitPrice] = []
        var cancelled: [Quantity] = []
        while reader.next() {
            owners.append(reader.index(in: &orders, kind: .order))
            lineSKUs.append(SKU.Index(raw: reader.index(in: &skus, kind: .sku)))
            let quantity: Quantity = reader.integer()
            quantities.append(quantity)
            prices.append(reader.price())
            let back: Quantity = reader.integer()
            cancelled.append(back)
            if back > quantity { reader.issue("more is cancelled than was ordered", "correct one of the two") }
        }
        close(reader)
        guard log.isEmpty else { return }
        var offsets = [Int](repeating: 0, count: history.count + 1)
        for owner in owners { offsets[Int(rank[Int(owner)]) + 1] += 1 }
        for order in 0..<history.count { offsets[order + 1] += offsets[order] }
        history.lineOffsets = offsets
        var next = offsets
        history.lineSKUs = lineSKUs
        history.lineQuantities = quantities
        history.linePrices = prices
        history.lineCancelled = cancelled
        for (line, owner) in owners.enumerated() {
            let order = Int(rank[Int(owner)])
            let place = next[order]
            next[order] += 1
            history.lineSKUs[place] = lineSKUs[line]
            history.lineQuantities[place] = quantities[line]
            history.linePrices[place] = prices[line]
            history.lineCancelled[place] = cancelled[line]
        }
    }

    mutating func readShipments() -> [ShipmentRow] {
        guard var reader = open(Schema.shipments) else { return [] }
        var list: [ShipmentRow] = []
        while reader.next() {
            let order = orderCode(&reader)
            let row = ShipmentRow(
                order: order, node: Node.Index(raw: reader.index(in: &nodes, kind: .node)),
                carrier: Carrier.Index(raw: reader.index(in: &carriers, kind: .carrier)), shipped: reader.time(),
                delivered: reader.optionalTime(), freight: reader.amount())
            if let delivered = row.delivered, delivered < row.shipped {
                reader.issue("was delivered before it was shipped", "correct the times")
            }
            list.append(row)
        }
        close(reader)
        return list
    }

    mutating func readReturns() -> [ReturnRow] {
        guard var reader = open(Schema.returns) else { return [] }
        var list: [ReturnRow] = []
        while reader.next() {
            list.append(
                ReturnRow(
                    order: orderCode(&reader), sku: SKU.Index(raw: reader.index(in: &skus, kind: .sku)),
                    returned: reader.time(), quantity: reader.integer(), reason: reader.text()))
        }
        close(reader)
        return list
    }

    mutating func readSettlements() -> [SettlementRow] {
        guard var reader = open(Schema.settlements) else { return [] }
        var list: [SettlementRow] = []
        while reader.next() {
            // A statement may name orders that the data do not hold: that is what reconciliation finds out.
            list.append(
                SettlementRow(
                    statement: reader.code(), order: reader.code(), kind: reader.text(), amount: reader.amount(),
                    posted: reader.date()))
        }
        close(reader)
        return list
    }

    /// - Parameter promotions: the data set's, which signals name.
    mutating func readSignals(_ promotions: [Promotion]) -> [PromotionSignal] {
        guard var reader = open(Schema.signals) else { return [] }
        var codes = CodePool(promotions.map(\.code))
        codes.isPartial = hasLostPromotions
        var list: [PromotionSignal] = []
        while reader.next() {
            let day = reader.date()
            let sku = SKU.Index(raw: reader.index(in: &skus, kind: .sku))
            let promotion = Int(reader.index(in: &codes, kind: .promotion))
            list.append(
                PromotionSignal(
                    day: day, sku: sku, promotion: promotion < promotions.count ? promotions[promotion].code : "",
                    kind: reader.choice(else: PromotionSignal.Kind.cart), quantity: reader.real()))
        }
        close(reader)
        return list
    }

    /// The code of an order, which must exist where orders are given.
    private mutating func orderCode(_ reader: inout TableReader) -> String {
        let position = reader.index(in: &orders, growing: !has(Schema.orders), kind: .order)
        return orders.count > 0 ? orders.text(Int(position)) : ""
    }
}
