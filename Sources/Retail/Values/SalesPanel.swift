/// Sales of many series on one daily axis together with what is known of each series and of each day, past and future:
/// what the global engine learns from.
///
/// The calendar parts reach beyond the last day sold, as far as plans do.
public struct SalesPanel: Sendable {
    /// One series for each bottom node of the hierarchy, from its first sale on.
    public var demand: DemandPanel
    /// What the series are grouped by, such as item, department and store.
    public var attributes: [SeriesAttribute]
    public var events: [DayEvents]
    public var flags: [DayFlag]
    /// Prices as they are listed; nil when nothing is known of them.
    public var prices: PriceHistory?
    /// Days from the axis' origin that calendar and prices cover, at least those of the demand.
    public var knownDays: Int

    public init(
        demand: DemandPanel, attributes: [SeriesAttribute], events: [DayEvents] = [], flags: [DayFlag] = [],
        prices: PriceHistory? = nil, knownDays: Int? = nil
    ) {
        self.demand = demand
        self.attributes = attributes
        self.events = events
        self.flags = flags
        self.prices = prices
        self.knownDays = max(knownDays ?? demand.axis.count, demand.axis.count)
    }

    public func attribute(_ name: String) -> SeriesAttribute? { attributes.first { $0.name == name } }

    /// The panel as it was known before day `end` of the axis: later sales are cut off, plans stay.
    ///
    /// Every series keeps its place; one that begins later is left without cells.
    public func before(_ end: Int) -> SalesPanel {
        var cut = self
        let end = min(end, demand.axis.count)
        var panel = DemandPanel(axis: TimeAxis(step: demand.axis.step, origin: demand.axis.origin, count: end))
        panel.keys = demand.keys
        panel.names = demand.names
        panel.starts = demand.starts
        panel.values.reserveCapacity(demand.values.count)
        var kept: [Range<Int>] = []
        for s in demand.keys.indices {
            let from = demand.offsets[s]
            let count = min(demand.offsets[s + 1] - from, max(0, end - Int(demand.starts[s])))
            panel.values.append(contentsOf: demand.values[from..<from + count])
            panel.offsets.append(panel.values.count)
            kept.append(from..<from + count)
        }
        panel.missing = BitMask(count: panel.values.count)
        for (s, range) in kept.enumerated() {
            for cell in range where demand.missing[cell] {
                panel.missing[panel.offsets[s] + cell - range.lowerBound] = true
            }
        }
        cut.demand = panel
        return cut
    }
}

/// One property of all series: its distinct codes, and which of them each series has.
public struct SeriesAttribute: Sendable, Equatable {
    public var name: String
    public var codes: [String]
    /// One index into `codes` for each series.
    public var of: [Int32]

    public init(name: String, codes: [String], of: [Int32]) {
        self.name = name
        self.codes = codes
        self.of = of
    }
}

/// The days on which a named event falls, as steps of the axis.
public struct DayEvents: Sendable, Equatable {
    public var name: String
    public var days: [Int]

    public init(name: String, days: [Int]) {
        self.name = name
        self.days = days
    }
}

/// A yes or no for each known day, such as whether food stamps are paid out in a state.
public struct DayFlag: Sendable, Equatable {
    public var name: String
    public var isSet: [Bool]

    public init(name: String, isSet: [Bool]) {
        self.name = name
        self.isSet = isSet
    }
}

/// Prices that hold from a day on until the next one, series by series.
public struct PriceHistory: Sendable, Equatable {
    /// Series s has the changes offsets[s] ..< offsets[s + 1].
    public var offsets: [Int]
    /// First day of each price, ascending within a series.
    public var days: [Int32]
    /// Units of the currency per unit sold, positive.
    public var prices: [Float]

    public init(offsets: [Int], days: [Int32], prices: [Float]) {
        self.offsets = offsets
        self.days = days
        self.prices = prices
    }

    /// The price that holds on a day; nil before the first one.
    public func price(_ series: Int, day: Int) -> Float? {
        var (low, high) = (offsets[series], offsets[series + 1])
        while low < high {
            let middle = (low + high) / 2
            if Int(days[middle]) <= day { low = middle + 1 } else { high = middle }
        }
        return low > offsets[series] ? prices[low - 1] : nil
    }
}
