/// Kinds of place that hold stock (节点).
public enum NodeKind: String, Sendable, CaseIterable, Codable {
    case supplier
    /// Central warehouse (中央仓, CDC).
    case central
    /// Regional warehouse (区域仓, RDC).
    case regional
    /// City warehouse (城市仓, FDC).
    case city
    /// Front warehouse, delivering within the hour (前置仓).
    case front
    case store
}

/// A point on the earth in degrees, north and east positive (WGS 84).
@frozen public struct Coordinate: Hashable, Sendable, Codable {
    public var latitude: Double
    public var longitude: Double

    @inlinable public init(latitude: Double, longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
    }
}

/// A warehouse or store. Row of `nodes.csv`; a candidate front warehouse is a row of `candidates.csv`.
public struct Node: Sendable, Equatable, Codable {
    public typealias Index = DenseIndex<Node>

    public var code: String
    public var name: String
    public var kind: NodeKind
    public var location: Coordinate
    /// Order lines that can be picked in an hour by all stations together.
    public var picksPerHour: Int32
    /// Parallel pick stations.
    public var stations: Int32
    /// Latest time of release to leave the same day, seconds after midnight.
    public var cutOff: Int32
    /// Opening and closing of the pick shift, seconds after midnight.
    public var opens: Int32
    public var closes: Int32
    /// Fixed cost of having the node open for a day.
    public var fixedCostPerDay: Amount
    /// Handling cost of one order line.
    public var costPerLine: UnitPrice
    /// Storage in cubic decimetres (litres); 0 is unlimited.
    public var storage: Int64
    /// The node this one is replenished from (its code); empty for those supplied from outside.
    public var replenishedFrom: String
    /// Seconds between the warehouse's reports to the centre of goods that came on sale; 0 reports at once.
    public var synchronisationLag: Int32
    /// Pack stations; 0: as the scenario says for all nodes.
    public var packStations: Int32
    /// Units the docks take in a day; 0: as the scenario says for all nodes.
    public var dockCapacity: Int64
    /// Mean and standard deviation of the hours goods take to come from the node it is replenished from; 0: as the
    /// scenario says for all nodes.
    public var transferHours: Double
    public var transferDeviation: Double

    public init(
        code: String, name: String, kind: NodeKind, location: Coordinate, picksPerHour: Int32 = 600,
        stations: Int32 = 10, cutOff: Int32 = 18 * 3_600, opens: Int32 = 6 * 3_600, closes: Int32 = 22 * 3_600,
        fixedCostPerDay: Amount = .zero, costPerLine: UnitPrice = .zero, storage: Int64 = 0,
        replenishedFrom: String = "", synchronisationLag: Int32 = 0, packStations: Int32 = 0,
        dockCapacity: Int64 = 0, transferHours: Double = 0, transferDeviation: Double = 0
    ) {
        self.transferHours = transferHours
        self.transferDeviation = transferDeviation
        self.packStations = packStations
        self.dockCapacity = dockCapacity
        self.synchronisationLag = synchronisationLag
        self.code = code
        self.name = name
        self.kind = kind
        self.location = location
        self.picksPerHour = picksPerHour
        self.stations = stations
        self.cutOff = cutOff
        self.opens = opens
        self.closes = closes
        self.fixedCostPerDay = fixedCostPerDay
        self.costPerLine = costPerLine
        self.storage = storage
        self.replenishedFrom = replenishedFrom
    }
}

/// A demand point (区域). Row of `regions.csv`.
public struct Region: Sendable, Equatable, Codable {
    public typealias Index = DenseIndex<Region>

    public var code: String
    public var name: String
    public var location: Coordinate
    /// City tier, 1 the largest.
    public var tier: Int
    public var population: Int64
    /// The carriers' zone this region lies in.
    public var zone: String
    /// Orders leave the country: no front warehouse, no domestic tier.
    public var isExport: Bool

    public init(
        code: String, name: String, location: Coordinate, tier: Int, population: Int64, zone: String, isExport: Bool
    ) {
        self.code = code
        self.name = name
        self.location = location
        self.tier = tier
        self.population = population
        self.zone = zone
        self.isExport = isExport
    }
}
