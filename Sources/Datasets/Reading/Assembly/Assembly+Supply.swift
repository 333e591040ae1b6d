import Retail

extension Assembly {
    mutating func readSuppliers() -> [Supplier] {
        guard var reader = open(Schema.suppliers) else {
            _ = suppliers.insert("supplier")
            return [
                Supplier(
                    code: "supplier", name: "supplier", leadTime: Self.defaultLeadTime, leadTimeDeviation: 2,
                    statesLeadTime: false)
            ]
        }
        var list: [Supplier] = []
        while reader.next() {
            let (code, name) = (reader.code(), reader.text())
            let tier = reader.choice(else: SupplierTier.wholesaler)
            let leadTime = reader.optionalReal()
            var supplier = Supplier(
                code: code, name: name, tier: tier, leadTime: leadTime.isNaN ? Self.defaultLeadTime : leadTime,
                leadTimeDeviation: reader.real(), statesLeadTime: !leadTime.isNaN, reviewPeriod: reader.integer(),
                minimumOrderValue: reader.amount(), paymentDays: reader.integer(), acceptsReturns: reader.flag(),
                weeklyCapacity: reader.integer(), deliveryDays: deliveryDays(&reader), shortRate: reader.rate(),
                shortPart: reader.rate(), lateRate: reader.rate(), lateDays: reader.real())
            supplier.minimumOrderUnits = reader.integer()
            supplier.containerVolume = reader.integer()
            supplier.containerFill = reader.optionalRate() ?? Supplier.usualFill
            supplier.isConsignment = reader.flag()
            supplier.taxRate = reader.rate()
            supplier.pricesIncludeTax = reader.flag()
            supplier.containerFreight = reader.amount()
            supplier.orderCost = reader.amount()
            _ = suppliers.insert(supplier.code)
            list.append(supplier)
        }
        close(reader)
        return list
    }

    /// Seven digits, Monday first; a supplier that never delivers is an issue.
    private func deliveryDays(_ reader: inout TableReader) -> [Bool] {
        let text = reader.text()
        let days = text.map { $0 == "1" }
        if days.count != 7 || !days.contains(true) || text.contains(where: { $0 != "0" && $0 != "1" }) {
            reader.fault(
                shown: text, "is not seven digits 0 or 1, Monday first, at least one of them 1",
                "write 1111100 for Monday to Friday")
            return [Bool](repeating: true, count: 7)
        }
        return days
    }

    /// One row for each price break; the terms of a (SKU, supplier) pair are those of its first row, and the others
    /// must agree.
    mutating func readSupply(_ dataset: Dataset) -> [SupplyTerms] {
        guard var reader = open(Schema.supply) else { return defaultSupply(dataset) }
        var terms: [SupplyTerms] = []
        var positions = KeyPool()
        while reader.next() {
            let sku = reader.index(in: &skus, kind: .sku)
            let supplier = reader.index(in: &suppliers, kind: .supplier)
            let minimum: Quantity = reader.integer()
            let multiple: Quantity = reader.integer()
            let from: Quantity = reader.integer()
            let priceBreak = PriceBreak(from: from, unitCost: reader.price())
            let rule = reader.optionalChoice(PriceBreakRule.self) ?? .allUnits
            let leadTime = reader.optionalReal()
            let contract = (from: reader.optionalDate(), through: reader.optionalDate())
            if let from = contract.from, let through = contract.through { order(reader, from, through) }
            let at = Int(positions.insert(DemandRows.key(sku: sku, channel: supplier, region: 0)))
            if at == terms.count {
                terms.append(
                    SupplyTerms(
                        sku: SKU.Index(raw: sku), supplier: Supplier.Index(raw: supplier), minimumQuantity: minimum,
                        orderMultiple: multiple, breaks: [priceBreak], breakRule: rule,
                        leadTime: leadTime.isNaN ? nil : leadTime, contractFrom: contract.from,
                        contractThrough: contract.through))
            } else {
                let first = terms[at]
                if first.minimumQuantity != minimum || first.orderMultiple != multiple || first.breakRule != rule
                    || first.leadTime != (leadTime.isNaN ? nil : leadTime)
                    || (first.contractFrom, first.contractThrough) != contract
                {
                    reader.issue(
                        "terms other than from_quantity and unit_cost differ from the first row of this SKU and supplier",
                        "give all price breaks of a SKU and supplier the same terms")
                }
                terms[at].breaks.append(priceBreak)
            }
        }
        close(reader)
        for at in terms.indices { terms[at].breaks.sort { $0.from < $1.from } }
        terms.sort { ($0.sku, $0.supplier) < ($1.sku, $1.supplier) }
        return terms
    }

