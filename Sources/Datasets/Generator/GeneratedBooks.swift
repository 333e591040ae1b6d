import Foundation
import NumericCore
import Retail

/// Orders of a generated shop day by day, with lines, parcels, returns and the demand they add up to.
final class GeneratedBooks {
    private let sink: FolderSink
    private let goods: GeneratedGoods
    private let total: Int
    private let seed: UInt64
    private let orders: TableSink
    private let lines: TableSink
    private let shipments: TableSink
    private let returns: TableSink
    private let demand: TableSink
    private let cities: [ChinesePlaces.City]
    private let homes: [Int]
    private let distances: [Double]
    private let cityDraw: AliasTable
    private let shopDraw: AliasTable
    private let groupDraw: AliasTable
    private let lag = LagLaw.tmall2020
    /// Units of the day by article and shop, and which of them were touched.
    private var units: [Int32]
    private var touched: [Int] = []
    /// Articles each shop lists: the hash of article and shop against the shop's part.
    private let listed: [Bool]

    init(_ sink: FolderSink, _ goods: GeneratedGoods, orders count: Int, seed: UInt64) throws {
        self.sink = sink
        self.goods = goods
        total = count
        self.seed = seed
        orders = try sink.table("orders", ["order", "placed", "channel", "region", "segment", "paid", "state"])
        lines = try sink.table("order_lines", ["order", "sku", "quantity", "price", "cancelled"])
        shipments = try sink.table("shipments", ["order", "node", "carrier", "shipped", "delivered", "freight"])
        returns = try sink.table("returns", ["order", "sku", "returned", "quantity", "reason"])
        demand = try sink.table("demand", ["date", "sku", "channel", "quantity"])
        let cities = ChinesePlaces.provinces.flatMap(\.cities)
        self.cities = cities
        // Cities stand for their provinces: a city's part is its people's part of those listed, times the province.
        var weights: [Double] = []
        for province in ChinesePlaces.provinces {
            let people = province.cities.reduce(0) { $0 + $1.people }
            for city in province.cities {
                let reach = [1.9, 1.6, 1.25, 1][min(3, max(0, city.tier - 1))]
                weights.append(Double(province.people) * Double(city.people) / Double(max(1, people)) * reach)
            }
        }
        cityDraw = try AliasTable(weights: weights)
        shopDraw = try AliasTable(weights: GeneratedTrade.shops.map(\.share))
        groupDraw = try AliasTable(weights: GeneratedTrade.groups.map(\.share))
        (homes, distances) = Self.homes(cities)
        let shops = GeneratedTrade.shops
        units = [Int32](repeating: 0, count: goods.articles.count * shops.count)
        listed = goods.articles.flatMap { article in
            shops.map { shop in
                Double(entityHash(article.code + shop.code) >> 11) * 0x1p-53 < shop.listed
            }
        }
    }

    /// The nearest large warehouse of each city, and how far it is.
    private static func homes(_ cities: [ChinesePlaces.City]) -> ([Int], [Double]) {
        let nodes = GeneratedTrade.warehouses
        var (homes, distances): ([Int], [Double]) = ([], [])
        for city in cities {
            var best = (place: 0, distance: Double.infinity)
            for (place, node) in nodes.enumerated() where node.kind != .city {
                guard let at = cities.first(where: { $0.code == node.city }) else { continue }
                let distance = greatCircleKilometres(
                    Coordinate(latitude: at.latitude, longitude: at.longitude),
                    Coordinate(latitude: city.latitude, longitude: city.longitude))
                if distance < best.distance { best = (place, distance) }
            }
            homes.append(best.place)
            distances.append(best.distance)
        }
        return (homes, distances)
    }

    func write(_ progress: ((Int) -> Void)?) throws {
        let days = (0..<(GeneratorSeason.end - GeneratorSeason.start)).map { GeneratorSeason.start + $0 }
        let weights = days.map { Int64((GeneratorSeason.factor(of: $0) * 1e6).rounded()) }
        let counts = try allocateByLargestRemainder(Int64(total), over: weights)
        var number = 0
        for (place, day) in days.enumerated() {
            try write(day, count: Int(counts[place]), from: &number)
            progress?(number)
        }
    }

    private func write(_ day: Day, count: Int, from number: inout Int) throws {
        let minutes = try AliasTable(weights: GeneratorSeason.minutes(of: day))
        var stream = self.stream("day", UInt64(bitPattern: Int64(day.number)))
        // Families without articles (small data sets) give theirs to the others.
        let weights = zip(GeneratedGoods.weights(on: day), goods.ranges).map { $1.isEmpty ? 0 : $0 }
        let families = try AliasTable(weights: weights)
        var moments = (0..<count).map { _ in minutes.sample(&stream) * 60 + stream.integer(below: 60) }
        moments.sort()
        for moment in moments {
            number += 1
            try write(number, at: CivilTime(seconds: Int64(day.number) * 86_400 + Int64(moment)), families)
        }
        let text = day.description
        touched.sort()
        for cell in touched {
            demand.text(text)
            demand.text(goods.articles[cell / GeneratedTrade.shops.count].code)
            demand.text(GeneratedTrade.shops[cell % GeneratedTrade.shops.count].code)
            demand.integer(units[cell])
            try demand.endRow()
            units[cell] = 0
        }
        touched.removeAll(keepingCapacity: true)
    }

    private func stream(_ purpose: String, _ entity: UInt64) -> RandomStream {
        RandomStream(
            seed: seed, stream: RandomStreamID.generator.rawValue, entity: combine(entityHash(purpose), entity),
            replication: 0)
    }

