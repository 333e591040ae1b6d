import NumericCore
import Retail

/// When a live show runs and which part of its channel's orders comes for it.
struct ShowWindow: BitwiseCopyable {
    var channel: Int32
    var begins: Int64
    var ends: Int64
    var part: Double
}

/// What is asked for of one SKU.
struct DemandLine: BitwiseCopyable {
    var sku: Int32
    var quantity: Int32
}

/// When an order is placed, and which one it is: what is drawn for a whole minute and sorted, before the rest is drawn
/// slice by slice.
struct Moment: TimeOrdered {
    var time: Int64
    var id: UInt64

    static let digits = 8

    @inline(__always)
    func digit(_ place: Int) -> Int { Int(id >> UInt64(8 * place) & 255) }

    @inline(__always)
    static func precedes(_ a: Moment, _ b: Moment) -> Bool { a.time != b.time ? a.time < b.time : a.id < b.id }
}

/// Stage 1: orders and their baskets, slice by slice: a pure function of plan and random key.
///
/// Orders of a cell (channel x segment x region) in a minute are Poisson with the plan's rate, by inversion of one
/// uniform; the k-th of them has its own uniform for its place in the minute. A plan that sells more keeps the
/// orders it had and adds others behind them.
struct DemandStage: ~Copyable {
    private let seed: UInt64
    private let replication: UInt32
    private let days: Int
    private let skuCount: Int
    private let channelCount: Int
    private let segmentCount: Int
    private let regionCount: Int
    private let cellEntities: FixedColumn<UInt64>
    private let orders: FixedColumn<Double>
    private let segmentShares: FixedColumn<Double>
    private let shape: FixedColumn<Double>
    private let tierSums: FixedColumn<Double>
    private let channelOffsets: FixedColumn<Int>
    private let lineOffsets: FixedColumn<Int32>
    private let basketLines: FixedColumn<DemandLine>
    private let basketSums: FixedColumn<Double>
    private let basketCount: Int
    private let basketGuide: GuideTable
    private let multipliers: FixedColumn<Float>
    private let lineLaw: LineLaw?
    /// Channels x days whose multipliers are all 1.
    private let isPlain: FixedColumn<Bool>
    private var board: UpliftBoard
    private let sensitivities: FixedColumn<Double>
    private let shows: FixedColumn<ShowWindow>
    private let attach: Attach
    private let paidShares: FixedColumn<Double>
    private let payLaw: LagLaw
    private let chances: OrderChances
    private let faults: Faults

    /// The batch: arrivals by time and id, with their lines.
    var arrivals = GrowingColumn<Arrival>(capacity: 1 << 12)
    var lines = GrowingColumn<DemandLine>(capacity: 1 << 14)
    /// The first moment not made yet.
    private(set) var reached: Int64 = 0
    private let grid: SliceGrid
    /// Of the minute being made; and where what is not made yet begins. The minute is drawn again where they are not
    /// at hand.
    private var moments = GrowingColumn<Moment>()
    private var nextMoment = 0
    private var drawnMinute = -1
    private let secondCounts = FixedColumn<UInt16>(repeating: 0, count: 60)
    private var sorter = TimeSort<Moment>()
    /// Of the buyers whose baskets are drawn together.
    private let uniforms = FixedColumn<Double>(repeating: 0, count: 64)

    init(_ prepared: Prepared, seed: UInt64, replication: UInt32) {
        let world = prepared.world
        self.seed = seed
        self.replication = replication
        days = world.clock.days
        grid = SliceGrid(world.clock)
        skuCount = prepared.skuCount
        channelCount = prepared.channelCount
        segmentCount = prepared.segmentCount
        regionCount = prepared.regionCount
        cellEntities = FixedColumn(prepared.cellEntities)
        let luck = world.demand.luck?(seed, replication)
        orders = FixedColumn(Self.orders(world, luck))
        segmentShares = FixedColumn(Self.shares(world.segments))
        sensitivities = FixedColumn(world.segments.map(\.priceSensitivity))
        shows = FixedColumn(
            world.demand.shows.map {
                ShowWindow(
                    channel: $0.channel.raw, begins: $0.begins.microseconds, ends: $0.ends.microseconds,
                    part: 1 - 1 / $0.factor)
            })
        attach = Attach(world)
        paidShares = FixedColumn(world.channels.map(\.channel.paidShare.fraction))
        payLaw = world.payment.lag
        chances = OrderChances(world)
        shape = FixedColumn(prepared.shape)
        tierSums = FixedColumn(prepared.tierSums)
        channelOffsets = FixedColumn(prepared.baskets.channelOffsets)
        lineOffsets = FixedColumn(prepared.baskets.lineOffsets)
        basketLines = FixedColumn(
            zip(prepared.baskets.skus, prepared.baskets.quantities).map { DemandLine(sku: $0.raw, quantity: $1) })
        basketSums = FixedColumn(prepared.basketSums)
        basketCount = prepared.baskets.count
        let (templates, days) = (prepared.baskets, world.clock.days)
        basketGuide = GuideTable(
            prepared.basketSums,
            (0..<days).flatMap { day in
                (0..<prepared.channelCount).map { channel in
                    let base = day * templates.count
                    return base + templates.channelOffsets[channel]..<base + templates.channelOffsets[channel + 1]
                }
            })
        let factors =
            luck.map { zip(world.demand.multipliers, $0.units).map { min(1e6, $0 * $1) } } ?? world.demand.multipliers
        multipliers = FixedColumn(factors)
        lineLaw = world.demand.lineLaw
        isPlain = FixedColumn(
            (0..<prepared.channelCount * days).map { part in
                let first = part * prepared.skuCount
                return factors[first..<first + prepared.skuCount].allSatisfy { $0 == 1 }
            })
        board = UpliftBoard(world)
        faults = Faults(world)
    }

