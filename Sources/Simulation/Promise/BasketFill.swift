import Retail

/// Which part of the baskets the front warehouses of a group can serve whole, stretch by stretch, and what that asks of
/// their shelves.
///
/// What the shop has sold out of is not in an order any more: such a line stands in nobody's way.
struct BasketFill {
    /// Part of baskets all of whose articles one front warehouse holds, and that one has in stock too; row-major
    /// groups x channels x days x stretches.
    private(set) var held: [Double]
    private(set) var whole: [Double]
    /// Part of baskets of which the shop has nothing left; row-major alike.
    private(set) var gone: [Double]
    /// Of a front warehouse's part of `whole`, by its place in the group; one list a group.
    private var parts: [[Double]]
    /// Orders by front warehouse and day, by lines (the last place takes all beyond).
    private(set) var lines: [[Double]]
    /// By node and SKU the place among the articles it holds, -1 where it does not; empty for other nodes.
    let places: [[Int32]]
    /// Units and squared units that orders within the hour ask of a shelf, being served with everything else, and the
    /// units that they take; front x articles held x steps.
    private(set) var asked: [[Float]]
    private(set) var squares: [[Float]]
    private(set) var taken: [[Float]]
    private let channels: Int
    private let days: Int
    static let mostLines = 256

    func place(_ group: Int, _ channel: Int, _ day: Int, _ stretch: Int) -> Int {
        ((group * channels + channel) * days + day) * HourModel.stretches + stretch
    }

    /// Part of the baskets that the front warehouse of a rank in its group serves whole.
    func part(_ group: Int, _ channel: Int, _ day: Int, _ stretch: Int, rank: Int, of count: Int) -> Double {
        parts[group][place(0, channel, day, stretch) * count + rank]
    }

    /// - Parameter shelves: nil takes everything that is held for in stock.
    init(_ model: HourModel, shelves: HourShelves?) {
        let (world, nodes, stretches) = (model.world, model.prepared.nodeCount, HourModel.stretches)
        (channels, days) = (model.prepared.channelCount, model.days)
        let perGroup = channels * days * stretches
        held = [Double](repeating: 0, count: model.groups.count * perGroup)
        (whole, gone) = (held, held)
        parts = model.groups.map { [Double](repeating: 0, count: $0.fronts.count * perGroup) }
        lines = [[Double]](repeating: [], count: nodes)
        asked = [[Float]](repeating: [], count: nodes)
        var places = [[Int32]](repeating: [], count: nodes)
        for node in Set(model.groups.flatMap(\.fronts)) {
            lines[node] = [Double](repeating: 0, count: days * (Self.mostLines + 1))
            places[node] = [Int32](repeating: -1, count: model.prepared.skuCount)
            var count: Int32 = 0
            for row in world.stock.rows where row.node.position == node && row.orderUpTo > 0 {
                places[node][row.sku.position] = count
                count += 1
            }
            asked[node] = [Float](repeating: 0, count: Int(count) * days * stretches)
        }
        self.places = places
        (squares, taken) = (asked, asked)
        for group in model.groups.indices {
            for channel in 0..<channels {
                for day in 0..<days { fill(model, shelves, group, channel, day) }
            }
        }
    }

