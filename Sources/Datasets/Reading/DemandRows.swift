import Retail

/// The rows of `demand.csv` as they come: 16 bytes each, in blocks, so that nothing is ever moved as they grow.
struct DemandRows {
    struct Row {
        /// Position in `series`.
        var series: Int32
        /// Hours since 1970, or the bare step number.
        var stamp: Int32
        /// NaN where unknown; whole numbers are exact up to 16,777,216.
        var quantity: Float
        var line: UInt32
    }

    static let block = 1 << 18
    private(set) var blocks: [[Row]] = []
    private var last: [Row] = []
    /// Cell by cell with the rows, where the file has these columns.
    var prices: [UnitPrice] = []
    var inStock: [Bool] = []
    /// Column by column what a long panel has beside its values; NaN where empty.
    var extras: [[Float]] = []
    /// Packed (SKU, channel, region) of each series; channel and region + 1, 0 being none.
    var series = KeyPool()
    var isBare = false
    private(set) var count = 0

    mutating func append(_ row: Row) {
        if last.count == Self.block {
            blocks.append(last)
            last = []
        }
        if last.isEmpty { last.reserveCapacity(count == 0 ? 1_024 : Self.block) }
        last.append(row)
        count += 1
    }

    mutating func finish() {
        if !last.isEmpty { blocks.append(last) }
        last = []
    }

    static func key(sku: Int32, channel: Int32, region: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: sku)) << 32 | UInt64(UInt16(truncatingIfNeeded: channel + 1)) << 16
            | UInt64(UInt16(truncatingIfNeeded: region + 1))
    }

    static func unpack(_ key: UInt64) -> (sku: Int32, channel: Int32, region: Int32) {
        (Int32(bitPattern: UInt32(key >> 32)), Int32(key >> 16 & 0xFFFF) - 1, Int32(key & 0xFFFF) - 1)
    }

    /// Reads the rows of `demand.csv` or of a long panel. Codes that no other file defines are added where `grows`
    /// says so, and are issues otherwise.
    mutating func read(
        _ reader: inout TableReader, skus: inout CodePool, channels: inout CodePool, regions: inout CodePool,
        grows: (skus: Bool, channels: Bool, regions: Bool), log: IssueLog
    ) {
        let isLong = reader.schema.columns[0].name == "unique_id"
        let hasPrice = !isLong && reader.has("price")
        let hasFlag = reader.has("in_stock")
        let hasLevel = reader.has("stock")
        let further = isLong ? reader.schema.columns.dropFirst(Schema.longPanel.columns.count) : []
        let isNumber = further.map { $0.kind == .real }
        extras = [[Float]](repeating: [], count: further.count)
        while reader.next() {
            let sku: Int32
            let stamp: (value: Int32, isBare: Bool)?
            if isLong {
                sku = reader.index(in: &skus, growing: grows.skus, kind: .series)
                stamp = reader.step()
            } else {
                stamp = reader.step()
                sku = reader.index(in: &skus, growing: grows.skus, kind: .sku)
            }
            var (channel, region): (Int32, Int32) = (-1, -1)
            if !isLong {
                channel = reader.optionalIndex(in: &channels, growing: grows.channels, kind: .channel)
                region = reader.optionalIndex(in: &regions, growing: grows.regions, kind: .region)
            }
            let quantity = reader.optionalReal()
            if hasPrice || hasFlag || hasLevel || !further.isEmpty {
                let price = isLong ? nil : reader.optionalPrice()
                let flag = reader.optionalFlag()
                let level = reader.optionalReal()
                if hasPrice { prices.append(price ?? .zero) }
                if hasFlag || hasLevel { inStock.append(flag ?? (level != 0)) }
            }
            for column in extras.indices {
                extras[column].append(isNumber[column] ? Float(reader.optionalReal()) : reader.skipped())
            }
            guard let stamp else { continue }
            if count == 0 { isBare = stamp.isBare }
            if stamp.isBare != isBare {
                reader.issue(
                    "mixes dates and step numbers", "give every row a date, or every row a whole number")
            }
            guard channel < 65_534, region < 65_534 else {
                reader.issue("has more than 65,534 channels or regions", "check the channel and region columns")
                return
            }
            guard log.isEmpty else { continue }
            append(
                Row(
                    series: series.insert(Self.key(sku: sku, channel: channel, region: region)),
                    stamp: stamp.value, quantity: Float(quantity), line: UInt32(clamping: reader.line)))
        }
        finish()
    }
}