    /// Expected orders of this replication.
    private static func orders(_ world: World, _ luck: DemandLuck?) -> [Double] {
        guard let luck else { return world.demand.orders }
        let (days, regions) = (world.clock.days, world.network.regions.count)
        return world.demand.orders.enumerated().map { cell, orders in
            let (day, channel) = (cell % days, cell / days / regions)
            return orders * luck.orders[channel * days + day]
        }
    }

    /// Parts of the orders by segment: the shares, or where segments convert differently their shares of visits times
    /// their conversion. The sum of orders is the plan's either way.
    private static func shares(_ segments: [Segment]) -> [Double] {
        if segments.allSatisfy({ $0.conversion == 1 }) { return segments.map(\.share.fraction) }
        let weights = segments.map { $0.share.fraction * $0.conversion }
        let total = weights.reduce(0, +)
        return weights.map { total > 0 ? $0 / total : 1 / Double(segments.count) }
    }

    var isDone: Bool { reached >= Int64(days) * SliceGrid.microsecondsPerDay }

    mutating func clear() {
        arrivals.removeAll()
        lines.removeAll()
    }

    /// Gives what has been made for what a batch holds.
    mutating func exchange(_ batch: DemandBatch) {
        swap(&arrivals, &batch.arrivals)
        swap(&lines, &batch.lines)
        batch.reached = reached
    }

    /// Leaves out what comes before a moment.
    mutating func skip(to moment: Int64) { reached = moment }

    /// Adds the orders that come next as another stage has made them.
    mutating func append(_ batch: DemandBatch) {
        reached = batch.reached
        if arrivals.count == 0 && lines.count == 0 {
            swap(&arrivals, &batch.arrivals)
            swap(&lines, &batch.lines)
            return
        }
        let (first, base) = (arrivals.count, Int32(lines.count))
        for index in 0..<batch.arrivals.count { arrivals.append(batch.arrivals[index]) }
        for index in 0..<batch.lines.count { lines.append(batch.lines[index]) }
        for index in first..<arrivals.count { arrivals[index].lineBase += base }
    }

    /// Adds the orders that come next to the batch: those of a slice, or of a minute where slices are longer.
    mutating func generate() {
        let minute = Int(reached / SliceGrid.microsecondsPerMinute)
        if drawnMinute != minute { drawMoments(minute) }
        let end = min(
            Int64(minute + 1) * SliceGrid.microsecondsPerMinute, grid.start(of: grid.slice(of: reached) + 1))
        while nextMoment < moments.count && moments[nextMoment].time < reached { nextMoment += 1 }
        let first = arrivals.count
        while nextMoment < moments.count && moments[nextMoment].time < end {
            arrivals.append(arrival(moments[nextMoment]))
            nextMoment += 1
        }
        reached = end
        let day = minute / DemandPlan.minutesPerDay
        var begin = first
        while begin < arrivals.count {
            let end = min(arrivals.count, begin + uniforms.count)
            drawBaskets(begin..<end, day: day)
            for index in begin..<end { fillBasket(index, day: day) }
            begin = end
        }
    }

