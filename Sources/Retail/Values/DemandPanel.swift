/// Whose demand a series is. Nil means summed over all.
public struct SeriesKey: Hashable, Sendable {
    public var sku: SKU.Index?
    public var channel: Channel.Index?
    public var region: Region.Index?

    public init(sku: SKU.Index? = nil, channel: Channel.Index? = nil, region: Region.Index? = nil) {
        self.sku = sku
        self.channel = channel
        self.region = region
    }
}

/// Demand history of the series that exist: one flat buffer, each series with its own start and end.
/// A missing cell (closed day, unknown) is a bit of its own and never a zero.
public struct DemandPanel: Sendable, Equatable {
    public var axis: TimeAxis
    public var keys: [SeriesKey]
    /// Name of each series as the input had it (`unique_id`), or the codes joined by `/`.
    public var names: [String]
    /// Series s holds cells offsets[s] ..< offsets[s + 1].
    public var offsets: [Int]
    /// The axis step of the first cell of each series.
    public var starts: [Int32]
    /// Units sold; storage in Float, arithmetic in Double.
    public var values: [Float]
    /// One bit a cell, set where the value is missing.
    public var missing: BitMask

    public init(axis: TimeAxis) {
        self.axis = axis
        keys = []
        names = []
        offsets = [0]
        starts = []
        values = []
        missing = BitMask(count: 0)
    }

    public var seriesCount: Int { keys.count }

    /// Adds a series; NaN stands for a missing cell.
    public mutating func append(name: String, key: SeriesKey, start: Int, _ cells: [Double]) {
        names.append(name)
        keys.append(key)
        starts.append(Int32(start))
        for cell in cells {
            values.append(cell.isNaN ? 0 : Float(cell))
            missing.append(cell.isNaN)
        }
        offsets.append(values.count)
    }

    /// The cells of one series, NaN where missing.
    public func cells(_ series: Int) -> [Double] {
        (offsets[series]..<offsets[series + 1]).map { missing[$0] ? .nan : Double(values[$0]) }
    }

    /// The panel as it was known before axis step `end`: later cells are cut off, series without cells dropped.
    public func before(_ end: Int) -> DemandPanel {
        var panel = DemandPanel(axis: TimeAxis(step: axis.step, origin: axis.origin, count: min(end, axis.count)))
        for s in keys.indices {
            let kept = min(offsets[s + 1] - offsets[s], end - Int(starts[s]))
            guard kept > 0 else { continue }
            panel.append(name: names[s], key: keys[s], start: Int(starts[s]), Array(cells(s).prefix(kept)))
        }
        return panel
    }
}

/// A growing array of bits.
public struct BitMask: Sendable, Equatable {
    public private(set) var count: Int
    private var words: [UInt64]

    public init(count: Int) {
        self.count = count
        words = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    public subscript(index: Int) -> Bool {
        get { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
        set {
            let bit = UInt64(1) << UInt64(index & 63)
            if newValue { words[index >> 6] |= bit } else { words[index >> 6] &= ~bit }
        }
    }

    public mutating func append(_ bit: Bool) {
        if count & 63 == 0 { words.append(0) }
        count += 1
        self[count - 1] = bit
    }
}
