import Foundation
import NumericCore
import Replenishment
import Retail

/// One replication of a bare inventory system.
struct InventoryReplication: ~Copyable {
    private static let ticksPerPeriod = 0x1p32

    private let model: InventoryModel
    private var loop: EventLoop
    private var demands: RandomStream
    private var leads: RandomStream
    private var sampler: TimeSampler
    /// On hand less backordered, and on order; reals, for demand that is not whole.
    private var net: Double
    private var onOrder = 0.0
    private var quantities: [Double] = []
    private var spare: [Int32] = []
    private var orderNumber: UInt64 = 0
    /// The last periods' demands, for the moving average.
    private var history: [Double] = []
    private var tally = InventoryTally()
    /// Continuous review: the last moment the levels were counted at.
    private var counted: Int64 = 0
    private let begin: Int64

    init(_ model: InventoryModel, seed: UInt64, number: UInt32) {
        self.model = model
        let end = Int64(Double(model.warmUp + model.length) * Self.ticksPerPeriod)
        begin = Int64(Double(model.warmUp) * Self.ticksPerPeriod)
        loop = EventLoop(end: end)
        func stream(_ id: RandomStreamID) -> RandomStream {
            RandomStream(seed: seed, stream: id.rawValue, entity: entityHash("item"), replication: number)
        }
        demands = stream(.lineQuantity)
        leads = stream(.leadTime)
        sampler = TimeSampler(model.leadTime, mean: model.leadMean * Self.ticksPerPeriod)
        switch model.policy {
        case .baseStock(let level), .minMax(_, let level): net = Double(level)
        case .lots(let point, let quantity): net = Double(point + quantity)
        case .movingAverage(let periods):
            net = model.mean * (model.leadMean + 1)
            history = [Double](repeating: model.mean, count: periods)
        }
    }

    mutating func run(isCancelled: () -> Bool) throws(SimulationError) {
        if model.isPeriodic { try runPeriods(isCancelled) } else { try runContinuously(isCancelled) }
    }

    private mutating func runPeriods(_ isCancelled: () -> Bool) throws(SimulationError) {
        for period in 0..<(model.warmUp + model.length) {
            let now = Int64(Double(period) * Self.ticksPerPeriod)
            let isCounted = period >= model.warmUp
            while let event = loop.next(through: now) { receive(event) }
            let ordered = review(at: now, isCounted: isCounted)
            let demand = periodDemand()
            let filled = meet(demand)
            if !history.isEmpty { history[period % history.count] = demand }
            if isCounted { tally.period(net: net, demand: demand, filled: filled, ordered: ordered) }
            if period & 0xFFFF == 0xFFFF, isCancelled() { throw .cancelled }
        }
    }

    private mutating func periodDemand() -> Double {
        switch model.demand {
        case .poisson: Double(demands.poisson(mean: model.mean))
        case .negativeBinomial(let deviation):
            Double(
                demands.negativeBinomial(
                    mean: model.mean, size: model.mean * model.mean / (deviation * deviation - model.mean)))
        case .normal(let deviation): demands.normal(mean: model.mean, standardDeviation: deviation)
        case .deterministic: model.mean
        }
    }

    /// Demands come one by one (or in batches, when more variable than Poisson); each is followed by a review.
    private mutating func runContinuously(_ isCancelled: () -> Bool) throws(SimulationError) {
        let end = Double(model.warmUp + model.length)
        var (clock, number) = (0.0, 0)
        var batches = BatchLaw(model)
        while true {
            clock += model.demand == .deterministic ? 1 / model.mean : demands.exponential(mean: 1 / batches.rate)
            guard clock < end else { break }
            let now = Int64((clock * Self.ticksPerPeriod).rounded())
            while let event = loop.next(through: now) {
                count(until: event.time)
                receive(event)
            }
            count(until: now)
            let demand = batches.size(&demands)
            let filled = meet(demand)
            if now >= begin { tally.demand(demand, filled: filled) }
            _ = review(at: now, isCounted: now >= begin)
            number += 1
            if number & 0xFFFFF == 0, isCancelled() { throw .cancelled }
        }
        let last = Int64(end * Self.ticksPerPeriod)
        while let event = loop.next(through: last) {
            count(until: event.time)
            receive(event)
        }
        count(until: last)
    }

    /// Adds the levels since the last moment to the running integrals.
    private mutating func count(until now: Int64) {
        let span = Double(max(0, now - max(counted, begin))) / Self.ticksPerPeriod
        tally.levels(net: net, for: span)
        counted = now
    }

