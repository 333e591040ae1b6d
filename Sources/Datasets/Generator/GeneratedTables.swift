import Foundation
import NumericCore
import Retail

/// Everything of a generated shop but its orders: articles, places, channels, carriers, suppliers, stock, calendar.
struct GeneratedTables {
    private let sink: FolderSink
    private let goods: GeneratedGoods
    /// Orders of an ordinary day at the end of the history.
    private let perDay: Double
    private let seed: UInt64

    init(_ sink: FolderSink, _ goods: GeneratedGoods, orders: Int, seed: UInt64) {
        self.sink = sink
        self.goods = goods
        self.seed = seed
        perDay = max(1, Double(orders) / Double(GeneratorSeason.end - GeneratorSeason.start))
    }

    func write() throws {
        try products()
        try regions()
        try nodes()
        try channels()
        try carriers()
        try suppliers()
        try calendar()
        try stock()
    }

    private func products() throws {
        let table = try sink.table(
            "products",
            [
                "sku", "name", "category1", "category2", "category3", "role", "handling", "case_pack", "weight",
                "volume",
                "list_price", "unit_cost",
            ])
        for article in goods.articles {
            let family = GeneratedGoods.families[article.family]
            table.text(article.code)
            table.text("\(family.names[2]) \(article.code.suffix(5))")
            for name in family.names { table.text(name) }
            table.text(article.role.rawValue)
            table.text(family.weight > 20_000 ? "bulky" : "normal")
            table.integer(article.casePack)
            table.integer(article.weight)
            table.integer(Int64((family.volume * Double(article.weight) / family.weight).rounded()))
            table.price(UnitPrice(units: article.price))
            table.price(UnitPrice(units: article.cost))
            try table.endRow()
        }
    }

    private func regions() throws {
        let table = try sink.table(
            "regions", ["code", "name", "latitude", "longitude", "tier", "population", "zone"])
        for province in ChinesePlaces.provinces {
            for city in province.cities {
                table.text(city.code)
                table.text(city.name == province.name ? city.name : province.name + city.name)
                table.real(city.latitude)
                table.real(city.longitude)
                table.integer(city.tier)
                table.integer(city.people * 10_000)
                table.text(province.zone)
                try table.endRow()
            }
        }
    }

    private static let nodeColumns = [
        "code", "name", "kind", "latitude", "longitude", "picks_per_hour", "stations", "cut_off", "opens", "closes",
        "fixed_cost_per_day", "cost_per_line", "replenished_from",
    ]

    /// Warehouses that can pick some three ordinary days in a day; front warehouses stand in the large cities.
    private func nodes() throws {
        let cities = ChinesePlaces.provinces.flatMap(\.cities)
        func place(_ code: String) -> ChinesePlaces.City? { cities.first { $0.code == code } }
        let table = try sink.table("nodes", Self.nodeColumns)
        for node in GeneratedTrade.warehouses {
            guard let city = place(node.city) else { continue }
            let lines = perDay * 1.4 * node.share
            try write(
                node.code, node.name, node.kind, city, perHour: max(60, lines * 3 / 16), cost: 0.6,
                fixed: 2_000 + lines * 0.4,
                from: node.from, to: table)
        }
        let candidates = try sink.table("candidates", Self.nodeColumns)
        for city in cities where city.tier <= 2 {
            for (number, direction) in [(0.06, 0.05), (-0.05, 0.06), (0.03, -0.07)].enumerated() {
                var spot = city
                spot.latitude += direction.0
                spot.longitude += direction.1
                let from = GeneratedTrade.warehouses.filter { $0.kind == .regional || $0.kind == .central }.min {
                    distance($0.city, city) < distance($1.city, city)
                }
                try write(
                    "front-\(city.code)-\(number + 1)", "\(city.name)前置仓\(number + 1)", .front, spot,
                    perHour: max(30, perDay * 0.01 / 16), cost: 1.1, fixed: 900, from: from?.code ?? "", to: candidates)
            }
        }
    }

