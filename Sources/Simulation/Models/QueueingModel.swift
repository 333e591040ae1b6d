/// A bare queueing model: arrivals, stations one after another, work that comes back. It runs on the parts of the
/// promotion day (the recursion of `Stations`, the timing wheel, keyed random numbers), so that what is shown for it
/// against exact answers holds for them.
public struct QueueingModel: Sendable, Equatable {
    /// Servers in parallel with one first-in-first-out queue.
    public struct Station: Sendable, Equatable {
        public var name: String
        /// Nil is as many as there are customers.
        public var servers: Int?
        public var service: TimeLaw
        /// Mean service time, seconds.
        public var mean: Double
        /// Places for those who wait; who finds none is lost. Nil is without limit.
        public var waitingRoom: Int?
        /// Part of services after which the customer goes to the station `reworkTo` instead of on.
        public var rework: Double
        public var reworkTo: Int

        public init(
            name: String, servers: Int?, service: TimeLaw, mean: Double, waitingRoom: Int? = nil, rework: Double = 0,
            reworkTo: Int = 0
        ) {
            self.name = name
            self.servers = servers
            self.service = service
            self.mean = mean
            self.waitingRoom = waitingRoom
            self.rework = rework
            self.reworkTo = reworkTo
        }
    }

    /// Something counted at given times, seconds after the warm-up: customers who arrive from a moment on until
    /// before another, or customers in the system at a moment.
    public struct Observation: Sendable, Equatable {
        public var from: Double
        /// Nil counts those in the system at `from`.
        public var to: Double?
        /// The count is taken again each such time, as often as it fits into the length; nil takes it once.
        public var every: Double?

        public static func arrivals(from: Double, to: Double, every: Double? = nil) -> Observation {
            Observation(from: from, to: to, every: every)
        }

        public static func number(at: Double, every: Double? = nil) -> Observation {
            Observation(from: at, to: nil, every: every)
        }

        /// How often it is taken within a length of time.
        func times(within length: Double) -> Int {
            guard let every else { return 1 }
            return max(1, Int((length - (to ?? from)) / every * (1 + 1e-12)) + 1)
        }
    }

    public var arrivals: ArrivalLaw
    public var stations: [Station]
    /// Long-run averages are asked for: every station must keep up.
    public var isSteady: Bool
    /// Seconds not counted at the beginning, and counted after it.
    public var warmUp: Double
    public var length: Double
    public var observations: [Observation]
    /// The unit times are reported in, and its length in seconds.
    public var unit: String
    public var secondsPerUnit: Double

    public init(
        arrivals: ArrivalLaw, stations: [Station], isSteady: Bool = true, warmUp: Double = 0, length: Double,
        observations: [Observation] = [], unit: String = "h", secondsPerUnit: Double = 3_600
    ) {
        self.arrivals = arrivals
        self.stations = stations
        self.isSteady = isSteady
        self.warmUp = warmUp
        self.length = length
        self.observations = observations
        self.unit = unit
        self.secondsPerUnit = secondsPerUnit
    }

    /// The largest number of services of one replication.
    public static let maximumServices = 1e9

    /// Visits to each station for each customer who arrives, when nobody is lost: the traffic equations.
    public var visits: [Double] {
        var visits = [Double](repeating: 0, count: stations.count)
        for _ in 0..<200_000 {
            var next = [Double](repeating: 0, count: stations.count)
            next[0] = 1
            for (place, station) in stations.enumerated() {
                if place + 1 < stations.count { next[place + 1] += visits[place] * (1 - station.rework) }
                next[station.reworkTo] += visits[place] * station.rework
            }
            let change = zip(next, visits).reduce(0.0) { max($0, abs($1.0 - $1.1)) }
            visits = next
            if change <= 1e-14 * (visits.max() ?? 1) { break }
        }
        return visits
    }

