import Retail

extension Assembly {
    mutating func readProducts() -> [SKU] {
        guard var reader = open(Schema.products) else { return [] }
        var list: [SKU] = []
        var costless = 0
        while reader.next() {
            let code = reader.code()
            let name = reader.text()
            let categories = [reader.text(), reader.text(), reader.text()]
            let role = reader.choice(else: ProductRole.regular)
            let handling = reader.choice(else: Handling.normal)
            let unit = reader.choice(else: BaseUnit.piece)
            let casePack: Quantity = reader.integer()
            let weight: Int32 = reader.integer()
            let volume: Int32 = reader.integer()
            let price = reader.price()
            let cost = reader.optionalPrice()
            let shop = reader.text()
            let shelfLife: Int32 = reader.integer()
            if cost == nil { costless += 1 }
            _ = skus.insert(code)
            var sku = SKU(
                code: code, name: name, categories: categories, role: role, handling: handling, baseUnit: unit,
                casePack: casePack, weight: weight, volume: volume, listPrice: price,
                unitCost: cost ?? price.scaled(by: Self.defaultCost), shop: shop, shelfLife: shelfLife)
            sku.shortageCost = reader.optionalPrice()
            sku.salvage = reader.optionalPrice()
            sku.serviceLevel = reader.optionalRate()
            list.append(sku)
        }
        close(reader)
        if costless > 0 { note("products.csv", "unit_cost of \(costless) SKUs not given: 60 % of the list price") }
        return list
    }

    mutating func readListings() -> [Listing] {
        guard var reader = open(Schema.listings) else { return [] }
        var list: [Listing] = []
        var lines: [Int] = []
        while reader.next() {
            let sku = reader.index(in: &skus, kind: .sku)
            let channel = reader.index(in: &channels, kind: .channel)
            let (from, through) = (reader.date(), reader.date())
            order(reader, from, through)
            lines.append(reader.line)
            list.append(
                Listing(
                    sku: SKU.Index(raw: sku), channel: Channel.Index(raw: channel), from: from, through: through))
        }
        let periods = list.indices.map { at in
            Period(
                key: "\(list[at].sku.raw) \(list[at].channel.raw)", from: Int64(list[at].from.number),
                through: Int64(list[at].through.number), line: lines[at])
        }
        reportOverlaps(reader, periods, "the same SKU and channel")
        close(reader)
        return list
    }

    mutating func readPrices() -> [PriceRow] {
        guard var reader = open(Schema.prices) else { return [] }
        var list: [PriceRow] = []
        var lines: [Int] = []
        while reader.next() {
            let sku = reader.index(in: &skus, kind: .sku)
            let channel = reader.optionalIndex(in: &channels, kind: .channel)
            let (from, through) = (reader.date(), reader.date())
            order(reader, from, through)
            lines.append(reader.line)
            let price = reader.price()
            let segment = reader.optionalIndex(in: &segments, kind: .segment)
            list.append(
                PriceRow(
                    sku: SKU.Index(raw: sku), channel: channel < 0 ? nil : Channel.Index(raw: channel), from: from,
                    through: through, price: price, segment: segment < 0 ? nil : Segment.Index(raw: segment),
                    minimumQuantity: reader.integer()))
        }
        let periods = list.indices.map { at in
            Period(
                key: "\(list[at].sku.raw) \(list[at].channel?.raw ?? -1) \(list[at].segment?.raw ?? -1) "
                    + "\(list[at].minimumQuantity)", from: Int64(list[at].from.number),
                through: Int64(list[at].through.number), line: lines[at])
        }
        reportOverlaps(reader, periods, "the same SKU, channel, segment and minimum quantity")
        close(reader)
        return list
    }

    mutating func readPromotions() -> [Promotion] {
        guard var reader = open(Schema.promotions) else { return [] }
        var list: [Promotion] = []
        var lines: [Int] = []
        while reader.next() {
            let (code, name) = (reader.code(), reader.text())
            let kind = reader.choice(else: PromotionKind.priceCut)
            let (begins, ends) = (reader.time(), reader.time())
            let channel = reader.optionalIndex(in: &channels, kind: .channel)
            let scope = reader.scope(skus)
            let depth = reader.rate()
            let (threshold, saving) = (reader.amount(), reader.amount())
            let cap: Int64? = reader.optionalInteger()
            let share = reader.rate()
            let (elasticity, uplift) = (reader.real(), reader.real())
            if ends <= begins {
                reader.issue("`ends` is not after `begins`", "correct the times; `ends` is exclusive")
            }
            lines.append(reader.line)
            list.append(
                Promotion(
                    code: code, name: name, kind: kind, begins: begins, ends: ends,
                    channel: channel < 0 ? nil : Channel.Index(raw: channel), scope: scope, depth: depth,
                    threshold: threshold, saving: saving, cap: cap, merchantShare: share, elasticity: elasticity,
                    uplift: uplift))
        }
        // `ends` is exclusive: two promotions that touch do not overlap.
        let periods = list.indices.map { at in
            let promotion = list[at]
            return Period(
                key: "\(promotion.kind) \(promotion.channel?.raw ?? -1) \(promotion.scope)",
                from: promotion.begins.seconds, through: promotion.ends.seconds - 1, line: lines[at])
        }
        reportOverlaps(reader, periods, "another promotion of the same kind, channel and scope")
        close(reader)
        return list
    }

    func order(_ reader: borrowing TableReader, _ from: Day, _ through: Day) { reader.checkOrder(from, through) }
}

extension TableReader {
    /// An issue when a period ends before it begins.
    func checkOrder(_ from: Day, _ through: Day) {
        if through < from {
            issue(
                "`through` \(through) lies before `from` \(from)", "exchange the dates, or correct one")
        }
    }
}

/// A span with a key, and the line it stands on.
struct Period {
    var key: String
    var from: Int64
    /// Inclusive.
    var through: Int64
    var line: Int
}

/// Issues for all periods of one key that share a moment with an earlier one.
func reportOverlaps(_ reader: borrowing TableReader, _ periods: [Period], _ what: Phrase) {
    let sorted = periods.sorted { ($0.key, $0.from, $0.line) < ($1.key, $1.from, $1.line) }
    var latest: Period?
    for period in sorted {
        if let before = latest, before.key == period.key {
            if period.from <= before.through {
                reader.issue(
                    line: period.line, "the period overlaps that of line \(before.line): \(what)",
                    "end one before the other begins")
            }
            if period.through > before.through { latest = period }
        } else {
            latest = period
        }
    }
}