    @inline(__always)
    private mutating func arrival(_ moment: Moment) -> Arrival {
        let (channel, segment, region) = (moment.id >> 56, moment.id >> 50 & 63, moment.id >> 40 & 1_023)
        let cell = (Int(channel) * segmentCount + Int(segment)) * regionCount + Int(region)
        return Arrival(
            time: moment.time, id: moment.id, entity: combine(cellEntities[cell], moment.id & 0xFF_FFFF_FFFF),
            lineBase: 0, lineCount: 0, region: UInt16(region), channel: UInt8(channel), segment: UInt8(segment),
            askedTier: 3)
    }

    /// Draws when the orders of a minute are placed.
    private mutating func drawMoments(_ minute: Int) {
        (drawnMinute, nextMoment) = (minute, 0)
        moments.removeAll()
        let day = minute / DemandPlan.minutesPerDay
        for channel in 0..<channelCount {
            let weight = shape[(channel * days + day) * DemandPlan.minutesPerDay + minute % DemandPlan.minutesPerDay]
            guard weight > 0, channelOffsets[channel + 1] > channelOffsets[channel] else { continue }
            for region in 0..<regionCount {
                var rate = orders[(channel * regionCount + region) * days + day] * weight
                if faults.hasShocks { rate *= faults.demand(channel, region, at: Int64(minute) * 60_000_000) }
                guard rate > 0 else { continue }
                for segment in 0..<segmentCount {
                    drawCell(channel, segment, region, minute: minute, mean: rate * segmentShares[segment])
                }
            }
        }
        sorter.sort(&moments)
    }

    /// Draws the baskets and the tiers some buyers ask for. Each pass asks for the memory of the next one, so that
    /// the waits overlap.
    private mutating func drawBaskets(_ places: Range<Int>, day: Int) {
        for index in places {
            let arrival = arrivals[index]
            let channel = Int(arrival.channel)
            let (first, second) = RandomStream(
                seed: seed, stream: RandomStreamID.basket.rawValue, entity: arrival.entity, replication: replication
            ).words(inBlock: 0)
            let uniform = RandomStream.unitInterval(first)
            uniforms[index - places.lowerBound] = uniform
            let range = templates(channel, day)
            basketGuide.prefetch(basketSums, range, uniform)
            let tierUniform = RandomStream.unitInterval(second)
            var tier = 0
            while tier < 3 && tierUniform > tierSums[channel * 4 + tier] { tier += 1 }
            arrivals[index].askedTier = UInt8(tier)
        }
        for index in places {
            let range = templates(Int(arrivals[index].channel), day)
            let template = basketGuide.inverted(basketSums, range, uniforms[index - places.lowerBound])
            arrivals[index].lineBase = Int32(template - day * basketCount)
            lineOffsets.prefetch(template - day * basketCount)
        }
        for index in places {
            basketLines.prefetch(Int(lineOffsets[Int(arrivals[index].lineBase)]))
        }
    }

    @inline(__always)
    private mutating func drawCell(_ channel: Int, _ segment: Int, _ region: Int, minute: Int, mean: Double) {
        guard mean > 0 else { return }
        let cellEntity = cellEntities[(channel * segmentCount + segment) * regionCount + region]
        let entity = combine(cellEntity, UInt64(minute))
        let uniform = RandomStream(
            seed: seed, stream: RandomStreamID.arrivals.rawValue, entity: entity, replication: replication
        ).uniform(at: 0)
        // exp(-m) is at least 1 - m: most minutes of most cells are empty and need no more than this.
        if uniform <= 1 - mean { return }
        let count = poissonByInversion(mean: mean, uniform: uniform)
        if count == 0 { return }
        let times = RandomStream(
            seed: seed, stream: RandomStreamID.arrivalTime.rawValue, entity: entity, replication: replication)
        secondCounts.fill(with: 0)
        let cell = channel << 16 | segment << 10 | region
        for k in 0..<count {
            let within = Int64(times.uniform(at: UInt32(truncatingIfNeeded: k)) * 60e6)
            let second = Int(within / 1_000_000)
            let ordinal = Int(secondCounts[second])
            // Sixteen bits of ordinals hold 65,536 orders of one cell in one second; validation bounds the rate.
            guard let id = OrderID(cell: cell, second: minute * 60 + second, ordinal: ordinal) else { continue }
            secondCounts[second] += 1
            moments.append(Moment(time: Int64(minute) * 60_000_000 + within, id: id.bits))
        }
    }