    /// Takes demand off the stock; returns what was there for it at once.
    private mutating func meet(_ demand: Double) -> Double {
        let filled = max(0, min(demand, net))
        net -= model.isLost ? filled : demand
        return filled
    }

    private mutating func receive(_ event: Event) {
        let quantity = quantities[Int(event.slot)]
        spare.append(event.slot)
        onOrder -= quantity
        net += quantity
    }

    /// Orders what the policy asks for; returns how much.
    private mutating func review(at now: Int64, isCounted: Bool) -> Double {
        let position = net + onOrder
        let quantity: Double
        switch model.policy {
        case .baseStock(let level):
            quantity = missingUnits(to: Double(level), from: Double(level), position: position)
        case .lots(let point, let lot):
            let short = Double(point) - position
            quantity = short < 0 ? 0 : (short / Double(lot)).rounded(.down) * Double(lot) + Double(lot)
        case .minMax(let point, let level):
            quantity = missingUnits(to: Double(level), from: Double(point), position: position)
        case .movingAverage:
            let mean = history.reduce(0, +) / Double(history.count)
            quantity = mean * (model.leadMean + 1) - position
        }
        if quantity == 0 { return 0 }
        if isCounted { tally.orders += 1 }
        let lead = model.leadMean == 0 ? 0 : sampler.ticks(&leads)
        if lead == 0 {
            net += quantity
            return quantity
        }
        onOrder += quantity
        let slot: Int32
        if let free = spare.popLast() {
            slot = free
            quantities[Int(free)] = quantity
        } else {
            slot = Int32(quantities.count)
            quantities.append(quantity)
        }
        loop.add(Event(time: now + lead, id: orderNumber, slot: slot, kind: .received))
        orderNumber += 1
        return quantity
    }

    /// In the order of `InventoryModel.figureKeys`.
    func figures() -> [Double] { tally.figures(model) }
}

/// Sizes of the batches that add up to a period's demand: ones for a Poisson demand, logarithmic ones for a negative
/// binomial (Quenouille, 1949; sampler: Kemp, 1981).
private struct BatchLaw {
    let rate: Double
    private let logarithm: Double?

    init(_ model: InventoryModel) {
        guard case .negativeBinomial(let deviation) = model.demand else {
            (rate, logarithm) = (model.mean, nil)
            return
        }
        let size = model.mean * model.mean / (deviation * deviation - model.mean)
        let logarithm = log1p(-model.mean / (model.mean + size))
        rate = -size * logarithm
        self.logarithm = logarithm
    }

    mutating func size(_ draws: inout RandomStream) -> Double {
        guard let logarithm else { return 1 }
        let (first, second) = (draws.uniform(), draws.uniform())
        let q = -expm1(logarithm * first)
        return (1 + log(second) / log(q)).rounded(.down)
    }
}

/// What is counted of a bare inventory system.
struct InventoryTally {
    var orders = 0
    private var span = 0.0
    private var onHand = 0.0
    private var backorders = 0.0
    private var inStock = 0.0
    private var demanded = 0.0
    private var filled = 0.0
    private var demandMoments = Moments()
    private var orderMoments = Moments()

    /// Levels at the end of a period, or over a span of time.
    mutating func levels(net: Double, for length: Double) {
        span += length
        onHand += max(0, net) * length
        backorders += max(0, -net) * length
        if net > 0 { inStock += length }
    }

    mutating func demand(_ demand: Double, filled: Double) {
        demanded += demand
        self.filled += filled
    }

    mutating func period(net: Double, demand: Double, filled: Double, ordered: Double) {
        levels(net: net, for: 1)
        self.demand(demand, filled: filled)
        demandMoments.add(demand)
        orderMoments.add(ordered)
    }

    func figures(_ model: InventoryModel) -> [Double] {
        let length = max(span, 1e-300)
        let short = demanded - filled
        let costs =
            model.holding * onHand + model.backorder * backorders + model.order * Double(orders)
            + (model.isLost ? model.lost * short : 0)
        let variance = demandMoments.variance
        return [
            costs / length, demanded > 0 ? filled / demanded : 1, inStock / length, onHand / length,
            backorders / length, Double(orders) / length, model.isLost ? short / length : 0,
            variance > 0 ? orderMoments.variance / variance : 0,
        ]
    }
}

/// Mean and variance on the run (Welford, 1962).
private struct Moments {
    private var count = 0.0
    private var mean = 0.0
    private var squares = 0.0

    mutating func add(_ value: Double) {
        count += 1
        let step = value - mean
        mean += step / count
        squares += step * (value - mean)
    }

    var variance: Double { count > 1 ? squares / (count - 1) : 0 }
}