    private func distance(_ code: String, _ city: ChinesePlaces.City) -> Double {
        guard let other = ChinesePlaces.provinces.flatMap(\.cities).first(where: { $0.code == code }) else {
            return 1e9
        }
        return greatCircleKilometres(
            Coordinate(latitude: other.latitude, longitude: other.longitude),
            Coordinate(latitude: city.latitude, longitude: city.longitude))
    }

    private func write(
        _ code: String, _ name: String, _ kind: NodeKind, _ city: ChinesePlaces.City, perHour: Double, cost: Double,
        fixed: Double, from: String, to table: TableSink
    ) throws {
        table.text(code)
        table.text(name)
        table.text(kind.rawValue)
        table.real((city.latitude * 1_000).rounded() / 1_000)
        table.real((city.longitude * 1_000).rounded() / 1_000)
        table.integer(Int64(min(2e9, perHour.rounded())))
        table.integer(Int64(max(2, min(5_000, (perHour / 60).rounded()))))
        table.text("20:00")
        table.text(kind == .front ? "07:00" : "06:00")
        table.text("23:00")
        table.amount(minor: Int64((fixed * 100).rounded()))
        table.price(UnitPrice(units: Int64(cost * 10_000)))
        table.text(from)
        try table.endRow()
    }

    private func channels() throws {
        let table = try sink.table(
            "channels",
            [
                "code", "name", "kind", "commission_rate", "payment_fee_rate", "settlement_days", "synchronisation_lag",
                "paid_rate",
            ])
        for shop in GeneratedTrade.shops {
            table.text(shop.code)
            table.text(shop.name)
            table.text(shop.kind.rawValue)
            table.rate(shop.commission)
            table.rate(0.006)
            table.integer(shop.days)
            table.integer(shop.lag)
            table.rate(shop.paid)
            try table.endRow()
        }
        let segments = try sink.table(
            "segments", ["code", "name", "share_rate", "return_rate", "conversion", "price_sensitivity"])
        let families = GeneratedGoods.families
        let all = families.reduce(0) { $0 + $1.share }
        let returns = families.reduce(0) { $0 + $1.share * $1.returns } / all
        let shops = GeneratedTrade.shops.reduce(0) { $0 + $1.share * $1.returns }
        for group in GeneratedTrade.groups {
            segments.text(group.code)
            segments.text(group.name)
            segments.rate(group.visits)
            segments.rate(min(0.9, returns * shops * group.returns))
            segments.real(group.conversion)
            segments.real(group.sensitivity)
            try segments.endRow()
        }
    }

    private func carriers() throws {
        let table = try sink.table("carriers", ["code", "name", "daily_capacity", "cut_off"])
        // Parcels of Double 11 are 1.5 to 1.9 times a normal day's over all shops: carriers saturate at about four
        // times this shop's ordinary day.
        for carrier in GeneratedTrade.carriers {
            table.text(carrier.code)
            table.text(carrier.name)
            table.integer(Int64((perDay * 4 * carrier.share).rounded(.up)))
            table.text(carrier.code == "rider" ? "23:00" : "22:00")
            try table.endRow()
        }
        let rates = try sink.table(
            "rates",
            [
                "carrier", "zone", "tier", "first_weight", "first_price", "step_weight", "step_price", "transit",
                "transit_deviation", "maximum_distance",
            ])
        func rate(
            _ carrier: String, _ zone: String, _ tier: ServiceTier, _ price: Double, _ step: Double, _ hours: Double,
            _ distance: Double
        ) throws {
            for text in [carrier, zone, tier.rawValue] { rates.text(text) }
            rates.integer(1_000)
            rates.price(UnitPrice(units: Int64((price * 10_000).rounded())))
            rates.integer(1_000)
            rates.price(UnitPrice(units: Int64((step * 10_000).rounded())))
            rates.real(hours)
            rates.real((hours * 35).rounded() / 100)
            rates.real(distance)
            try rates.endRow()
        }
        for (zone, factor) in GeneratedTrade.zones {
            try rate("rider", zone, .oneHour, 6, 1, 0.6, 15)
            try rate("rider", zone, .sameDay, 9, 1, 4, 120)
            try rate("sf", zone, .nextDay, 9 * factor, 3 * factor, 26 * factor, 0)
            try rate("zto", zone, .standard, 3.2 * factor, 1 * factor, 46 * factor, 0)
            try rate("yto", zone, .standard, 3.0 * factor, 1.1 * factor, 50 * factor, 0)
        }
    }

