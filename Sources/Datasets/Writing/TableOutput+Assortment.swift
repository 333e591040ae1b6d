import Retail

extension TableOutput {
    mutating func describe(_ dataset: Dataset) {
        var rows: [(DescriptionKey, String)] = [
            (.name, dataset.name), (.currency, dataset.currency.code), (.zone, dataset.zone),
            (.step, dataset.demand.axis.step.rawValue), (.absentRows, DemandForm(dataset).absent.rawValue),
        ]
        if let country = dataset.calendar.country { rows.append((.country, country.rawValue)) }
        for (key, value) in rows {
            text(key.rawValue)
            text(value)
            endRow()
        }
    }

    mutating func assumptions(_ dataset: Dataset) {
        for assumption in dataset.assumptions where assumption.subject != Assembly.absentSubject {
            text(assumption.subject)
            text(assumption.text)
            endRow()
        }
    }

    mutating func products(_ dataset: Dataset) {
        for sku in dataset.skus {
            text(sku.code)
            text(sku.name)
            for level in 0..<3 { text(level < sku.categories.count ? sku.categories[level] : "") }
            text(sku.role.rawValue)
            text(sku.handling.rawValue)
            text(sku.baseUnit.rawValue)
            integer(sku.casePack)
            integer(sku.weight)
            integer(sku.volume)
            price(sku.listPrice)
            price(sku.unitCost)
            text(sku.shop)
            integer(sku.shelfLife)
            if let cost = sku.shortageCost { price(cost) } else { csv.empty() }
            if let value = sku.salvage { price(value) } else { csv.empty() }
            if let level = sku.serviceLevel { rate(level) } else { csv.empty() }
            endRow()
        }
    }

    mutating func listings(_ dataset: Dataset) {
        for listing in dataset.listings {
            text(dataset.skus[listing.sku.position].code)
            text(dataset.channels[listing.channel.position].code)
            day(listing.from)
            day(listing.through)
            endRow()
        }
    }

    mutating func prices(_ dataset: Dataset) {
        for row in dataset.prices {
            text(dataset.skus[row.sku.position].code)
            code(row.channel.map { dataset.channels[$0.position].code })
            day(row.from)
            day(row.through)
            price(row.price)
            code(row.segment.map { dataset.segments[$0.position].code })
            integer(row.minimumQuantity)
            endRow()
        }
    }

    mutating func promotions(_ dataset: Dataset) {
        for promotion in dataset.promotions {
            text(promotion.code)
            text(promotion.name)
            text(promotion.kind.rawValue)
            time(promotion.begins)
            time(promotion.ends)
            code(promotion.channel.map { dataset.channels[$0.position].code })
            scope(promotion.scope, dataset)
            rate(promotion.depth)
            amount(promotion.threshold)
            amount(promotion.saving)
            if let cap = promotion.cap { integer(cap) } else { csv.empty() }
            rate(promotion.merchantShare)
            real(promotion.elasticity)
            real(promotion.uplift)
            endRow()
        }
    }
}
