import Foundation
import NumericCore
import Retail

/// One replication of a bare queueing model.
///
/// Time runs in ticks, about 2^30 to a mean service of the fastest station: microseconds would be coarse for a
/// service of seconds, nanoseconds overflow over years.
struct QueueingReplication: ~Copyable {
    private let model: QueueingModel
    private let stations: Stations
    private var loop: EventLoop
    private var samplers: [TimeSampler]
    private var services: [RandomStream]
    private var reworks: [RandomStream]
    private var arrivals: RandomStream
    private let ticksPerSecond: Double
    /// The counted window.
    private let begin: Int64
    private let end: Int64
    private var tallies: [StationTally]
    /// Moments each of the last customers admitted to a limited waiting room began to be served.
    private var rooms: [[Int64]]
    /// Moment each customer in the system came, by slot.
    private var entries = GrowingColumn<Int64>(capacity: 1 << 10)
    private var free = GrowingColumn<Int32>(capacity: 1 << 10)
    private var arrived: Int64 = 0
    private var left: Int64 = 0
    private var timeInSystem = 0.0
    private var presence = 0.0
    private var watches: [Watch]

    init(_ model: QueueingModel, seed: UInt64, number: UInt32) {
        self.model = model
        let fastest = model.stations.map(\.mean).min() ?? 1
        let span = model.warmUp + model.length
        // At most some millions of slices, and far from the end of 64 bits.
        ticksPerSecond = min(0x1p30 / fastest, 0x1p26 * 3.6e9 / span, 0x1p60 / span)
        let scale = ticksPerSecond
        begin = Int64(model.warmUp * scale)
        end = Int64(span * scale)
        stations = Stations(
            servers: model.stations.map { $0.servers ?? 1 }, opens: model.stations.map { _ in 0 },
            closes: model.stations.map { _ in 0 }, grows: true)
        loop = EventLoop(end: Int64(span * scale))
        samplers = model.stations.map { TimeSampler($0.service, mean: $0.mean * scale) }
        func stream(_ id: RandomStreamID, _ name: String) -> RandomStream {
            RandomStream(seed: seed, stream: id.rawValue, entity: entityHash(name), replication: number)
        }
        services = model.stations.map { stream(.pickTime, $0.name) }
        reworks = model.stations.map { stream(.verification, $0.name) }
        arrivals = stream(.arrivalTime, "arrivals")
        let expected = model.expectedServices / Double(model.stations.count)
        tallies = model.stations.map { _ in StationTally(stride: max(1, Int(expected / 2e6))) }
        rooms = model.stations.map { [Int64](repeating: .min, count: $0.waitingRoom ?? 0) }
        let start = begin
        watches = model.observations.map { Watch($0, within: model.length, start: start, scale: scale) }
    }

    /// Customers arrive until the end of the window; those in the system then are followed to their end.
    mutating func run(isCancelled: () -> Bool) throws(SimulationError) {
        var clock = -model.warmUp
        var (now, number): (Int64, UInt64) = (0, 0)
        while true {
            let gap = model.arrivals.length(from: clock, for: arrivals.exponential())
            clock += gap
            guard clock < model.length else { break }
            now = max(now, Int64(((clock + model.warmUp) * ticksPerSecond).rounded()))
            while let event = loop.next(through: now) { arrive(Int(event.part), event.slot, event.id, at: event.time) }
            enter(number, at: now)
            number += 1
            if number & 0xFFFFF == 0, isCancelled() { throw .cancelled }
        }
        while let event = loop.next(through: .max) { arrive(Int(event.part), event.slot, event.id, at: event.time) }
    }

    private mutating func enter(_ number: UInt64, at now: Int64) {
        if now >= begin { arrived += 1 }
        for place in watches.indices { watches[place].enter(now) }
        let slot: Int32
        if free.count > 0 {
            slot = free.removeLast()
            entries[Int(slot)] = now
        } else {
            slot = Int32(entries.count)
            entries.append(now)
        }
        arrive(0, slot, number, at: now)
    }

    /// A customer comes to a station; where it waits for a server, the moment it is served is known at once.
    private mutating func arrive(_ place: Int, _ slot: Int32, _ number: UInt64, at now: Int64) {
        let station = model.stations[place]
        let isCounted = now >= begin && now < end
        if let room = station.waitingRoom {
            // With k places a customer is lost while the k-th last admitted has not begun; with none, while all
            // servers are busy.
            let isFull =
                room == 0 ? stations.earliest(place) > now : rooms[place][tallies[place].admitted % room] > now
            if isFull {
                if isCounted { tallies[place].lost += 1 }
                return leave(slot, at: now)
            }
        }
        let service = samplers[place].ticks(&services[place])
        let start = station.servers == nil ? now : stations.serve(place, arrival: now, service: service)
        if let room = station.waitingRoom, room > 0 { rooms[place][tallies[place].admitted % room] = start }
        tallies[place].add(arrival: now, start: start, end: start + service, within: (begin, end), isCounted: isCounted)
        var next = place + 1
        if station.rework > 0, reworks[place].uniform() < station.rework { next = station.reworkTo }
        if next == model.stations.count { return leave(slot, at: start + service) }
        loop.add(Event(time: start + service, id: number, slot: slot, kind: .placed, part: UInt8(next)))
    }