    private func write(_ number: Int, at placed: CivilTime, _ families: AliasTable) throws {
        var draws = stream("order", UInt64(number))
        let shopPlace = shopDraw.sample(&draws)
        let shop = GeneratedTrade.shops[shopPlace]
        let city = cityDraw.sample(&draws)
        let group = groupDraw.sample(&draws)
        let code = "O\(number)"
        let isPaid = draws.uniform() < shop.paid
        let paid = isPaid ? CivilTime(seconds: placed.seconds + Int64(min(1_700, lag.quantile(draws.uniform())))) : nil
        let isCancelled = isPaid && draws.uniform() < 0.03
        let isKnown = placed.seconds < CivilTime(GeneratorSeason.end).seconds - 15 * 86_400
        orders.text(code)
        orders.time(placed)
        orders.text(shop.code)
        orders.text(cities[city].code)
        orders.text(GeneratedTrade.groups[group].code)
        if let paid { orders.time(paid) } else { orders.empty() }
        orders.text(!isPaid ? "unpaid" : isCancelled ? "cancelled" : isKnown ? "delivered" : "open")
        try orders.endRow()
        let basket = basket(shopPlace, families, &draws)
        let delivered = try isPaid && !isCancelled ? ship(code, city, paid ?? placed, basket, isKnown, &draws) : nil
        for (place, units) in basket {
            let article = goods.articles[place]
            let family = GeneratedGoods.families[article.family]
            let rate = family.returns * shop.returns * GeneratedTrade.groups[group].returns
            let isBack = delivered != nil && draws.uniform() < min(0.85, rate)
            lines.text(code)
            lines.text(article.code)
            lines.integer(units)
            lines.price(UnitPrice(units: article.price))
            lines.integer(isBack || isCancelled ? units : 0)
            try lines.endRow()
            if isBack, let delivered {
                try giveBack(code, article.code, units, after: delivered, &draws)
            }
            if isPaid {
                let cell = place * GeneratedTrade.shops.count + shopPlace
                if self.units[cell] == 0 { touched.append(cell) }
                self.units[cell] += Int32(units)
            }
        }
    }

    /// One to many lines (a geometric law of mean 1.4), mostly of one unit; what follows the first article is more
    /// often of its own first category.
    private func basket(
        _ shop: Int, _ families: AliasTable, _ draws: inout RandomStream
    ) -> [(place: Int, units: Int)] {
        var basket: [(place: Int, units: Int)] = []
        repeat {
            var family = families.sample(&draws)
            if let first = basket.first, draws.uniform() < 0.5 {
                let wanted = GeneratedGoods.families[goods.articles[first.place].family].names[0]
                for _ in 0..<8 where GeneratedGoods.families[family].names[0] != wanted {
                    family = families.sample(&draws)
                }
            }
            let range = goods.ranges[family]
            var place = range.lowerBound + goods.draws[family].sample(&draws)
            // A few tries for an article the shop lists; then whatever it was.
            for _ in 0..<12 where !listed[place * GeneratedTrade.shops.count + shop] {
                place = range.lowerBound + goods.draws[family].sample(&draws)
            }
            let luck = draws.uniform()
            let units = luck < 0.9 ? 1 : luck < 0.97 ? 2 : 3 + draws.integer(below: 4)
            if !basket.contains(where: { $0.place == place }) { basket.append((place, units)) }
        } while draws.uniform() < 0.2857 && basket.count < 30
        return basket
    }

    /// Writes the parcel; returns when it was delivered, nil while it is on its way.
    private func ship(
        _ code: String, _ city: Int, _ paid: CivilTime, _ basket: [(place: Int, units: Int)], _ isKnown: Bool,
        _ draws: inout RandomStream
    ) throws -> CivilTime? {
        let node = GeneratedTrade.warehouses[homes[city]]
        let carrier = GeneratedTrade.carriers[draws.uniform() < 0.25 ? 0 : draws.uniform() < 0.55 ? 1 : 2]
        let shipped = CivilTime(seconds: paid.seconds + Int64(3_600 * draws.gamma(shape: 3, scale: 5)))
        // Median hours on the way: half a day and an hour for every forty kilometres, less by air.
        let median = (14 + distances[city] / 40) * (carrier.code == "sf" ? 0.6 : 1)
        let transit = draws.logNormal(logMean: log(median), logStandardDeviation: 0.35)
        let delivered = CivilTime(seconds: shipped.seconds + Int64(transit * 3_600))
        let isThere = delivered < CivilTime(GeneratorSeason.end) && isKnown
        let grams = basket.reduce(Int64(0)) { $0 + goods.articles[$1.place].weight * Int64($1.units) }
        let steps = max(0, (grams - 1_000 + 999) / 1_000)
        let far = 1 + distances[city] / 2_500
        let freight = (carrier.code == "sf" ? 9 + 3 * Double(steps) : 3.1 + 1.05 * Double(steps)) * far
        for text in [code, node.code, carrier.code] { shipments.text(text) }
        shipments.time(shipped)
        if isThere { shipments.time(delivered) } else { shipments.empty() }
        shipments.amount(minor: Int64((freight * 100).rounded()))
        try shipments.endRow()
        return isThere ? delivered : nil
    }

    private func giveBack(
        _ order: String, _ sku: String, _ units: Int, after delivered: CivilTime, _ draws: inout RandomStream
    ) throws {
        let reasons = ["不合适", "质量问题", "凑单退", "七天无理由", "与描述不符"]
        let days = draws.gamma(shape: 2.5, scale: 2.4)
        let reason = draws.integer(below: reasons.count)
        let returned = CivilTime(seconds: delivered.seconds + Int64(days * 86_400))
        // What comes back after the end of the history is not known yet.
        guard returned < CivilTime(GeneratorSeason.end) else { return }
        returns.text(order)
        returns.text(sku)
        returns.time(returned)
        returns.integer(units)
        returns.text(reasons[reason])
        try returns.endRow()
    }
}
