import Retail

/// A member price or quantity break.
struct SpecialPrice: BitwiseCopyable {
    var price: Int64
    var begins: Int64
    var ends: Int64
    /// -1 is every one.
    var channel: Int32
    var segment: Int32
    var minimumQuantity: Int32
}

/// Member prices and quantity breaks by SKU: a side table, looked into only where a SKU has any.
struct SpecialPrices: ~Copyable {
    private let offsets: FixedColumn<Int32>
    private let rows: FixedColumn<SpecialPrice>

    init(_ world: World) {
        let plans = world.prices.filter { !$0.isBase }.sorted { $0.sku < $1.sku }
        rows = FixedColumn(
            plans.map {
                SpecialPrice(
                    price: $0.price.units, begins: $0.begins.microseconds, ends: $0.ends.microseconds,
                    channel: $0.channel?.raw ?? -1, segment: $0.segment?.raw ?? -1,
                    minimumQuantity: $0.minimumQuantity)
            })
        var counts = [Int32](repeating: 0, count: plans.isEmpty ? 1 : world.skus.count + 1)
        for plan in plans { counts[plan.sku.position + 1] += 1 }
        for place in counts.indices.dropFirst() { counts[place] += counts[place - 1] }
        offsets = FixedColumn(counts)
    }

    var isEmpty: Bool { rows.count == 0 }

    /// The lowest special price that holds for a line, when it is below `price`; else `price`.
    func lowest(
        _ price: Int64, sku: Int, quantity: Int32, channel: Int, segment: Int, at now: Int64
    ) -> Int64 {
        var lowest = price
        for index in Int(offsets[sku])..<Int(offsets[sku + 1]) {
            let row = rows[index]
            guard row.minimumQuantity <= quantity, row.begins <= now, now < row.ends, row.price < lowest else {
                continue
            }
            if row.channel >= 0 && row.channel != Int32(channel) { continue }
            if row.segment >= 0 && row.segment != Int32(segment) { continue }
            lowest = row.price
        }
        return lowest
    }
}