    /// Offered work over servers of each station, in the long run; nil where servers are unlimited, or customers
    /// are lost before or at the station, so that no queue grows for ever.
    public var loads: [Double?] {
        let visits = visits
        var isLossy = false
        return stations.indices.map { place in
            let station = stations[place]
            if station.waitingRoom != nil { isLossy = true }
            guard let servers = station.servers, !isLossy else { return nil }
            return arrivals.rate * visits[place] * station.mean / Double(servers)
        }
    }

    /// Services expected in one replication.
    public var expectedServices: Double {
        arrivals.expected(from: -warmUp, for: warmUp + length) * visits.reduce(0, +)
    }

    /// What would not run, or would not mean what is asked for.
    public var faults: [WorldFault] {
        func fault(_ place: String, _ message: String) -> [WorldFault] { [WorldFault(place, message)] }
        guard !stations.isEmpty else { return fault("stations", "there are none; give at least one") }
        guard stations.count <= 250 else {
            return fault("stations", "\(stations.count) are given; up to 250 can be run")
        }
        var faults: [WorldFault] = []
        for station in stations {
            let place = "station \(station.name)"
            if let servers = station.servers, servers < 1 || servers > 1_000_000 {
                faults += fault(place, "\(servers) servers; give 1 to 1,000,000, or unlimited")
            }
            if !(station.mean > 0 && station.mean.isFinite) {
                faults += fault(place, "a mean service time is longer than nothing")
            }
            if let room = station.waitingRoom, room < 0 || room > 10_000_000 || station.servers == nil {
                faults += fault(place, "a waiting room has 0 to 10,000,000 places, behind servers that can be busy")
            }
            if !(station.rework >= 0 && station.rework <= 0.99) || !stations.indices.contains(station.reworkTo) {
                faults += fault(place, "rework is 0 to 99 % of services, and goes to a station of the model")
            }
            if let message = station.service.fault { faults += fault(place, message) }
        }
        if !(arrivals.rate >= 0 && arrivals.rate.isFinite) || !(0...1).contains(arrivals.amplitude)
            || !(arrivals.period > 0) || arrivals.bursts.contains(where: { !($0.height >= 0 && $0.decay > 0) })
        {
            faults += fault("arrivals", "rates are not negative, periods and decays longer than nothing")
        }
        if !(warmUp >= 0 && length > 0 && length.isFinite) {
            faults += fault("length", "the time counted is longer than nothing, the warm-up not negative")
        }
        for (place, observation) in observations.enumerated() {
            let last = observation.to ?? observation.from
            if !(observation.from >= 0 && last <= length && observation.to ?? .infinity > observation.from) {
                faults += fault("observation \(place + 1)", "is not within the length, or ends before it begins")
            }
            if let every = observation.every, !(every >= last - observation.from && every > 0) {
                faults += fault("observation \(place + 1)", "is taken again before it is over")
            } else if observation.times(within: length) > 1_000_000 {
                faults += fault("observation \(place + 1)", "is taken more than a million times")
            }
        }
        guard faults.isEmpty else { return faults }
        if isSteady {
            if !arrivals.bursts.isEmpty {
                faults += fault("arrivals", "a spike never settles; ask for the transient, not for a steady state")
            }
            for (station, load) in zip(stations, loads) {
                if let load, load >= 1 {
                    faults += fault(
                        "station \(station.name)",
                        "its load is \(load): the queue grows for ever; add servers, or ask for the transient")
                }
            }
        }
        if expectedServices > Self.maximumServices {
            faults += fault("length", "\(expectedServices) services are expected; shorten it below a billion")
        }
        return faults
    }
}

extension TimeLaw {
    /// What is wrong with the parameters.
    var fault: String? {
        switch self {
        case .deterministic, .exponential: nil
        case .erlang(let phases): (1...10_000).contains(phases) ? nil : "Erlang phases are 1 to 10,000, not \(phases)"
        case .gamma(let variation), .logNormal(let variation):
            variation > 0 && variation <= 1_000 ? nil : "a variation lies above 0, up to 1,000, not \(variation)"
        case .hyperexponential(let variation):
            variation > 1 && variation <= 1_000 ? nil : "a hyperexponential variation lies above 1, not \(variation)"
        }
    }
}
