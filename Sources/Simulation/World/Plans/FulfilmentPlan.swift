import Foundation
public import Retail

/// Pick and pack stations. Their number, rate and shift are the node's.
public struct FulfilmentPlan: Sendable, Equatable {
    /// Standard deviation over mean of the time an order takes to pick, given its lines (log-normal).
    public var pickVariation: Double
    /// Orders released between two multiples of this time are picked from the later one on; zero is waveless.
    public var waveInterval: Instant
    /// Walking: parcels picked on one tour, zones a node's shelves fall into, and the time to walk to and through a
    /// zone. A tour of n lines visits z (1 - (1 - 1/z)^n) of z zones on average, and its parcels share the walk.
    public var batchSize: Int
    public var zones: Int
    public var zoneWalk: Instant
    /// Time to pack a parcel: at its node's pack stations, or at the pick station where a node has none.
    public var packTime: Instant
    /// Pack stations for each ten pick stations, rounded up, of nodes that state none of their own; a node without any
    /// packs at the pick stations. A parcel is packed in the order picks end, as soon as a pack station is free.
    public var packStationsPerTen: Int
    /// Every shift ends this much later than the node says; work in that time is paid at `overtimeCost` a station
    /// and hour.
    public var overtime: Instant
    public var overtimeCost: UnitPrice
    /// Part of order lines that are not where the books say (short pick). What is missing is written off, and the
    /// line is sent from another node when one has it.
    public var shortPicks: Rate

    public init(
        pickVariation: Double = 0.25, waveInterval: Instant = .start, batchSize: Int = 1, zones: Int = 1,
        zoneWalk: Instant = .start, packTime: Instant = .start, packStationsPerTen: Int = 0,
        overtime: Instant = .start, overtimeCost: UnitPrice = UnitPrice(units: 0), shortPicks: Rate = .zero
    ) {
        self.pickVariation = pickVariation
        self.waveInterval = waveInterval
        self.batchSize = batchSize
        self.zones = zones
        self.zoneWalk = zoneWalk
        self.packTime = packTime
        self.packStationsPerTen = packStationsPerTen
        self.overtime = overtime
        self.overtimeCost = overtimeCost
        self.shortPicks = shortPicks
    }

    /// Mean microseconds at the pick station beyond the lines' own time: walking, and packing where there are no
    /// pack stations.
    func fixedTime(lines: Int, packsApart: Bool = false) -> Double {
        let packing = packsApart ? 0 : Double(packTime.microseconds)
        guard zoneWalk.microseconds > 0 else { return packing }
        let (places, parcels) = (Double(zones), Double(batchSize))
        let visited = places * (1 - pow(1 - 1 / places, Double(lines) * parcels))
        return packing + visited * Double(zoneWalk.microseconds) / parcels
    }

    /// Pack stations of a node: its own, or in proportion to its pick stations; none packs at the pick stations.
    func packStations(of node: Node) -> Int {
        node.packStations > 0 ? Int(node.packStations) : (Int(node.stations) * packStationsPerTen + 9) / 10
    }
}

/// The way of goods into a node: docks, appointments, put-away, storage.
public struct InboundPlan: Sendable, Equatable {
    /// Units a day the docks of nodes take that state no capacity of their own; what comes on top gets an appointment
    /// on the next day with room. Nil is no limit.
    public var dailyCapacity: Int64?
    /// Hour of the day from which docks work, seconds after midnight.
    public var opens: Int32
    /// From the dock to the shelf; goods in the yard or on the dock are not for sale.
    public var putAway: Instant
    /// Goods are not put away while a node's shelves have no room for them (`Node.storage`).
    public var limitsStorage: Bool

    public init(
        dailyCapacity: Int64? = nil, opens: Int32 = 8 * 3_600, putAway: Instant = .start, limitsStorage: Bool = false
    ) {
        self.dailyCapacity = dailyCapacity
        self.opens = opens
        self.putAway = putAway
        self.limitsStorage = limitsStorage
    }

    /// Whether goods pass all of these nodes at once, as they come.
    func isOff(_ nodes: [Node]) -> Bool {
        dailyCapacity == nil && putAway == .start && !limitsStorage && nodes.allSatisfy { $0.dockCapacity == 0 }
    }
}