    /// Writes the lines of the basket drawn with the quantities of the day.
    private mutating func fillBasket(_ index: Int, day: Int) {
        let arrival = arrivals[index]
        let channel = Int(arrival.channel)
        board.advance(to: arrival.time)
        let template = Int(arrival.lineBase)
        let rounding = RandomStream(
            seed: seed, stream: RandomStreamID.lineQuantity.rawValue, entity: arrival.entity,
            replication: replication)
        let base = lines.count
        let factors = (channel * days + day) * skuCount
        let begin = Int(lineOffsets[template])
        let sensitivity = sensitivities[Int(arrival.segment)]
        let isPlain = isPlain[channel * days + day]
        for line in begin..<Int(lineOffsets[template + 1]) {
            var asked = basketLines[line]
            let sku = Int(asked.sku)
            var factor = board.factor(channel, sku, sensitivity: sensitivity)
            if !isPlain { factor *= multipliers[factors + sku] }
            if factor != 1 || lineLaw != nil {
                let uniform = rounding.uniform(at: UInt32(truncatingIfNeeded: line - begin))
                let wanted = lineLaw == nil ? Double(asked.quantity) * Double(factor) : Double(factor)
                let whole = wanted.rounded(.down) + (uniform < wanted - wanted.rounded(.down) ? 1 : 0)
                asked.quantity = Int32(min(whole, 1e8))
            }
            if let lineLaw, asked.quantity > 0 {
                asked.quantity = units(of: Int(asked.quantity), sku, lineLaw, line: line - begin, of: arrival.entity)
            }
            if asked.quantity > 0 { lines.append(asked) }
        }
        if attach.isOn && lines.count > base { recommend(beside: base, entity: arrival.entity) }
        if shows.count > 0 { arrivals[index].live = show(arrival) }
        arrivals[index].lineBase = Int32(base)
        arrivals[index].lineCount = Int32(lines.count - base)
        drawLuck(index)
    }

    /// Units of several lines of an article at once.
    private func units(of lines: Int, _ sku: Int, _ law: LineLaw, line: Int, of entity: UInt64) -> Int32 {
        var sizes = RandomStream(
            seed: seed, stream: RandomStreamID.planLines.rawValue, entity: combine(entity, UInt64(line)),
            replication: replication)
        var units: Int64 = 0
        for _ in 0..<min(lines, 10_000) { units += Int64(law.units(sku, at: sizes.uniform())) }
        return Int32(min(units, 100_000_000))
    }

    /// Whether the buyer means to pay, and after how long; and what else chance says.
    private mutating func drawLuck(_ index: Int) {
        let (entity, seed, replication) = (arrivals[index].entity, seed, replication)
        func uniform(_ stream: RandomStreamID) -> Double {
            RandomStream(seed: seed, stream: stream.rawValue, entity: entity, replication: replication).uniform(at: 0)
        }
        guard uniform(.payment) < paidShares[Int(arrivals[index].channel)] else { return }
        arrivals[index].payLag = Int64(min(payLaw.quantile(uniform(.paymentLag)), 1e9) * 1e6)
        arrivals[index].luck = chances.draw(uniform)
    }

    /// Adds one unit of what goes with an article of the basket, when a recommendation is taken and the basket does
    /// not hold it already.
    private mutating func recommend(beside base: Int, entity: UInt64) {
        let draws = RandomStream(
            seed: seed, stream: RandomStreamID.attach.rawValue, entity: entity, replication: replication)
        if draws.uniform(at: 0) >= attach.rate { return }
        let place = base + min(lines.count - base - 1, Int(draws.uniform(at: 1) * Double(lines.count - base)))
        guard let sku = attach.draw(beside: Int(lines[place].sku), draws.uniform(at: 2), draws.uniform(at: 3)) else {
            return
        }
        for line in base..<lines.count where Int(lines[line].sku) == sku { return }
        lines.append(DemandLine(sku: Int32(sku), quantity: 1))
    }

    /// The show an order came for, counted from 1: of a show's part of its minutes, by chance.
    private mutating func show(_ arrival: Arrival) -> UInt8 {
        for index in 0..<shows.count {
            let show = shows[index]
            guard show.channel == Int32(arrival.channel), show.begins <= arrival.time, arrival.time < show.ends else {
                continue
            }
            let draws = RandomStream(
                seed: seed, stream: RandomStreamID.liveShow.rawValue, entity: arrival.entity,
                replication: replication)
            if draws.uniform(at: UInt32(index)) < show.part { return UInt8(index + 1) }
        }
        return 0
    }

    /// The running sums of a channel's baskets. They are inverted: a plan that shifts the weights a little changes few
    /// baskets.
    @inline(__always)
    private func templates(_ channel: Int, _ day: Int) -> Range<Int> {
        let base = day * basketCount
        return base + channelOffsets[channel]..<base + channelOffsets[channel + 1]
    }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(&arrivals)
        try codec.code(&lines)
        try codec.code(&reached)
        drawnMinute = -1
    }
}
