import Retail

/// Name, price, case pack, category and role of each kept SKU, from its lines.
struct ProductRules {
    private(set) var skus: [SKU] = []

    /// Cost as a share of the list price.
    static func costShare(_ role: ProductRole) -> Rate {
        switch role {
        case .traffic: Rate(partsPerMillion: 700_000)
        case .destination: Rate(partsPerMillion: 500_000)
        case .regular: Rate(partsPerMillion: 550_000)
        case .image: Rate(partsPerMillion: 450_000)
        }
    }

    init(_ lines: RetailLines, _ sorted: SortedLines, _ history: RetailHistory) {
        let count = sorted.stocks.count
        let skuOf = RetailHistory.skuNumbers(lines, sorted)
        var descriptions = [Tally<Int32>](repeating: Tally(), count: count)
        var prices = [Tally<Int64>](repeating: Tally(), count: count)
        var anyPrices = prices
        var packs = [Tally<Quantity>](repeating: Tally(), count: count)
        var orders = [Int](repeating: 0, count: count)
        var revenue = [Double](repeating: 0, count: count)
        for (sale, line) in sorted.sales.enumerated() {
            let sku = Int(skuOf[Int(lines.stock[line])])
            descriptions[sku].add(lines.description[line])
            // The till of the marketplace adds tax, so known customers' prices come first.
            if lines.customer[line] >= 0 { prices[sku].add(lines.price[line].units) }
            anyPrices[sku].add(lines.price[line].units)
            if lines.quantity[line] > 1, lines.quantity[line] <= 144 { packs[sku].add(lines.quantity[line]) }
            orders[sku] += 1
            revenue[sku] += lines.price[line].major * Double(lines.quantity[line] - sorted.cancelled[sale])
        }
        let list = (0..<count).map { UnitPrice(units: prices[$0].mode ?? anyPrices[$0].mode ?? 0) }
        let roles = Self.roles(list, orders, revenue)
        for sku in 0..<count {
            let name = descriptions[sku].mode.map { lines.descriptionText($0) } ?? ""
            let category = CategoryRules.category(of: name)
            skus.append(
                SKU(
                    code: lines.stocks.text(Int(sorted.stocks[sku])), name: name, categories: category.levels,
                    role: roles[sku], handling: category.volume >= 9_000 ? .bulky : .normal,
                    casePack: packs[sku].mode ?? 1, weight: category.weight, volume: category.volume,
                    listPrice: list[sku], unitCost: list[sku].scaled(by: Self.costShare(roles[sku]))))
        }
    }

    /// Traffic: among the fifth with most lines, below the median price. Destination: among the tenth with most
    /// revenue. Image: among the fifth with the highest prices, with fewer lines than the median. Otherwise regular.
    private static func roles(_ prices: [UnitPrice], _ orders: [Int], _ revenue: [Double]) -> [ProductRole] {
        guard !prices.isEmpty else { return [] }
        func level<T: Comparable>(_ values: [T], _ share: Double) -> T {
            let sorted = values.sorted()
            return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
        }
        let (manyLines, someLines) = (level(orders, 0.8), level(orders, 0.5))
        let (middlePrice, highPrice) = (level(prices, 0.5), level(prices, 0.8))
        let highRevenue = level(revenue, 0.9)
        return prices.indices.map { sku in
            if orders[sku] >= manyLines, prices[sku] < middlePrice { return .traffic }
            if revenue[sku] >= highRevenue { return .destination }
            if prices[sku] >= highPrice, orders[sku] < someLines { return .image }
            return .regular
        }
    }
}

/// Counts of values; the mode is the most frequent one, the greater of two equally frequent.
private struct Tally<Value: Hashable & Comparable> {
    private var counts: [Value: Int] = [:]

    mutating func add(_ value: Value) { counts[value, default: 0] += 1 }

    var mode: Value? { counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key }
}