    private mutating func leave(_ slot: Int32, at now: Int64) {
        let entered = entries[Int(slot)]
        free.append(slot)
        presence += Double(max(0, min(now, end) - max(entered, begin)))
        for place in watches.indices { watches[place].stay(from: entered, until: now) }
        // In the long run those who leave within the window; over a transient all who came in it.
        guard model.isSteady ? now >= begin && now < end : entered >= begin else { return }
        left += 1
        timeInSystem += Double(now - entered)
    }

    /// Values of the figures, in the order of `QueueingModel.figureKeys`.
    mutating func figures() -> [Double] {
        let perUnit = ticksPerSecond * model.secondsPerUnit
        let window = Double(end - begin)
        var values: [Double] = []
        for (place, station) in model.stations.enumerated() {
            values += tallies[place].figures(station, perUnit: perUnit, window: window)
        }
        values += [
            timeInSystem / max(1, Double(left)) / perUnit, presence / window,
            Double(arrived) / window * perUnit, Double(left) / window * perUnit,
        ]
        return values + watches.map(\.mean) + watches.map(\.variance)
    }
}

/// The counts of one observation.
private struct Watch {
    private let begin: Int64
    private let length: Int64
    private let every: Int64
    private let isArrivals: Bool
    private var counts: [Int64]

    init(_ observation: QueueingModel.Observation, within length: Double, start: Int64, scale: Double) {
        begin = start + Int64(observation.from * scale)
        self.length = Int64(((observation.to ?? observation.from) - observation.from) * scale)
        every = max(1, Int64((observation.every ?? length) * scale))
        isArrivals = observation.to != nil
        counts = [Int64](repeating: 0, count: observation.times(within: length))
    }

    @inline(__always)
    mutating func enter(_ now: Int64) {
        guard isArrivals, now >= begin else { return }
        let number = Int((now - begin) / every)
        if number < counts.count && now - begin - Int64(number) * every < length { counts[number] += 1 }
    }

    @inline(__always)
    mutating func stay(from entered: Int64, until left: Int64) {
        guard !isArrivals, left > begin else { return }
        var number = entered <= begin ? 0 : Int((entered - begin + every - 1) / every)
        while number < counts.count && begin + Int64(number) * every < left {
            counts[number] += 1
            number += 1
        }
    }

    var mean: Double { Double(counts.reduce(0, +)) / Double(counts.count) }

    /// The sample variance, when the count was taken more than once.
    var variance: Double {
        guard counts.count > 1 else { return 0 }
        let centre = mean
        return counts.reduce(0.0) { $0 + (Double($1) - centre) * (Double($1) - centre) } / Double(counts.count - 1)
    }
}

/// What happens at one station within the window.
struct StationTally {
    let stride: Int
    var admitted = 0
    var lost = 0
    private var counted = 0
    private var delayed = 0
    private var waits = 0.0
    private var sojourns = 0.0
    private var queueing = 0.0
    private var present = 0.0
    private var busy = 0.0
    /// Every `stride`-th waiting time, for the quantiles.
    private var sample: [Int64] = []

    init(stride: Int) { self.stride = stride }

    @inline(__always)
    mutating func add(arrival: Int64, start: Int64, end: Int64, within window: (Int64, Int64), isCounted: Bool) {
        admitted += 1
        let (first, last) = window
        queueing += Double(max(0, min(start, last) - max(arrival, first)))
        present += Double(max(0, min(end, last) - max(arrival, first)))
        busy += Double(max(0, min(end, last) - max(start, first)))
        guard isCounted else { return }
        if counted % stride == 0 { sample.append(start - arrival) }
        counted += 1
        if start > arrival { delayed += 1 }
        waits += Double(start - arrival)
        sojourns += Double(end - arrival)
    }

    /// In the order of `QueueingModel.stationKeys`.
    mutating func figures(_ station: QueueingModel.Station, perUnit: Double, window: Double) -> [Double] {
        sample.sort()
        func quantile(_ p: Double) -> Double {
            guard !sample.isEmpty else { return 0 }
            return Double(sample[min(sample.count - 1, Int((p * Double(sample.count)).rounded(.up)) - 1)]) / perUnit
        }
        let number = max(1, Double(counted))
        return [
            Double(delayed) / number, waits / number / perUnit, quantile(0.5), quantile(0.95), quantile(0.99),
            queueing / window, sojourns / number / perUnit, present / window,
            station.servers.map { busy / window / Double($0) } ?? 0,
            Double(lost) / max(1, Double(lost + counted)),
        ]
    }
}
