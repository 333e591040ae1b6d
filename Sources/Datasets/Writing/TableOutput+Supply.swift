import Retail

extension TableOutput {
    mutating func suppliers(_ dataset: Dataset) {
        for supplier in dataset.suppliers {
            text(supplier.code)
            text(supplier.name)
            text(supplier.tier.rawValue)
            if supplier.statesLeadTime { real(supplier.leadTime) } else { csv.empty() }
            real(supplier.leadTimeDeviation)
            integer(supplier.reviewPeriod)
            amount(supplier.minimumOrderValue)
            integer(supplier.paymentDays)
            flag(supplier.acceptsReturns)
            integer(supplier.weeklyCapacity)
            text(supplier.deliveryDays.map { $0 ? "1" : "0" }.joined())
            rate(supplier.shortRate)
            rate(supplier.shortPart)
            rate(supplier.lateRate)
            real(supplier.lateDays)
            integer(supplier.minimumOrderUnits)
            integer(supplier.containerVolume)
            rate(supplier.containerFill)
            flag(supplier.isConsignment)
            rate(supplier.taxRate)
            flag(supplier.pricesIncludeTax)
            amount(supplier.containerFreight)
            amount(supplier.orderCost)
            endRow()
        }
    }

    mutating func supply(_ dataset: Dataset) {
        for terms in dataset.supply {
            for priceBreak in terms.breaks {
                text(dataset.skus[terms.sku.position].code)
                text(dataset.suppliers[terms.supplier.position].code)
                integer(terms.minimumQuantity)
                integer(terms.orderMultiple)
                integer(priceBreak.from)
                price(priceBreak.unitCost)
                text(terms.breakRule.rawValue)
                if let leadTime = terms.leadTime { real(leadTime) } else { csv.empty() }
                day(terms.contractFrom)
                day(terms.contractThrough)
                endRow()
            }
        }
    }

    mutating func closures(_ dataset: Dataset) {
        for closure in dataset.closures {
            text(dataset.suppliers[closure.supplier.position].code)
            day(closure.from)
            day(closure.through)
            text(closure.reason)
            endRow()
        }
    }

    mutating func purchases(_ dataset: Dataset) {
        for record in dataset.purchases {
            text(dataset.skus[record.sku.position].code)
            text(dataset.suppliers[record.supplier.position].code)
            integer(record.quantity)
            day(record.ordered)
            day(record.promised)
            day(record.received)
            integer(record.receivedQuantity)
            integer(record.rejectedQuantity)
            if let cost = record.unitCost { price(cost) } else { csv.empty() }
            endRow()
        }
    }

    mutating func stock(_ dataset: Dataset) {
        for record in dataset.stock {
            text(dataset.skus[record.sku.position].code)
            text(dataset.nodes[record.node.position].code)
            integer(record.onHand)
            integer(record.reserved)
            endRow()
        }
    }

    mutating func lots(_ dataset: Dataset) {
        for record in dataset.lots {
            text(dataset.skus[record.sku.position].code)
            text(dataset.nodes[record.node.position].code)
            text(record.lot)
            day(record.expires)
            integer(record.quantity)
            text(record.owner)
            text(record.grade.rawValue)
            endRow()
        }
    }

    mutating func openOrders(_ dataset: Dataset) {
        for order in dataset.openOrders {
            text(order.code)
            text(dataset.skus[order.sku.position].code)
            code(order.supplier.map { dataset.suppliers[$0.position].code })
            text(dataset.nodes[order.node.position].code)
            integer(order.quantity)
            day(order.due)
            endRow()
        }
    }

    mutating func budgets(_ dataset: Dataset) {
        for budget in dataset.budgets {
            text(budget.name)
            day(budget.from)
            day(budget.through)
            amount(budget.amount)
            endRow()
        }
    }

    mutating func adjustments(_ dataset: Dataset) {
        for adjustment in dataset.adjustments {
            scope(adjustment.scope, dataset)
            code(adjustment.channel.map { dataset.channels[$0.position].code })
            code(adjustment.region.map { dataset.regions[$0.position].code })
            day(adjustment.from)
            day(adjustment.through)
            text(adjustment.kind.rawValue)
            real(adjustment.value)
            text(adjustment.author)
            text(adjustment.reason)
            day(adjustment.expires)
            day(adjustment.made)
            endRow()
        }
    }
}