    mutating func readClosures() -> [SupplierClosure] {
        guard var reader = open(Schema.supplierCalendar) else { return [] }
        var list: [SupplierClosure] = []
        while reader.next() {
            let closure = SupplierClosure(
                supplier: Supplier.Index(raw: reader.index(in: &suppliers, kind: .supplier)), from: reader.date(),
                through: reader.date(), reason: reader.text())
            order(reader, closure.from, closure.through)
            list.append(closure)
        }
        close(reader)
        return list.sorted { ($0.supplier, $0.from) < ($1.supplier, $1.from) }
    }

    mutating func readPurchases() -> [PurchaseRecord] {
        guard var reader = open(Schema.purchaseHistory) else { return [] }
        var list: [PurchaseRecord] = []
        while reader.next() {
            let record = PurchaseRecord(
                sku: SKU.Index(raw: reader.index(in: &skus, kind: .sku)),
                supplier: Supplier.Index(raw: reader.index(in: &suppliers, kind: .supplier)),
                quantity: reader.integer(), ordered: reader.date(), promised: reader.date(),
                received: reader.optionalDate(), receivedQuantity: reader.optionalInteger(),
                rejectedQuantity: reader.integer(), unitCost: reader.optionalPrice())
            if record.rejectedQuantity > record.receivedQuantity {
                reader.issue("more was refused than received", "rejected_quantity is a part of received_quantity")
            }
            if let received = record.received, received < record.ordered {
                reader.issue("was received before it was ordered", "correct the dates")
            }
            list.append(record)
        }
        close(reader)
        return list
    }

    mutating func readStock(_ dataset: Dataset) -> [StockRecord] {
        guard var reader = open(Schema.stock) else { return defaultStock(dataset) }
        var list: [StockRecord] = []
        while reader.next() {
            let record = StockRecord(
                sku: SKU.Index(raw: reader.index(in: &skus, kind: .sku)),
                node: Node.Index(raw: reader.index(in: &nodes, kind: .node)), onHand: reader.integer(),
                reserved: reader.integer())
            if record.reserved > record.onHand {
                reader.issue("more is reserved than on hand", "reserved is a part of on_hand")
            }
            list.append(record)
        }
        close(reader)
        return list
    }

    mutating func readLots() -> [LotRecord] {
        guard var reader = open(Schema.lots) else { return [] }
        var list: [LotRecord] = []
        while reader.next() {
            list.append(
                LotRecord(
                    sku: SKU.Index(raw: reader.index(in: &skus, kind: .sku)),
                    node: Node.Index(raw: reader.index(in: &nodes, kind: .node)), lot: reader.code(),
                    expires: reader.optionalDate(), quantity: reader.integer(), owner: reader.text(),
                    grade: reader.choice(else: LotGrade.sellable)))
        }
        close(reader)
        return list
    }

    mutating func readOpenOrders() -> [OpenOrder] {
        guard var reader = open(Schema.openOrders) else { return [] }
        var list: [OpenOrder] = []
        while reader.next() {
            let code = reader.code()
            let sku = reader.index(in: &skus, kind: .sku)
            let supplier = reader.optionalIndex(in: &suppliers, kind: .supplier)
            list.append(
                OpenOrder(
                    code: code, sku: SKU.Index(raw: sku), supplier: supplier < 0 ? nil : Supplier.Index(raw: supplier),
                    node: Node.Index(raw: reader.index(in: &nodes, kind: .node)), quantity: reader.integer(),
                    due: reader.date()))
        }
        close(reader)
        return list
    }

    mutating func readBudgets() -> [Budget] {
        guard var reader = open(Schema.budgets) else { return [] }
        var list: [Budget] = []
        while reader.next() {
            let budget = Budget(
                name: reader.text(), from: reader.date(), through: reader.date(), amount: reader.amount())
            order(reader, budget.from, budget.through)
            list.append(budget)
        }
        close(reader)
        return list
    }

    mutating func readAdjustments() -> [Adjustment] {
        guard var reader = open(Schema.adjustments) else { return [] }
        let list = reader.adjustments(skus: skus, channels: &channels, regions: &regions)
        close(reader)
        return list
    }
}

extension TableReader {
    /// All rows of an adjustments file.
    mutating func adjustments(
        skus: CodePool, channels: inout CodePool, regions: inout CodePool
    ) -> [Adjustment] {
        var list: [Adjustment] = []
        while next() {
            let scope = scope(skus)
            let channel = optionalIndex(in: &channels, kind: .channel)
            let region = optionalIndex(in: &regions, kind: .region)
            let (from, through) = (date(), date())
            checkOrder(from, through)
            let kind = choice(else: Adjustment.Kind.add)
            let value = real()
            if kind != .add, value < 0 {
                issue(
                    "the value \(value) of kind \(kind.rawValue) would make demand negative",
                    "give a value from 0; to take units away use kind add")
            }
            list.append(
                Adjustment(
                    scope: scope, channel: channel < 0 ? nil : Channel.Index(raw: channel),
                    region: region < 0 ? nil : Region.Index(raw: region), from: from, through: through, kind: kind,
                    value: value, author: text(), reason: text(), expires: optionalDate(), made: optionalDate()))
        }
        return list
    }
}
