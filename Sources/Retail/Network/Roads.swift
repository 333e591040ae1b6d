/// How far places are from each other by road, and what a front warehouse reaches within the hour: great circles times
/// a factor, or what a table of measured ways says.
public struct Roads: Sendable, Equatable {
    /// Road kilometres per great-circle kilometre, where no way was measured.
    public var factor: Double
    /// Road kilometres a front warehouse serves within the hour.
    public var radius: Double
    /// Minutes on the road within which it serves, for ways whose time was measured; nil: the radius decides.
    public var reachMinutes: Double?
    public var ways: TravelTable

    public init(factor: Double, radius: Double, reachMinutes: Double? = nil, ways: TravelTable = TravelTable()) {
        self.factor = factor
        self.radius = radius
        self.reachMinutes = reachMinutes
        self.ways = ways
    }

    public func kilometres(_ node: Node, _ region: Region) -> Double {
        ways.way(node.code, region.code)?.kilometres
            ?? factor * greatCircleKilometres(node.location, region.location)
    }

    public func kilometres(_ node: Node, _ other: Node) -> Double {
        ways.way(node.code, other.code)?.kilometres ?? factor * greatCircleKilometres(node.location, other.location)
    }

    /// Whether a front warehouse at the node serves the region within the hour.
    public func reaches(_ node: Node, _ region: Region) -> Bool {
        if region.isExport { return false }
        if let reachMinutes, let minutes = ways.way(node.code, region.code)?.minutes { return minutes <= reachMinutes }
        return kilometres(node, region) <= radius
    }
}

/// Ways between places that were measured, such as by a routing service.
public struct TravelTable: Sendable, Equatable {
    public struct Way: Sendable, Equatable {
        /// Nil: not measured.
        public var kilometres: Double?
        public var minutes: Double?

        public init(kilometres: Double?, minutes: Double?) {
            self.kilometres = kilometres
            self.minutes = minutes
        }
    }

    private struct Pair: Hashable {
        var from: String
        var to: String
    }

    private var ways: [Pair: Way] = [:]

    public init() {}

    public var count: Int { ways.count }

    /// The way between two places; where only the way back was measured, that one.
    public func way(_ from: String, _ to: String) -> Way? {
        if ways.isEmpty { return nil }
        return ways[Pair(from: from, to: to)] ?? ways[Pair(from: to, to: from)]
    }

    /// Takes a way in; returns the way back, where that was taken in before.
    @discardableResult
    public mutating func insert(_ way: Way, from: String, to: String) -> Way? {
        ways[Pair(from: from, to: to)] = way
        return from == to ? nil : ways[Pair(from: to, to: from)]
    }
}