    /// Adds a channel's and day's baskets of a group.
    private mutating func fill(_ model: HourModel, _ shelves: HourShelves?, _ number: Int, _ channel: Int, _ day: Int) {
        let (world, book, stretches) = (model.world, model.prepared.baskets, HourModel.stretches)
        let orders = model.asked(number, channel: channel, day: day)
        guard orders > 0 else { return }
        let group = model.groups[number]
        let open = (0..<stretches).map { orders * Self.openShare(model, group, channel, day, $0) }
        let paid = model.paidShare(channel)
        let weights = book.templates(channel).map { world.demand.basketWeights[day * book.count + $0] }
        let all = weights.reduce(0, +)
        guard all > 0 else { return }
        let cell = place(number, channel, day, 0)
        let ofGroup = place(0, channel, day, 0)
        var lines: [BasketLine] = []
        for (template, share) in zip(book.templates(channel), weights) where share > 0 {
            let weight = share / all
            lines.removeAll(keepingCapacity: true)
            for line in book.lines(template) {
                let sku = book.skus[line].position
                lines.append(
                    BasketLine(
                        sku: sku,
                        units: Double(book.quantities[line]) * model.factor(channel: channel, day: day, sku: sku)))
            }
            for stretch in 0..<stretches {
                let step = day * stretches + stretch
                var (left, holds, gone) = (1.0, 0.0, 1.0)
                for line in lines.indices {
                    lines[line].gone = shelves?.soldOut(lines[line].sku, step: step) ?? 0
                    gone *= lines[line].gone
                }
                self.gone[cell + stretch] += weight * gone
                if open[stretch] == 0 { continue }
                for (rank, front) in group.fronts.enumerated() {
                    let (heldHere, chance) = look(&lines, at: front, shelves, step: step)
                    holds = max(holds, heldHere)
                    // Of nothing left to buy nothing is served.
                    let part = left * max(0, chance - gone)
                    let orders = weight * open[stretch]
                    ask(lines, of: front, step: step, orders: paid * orders * left)
                    whole[cell + stretch] += weight * part
                    parts[number][(ofGroup + stretch) * group.fronts.count + rank] += weight * part
                    self.lines[front][day * (Self.mostLines + 1) + min(lines.count, Self.mostLines)] += orders * part
                    left -= part
                }
                held[cell + stretch] += weight * holds
            }
        }
    }

    /// The chance that a front warehouse holds all that is still in a basket, and that it has it.
    private func look(
        _ lines: inout [BasketLine], at front: Int, _ shelves: HourShelves?, step: Int
    ) -> (held: Double, whole: Double) {
        var (held, whole) = (1.0, 1.0)
        for line in lines.indices {
            let (sku, gone) = (lines[line].sku, lines[line].gone)
            let place = places[front][sku]
            lines[line].place = place
            guard place >= 0 else {
                (lines[line].there, lines[line].chance) = (0, gone)
                held *= gone
                whole *= gone
                continue
            }
            let there = shelves?.chance(front, place, step: step, wanted: lines[line].units) ?? 1
            lines[line].there = there
            lines[line].chance = 1 - (1 - there) * (1 - gone)
            whole *= lines[line].chance
        }
        return (held, whole)
    }

    /// Adds what orders ask of each shelf that could be served with all their other lines.
    private mutating func ask(_ lines: [BasketLine], of front: Int, step: Int, orders: Double) {
        var (whole, nothing) = (1.0, 0)
        for line in lines {
            if line.chance > 1e-9 { whole *= line.chance } else { nothing += 1 }
        }
        guard whole > 0, orders > 0, nothing <= 1 else { return }
        let steps = days * HourModel.stretches
        for line in lines where line.place >= 0 {
            let isNothing = line.chance <= 1e-9
            if nothing > 0, !isNothing { continue }
            let others = orders * (isNothing ? whole : whole / line.chance)
            let cell = Int(line.place) * steps + step
            asked[front][cell] += Float(others * line.units)
            squares[front][cell] += Float(others * line.units * line.units)
            taken[front][cell] += Float(others * line.there * line.units)
        }
    }

    /// A line of a basket on a day, and what is known of it at a stretch and a front warehouse.
    private struct BasketLine {
        let sku: Int
        let units: Double
        /// Chance that the shop has sold out of it.
        var gone = 0.0
        var place: Int32 = -1
        /// Chance that it lies there, and that it stands in nobody's way.
        var there = 0.0
        var chance = 0.0
    }

    /// Part of a day's orders that come in a stretch while a front warehouse of the group is open.
    private static func openShare(
        _ model: HourModel, _ group: HourModel.Group, _ channel: Int, _ day: Int, _ stretch: Int
    ) -> Double {
        let length = DemandPlan.minutesPerDay / HourModel.stretches
        return (stretch * length..<(stretch + 1) * length).reduce(0) { sum, minute in
            group.fronts.contains { model.isOpen($0, minute: minute) }
                ? sum + model.shape(channel: channel, day: day, minute: minute) : sum
        }
    }
}