    private func suppliers() throws {
        let table = try sink.table(
            "suppliers",
            [
                "code", "name", "tier", "lead_time", "lead_time_deviation", "review_period", "minimum_order_value",
                "payment_days", "accepts_returns",
            ])
        for number in 0..<GeneratedTrade.suppliers {
            var stream = RandomStream(
                seed: seed, stream: RandomStreamID.generator.rawValue, entity: entityHash("supplier \(number)"),
                replication: 0)
            let lead = (5 + 20 * stream.uniform()).rounded()
            table.text("S\(number + 1)")
            table.text("供应商 \(number + 1)")
            table.text(number % 3 == 0 ? "manufacturer" : number % 3 == 1 ? "agent" : "wholesaler")
            table.real(lead)
            table.real((lead * 30).rounded() / 100)
            table.integer(7)
            table.amount(minor: 500_000)
            table.integer(number % 2 == 0 ? 30 : 60)
            table.integer(number % 4 == 0 ? 1 : 0)
            try table.endRow()
        }
        let supply = try sink.table(
            "supply", ["sku", "supplier", "minimum_quantity", "order_multiple", "from_quantity", "unit_cost"])
        for article in goods.articles {
            for (cases, part) in [(Int64(1), 1.0), (20, 0.96), (80, 0.92)] {
                supply.text(article.code)
                supply.text("S\(article.supplier + 1)")
                supply.integer(article.casePack)
                supply.integer(article.casePack)
                supply.integer(cases == 1 ? 1 : cases * article.casePack)
                supply.price(UnitPrice(units: Int64((Double(article.cost) * part).rounded())))
                try supply.endRow()
            }
        }
    }

    private func calendar() throws {
        let table = try sink.table("calendar", ["date", "is_open", "event"])
        for event in GeneratorSeason.events {
            for offset in 0...(event.through - event.from) {
                table.text((event.from + offset).description)
                table.integer(1)
                table.text(event.name)
                try table.endRow()
            }
        }
    }

    /// Weeks of the ordinary demand of the coming season: six central, three and a half regional; city warehouses hold
    /// ten days of what sells better than the mean. Full cases where that is more than one, single units of slow movers.
    private func stock() throws {
        let table = try sink.table("stock", ["sku", "node", "on_hand"])
        let weights = GeneratedGoods.weights(on: GeneratorSeason.end)
        let all = weights.reduce(0, +)
        for (family, range) in goods.ranges.enumerated() {
            let appeal = range.reduce(0.0) { $0 + goods.articles[$1].appeal }
            for place in range {
                let article = goods.articles[place]
                let daily = perDay * 1.12 * 1.55 * weights[family] / all * article.appeal / max(appeal, 1e-300)
                let isQuick = daily * Double(goods.articles.count) > perDay * 1.12 * 1.55
                for node in GeneratedTrade.warehouses where node.kind != .city || isQuick {
                    let units = daily * node.share * (node.kind == .central ? 42 : node.kind == .city ? 10 : 24)
                    let pack = Double(article.casePack)
                    let whole = units < pack ? units.rounded(.up) : (units / pack).rounded() * pack
                    table.text(article.code)
                    table.text(node.code)
                    table.integer(Int64(min(1e8, whole)))
                    try table.endRow()
                }
            }
        }
    }
}
