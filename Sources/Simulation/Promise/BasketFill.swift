import Retail

/// Which part of the baskets the front warehouses of a group can serve whole, stretch by stretch, and what that takes
/// from their shelves.
struct BasketFill {
    /// Part of baskets all of whose articles one front warehouse holds, and that one has in stock too; row-major
    /// groups x channels x days (x stretches).
    private(set) var held: [Double]
    private(set) var whole: [Double]
    /// Of a front warehouse's part of `whole`, by its place in the group; one list a group.
    private var parts: [[Double]]
    /// Orders by front warehouse and day, by lines (the last place takes all beyond).
    private(set) var lines: [[Double]]
    /// Units and squared units that orders within the hour take from a front warehouse, front x SKUs x days.
    private(set) var units: [[Double]]
    private(set) var squares: [[Double]]
    private let channels: Int
    private let days: Int
    static let mostLines = 256

    func place(_ group: Int, _ channel: Int, _ day: Int) -> Int { (group * channels + channel) * days + day }
    func place(_ group: Int, _ channel: Int, _ day: Int, _ stretch: Int) -> Int {
        place(group, channel, day) * HourModel.stretches + stretch
    }

    /// Part of the baskets that the front warehouse of a rank in its group serves whole.
    func part(_ group: Int, _ channel: Int, _ day: Int, _ stretch: Int, rank: Int, of count: Int) -> Double {
        parts[group][place(0, channel, day, stretch) * count + rank]
    }

    /// - Parameter shelves: nil takes everything that is held for in stock.
    init(_ model: HourModel, shelves: HourShelves?) {
        let (world, book, skus) = (model.world, model.prepared.baskets, model.prepared.skuCount)
        let (stretches, nodes) = (HourModel.stretches, model.prepared.nodeCount)
        (channels, days) = (model.prepared.channelCount, model.days)
        let cells = model.groups.count * channels * days
        held = [Double](repeating: 0, count: cells)
        whole = [Double](repeating: 0, count: cells * stretches)
        let perGroup = channels * days * stretches
        parts = model.groups.map { [Double](repeating: 0, count: $0.fronts.count * perGroup) }
        lines = [[Double]](repeating: [], count: nodes)
        units = lines
        squares = lines
        var isHeld = [[Bool]](repeating: [], count: nodes)
        for node in Set(model.groups.flatMap(\.fronts)) {
            lines[node] = [Double](repeating: 0, count: days * (Self.mostLines + 1))
            units[node] = [Double](repeating: 0, count: skus * days)
            squares[node] = units[node]
            isHeld[node] = [Bool](repeating: false, count: skus)
            for row in world.stock.rows where row.node.position == node && row.orderUpTo > 0 {
                isHeld[node][row.sku.position] = true
            }
        }
        var open = [Double](repeating: 0, count: stretches)
        var chance = open
        for (number, group) in model.groups.enumerated() {
            for channel in 0..<channels {
                for day in 0..<days {
                    let orders = model.asked(number, channel: channel, day: day)
                    guard orders > 0 else { continue }
                    for stretch in 0..<stretches {
                        open[stretch] = orders * Self.openShare(model, group, channel, day, stretch)
                    }
                    let paid = model.paidShare(channel)
                    var all = 0.0
                    for template in book.templates(channel) {
                        all += world.demand.basketWeights[day * book.count + template]
                    }
                    guard all > 0 else { continue }
                    for template in book.templates(channel) {
                        let weight = world.demand.basketWeights[day * book.count + template] / all
                        guard weight > 0 else { continue }
                        let content = book.lines(template)
                        var left = [Double](repeating: 1, count: stretches)
                        var isHeldHere = false
                        for (rank, front) in group.fronts.enumerated() {
                            guard content.allSatisfy({ isHeld[front][book.skus[$0].position] }) else { continue }
                            isHeldHere = true
                            for stretch in 0..<stretches { chance[stretch] = 1 }
                            if let shelves {
                                for line in content {
                                    let sku = book.skus[line].position
                                    let wanted =
                                        Double(book.quantities[line])
                                        * model.factor(channel: channel, day: day, sku: sku)
                                    for stretch in 0..<stretches where open[stretch] > 0 {
                                        chance[stretch] *= shelves.chance(
                                            front, sku, step: day * stretches + stretch, wanted: wanted)
                                    }
                                }
                            }
                            var taken = 0.0
                            for stretch in 0..<stretches {
                                let part = left[stretch] * chance[stretch]
                                left[stretch] -= part
                                let cell = place(number, channel, day, stretch)
                                whole[cell] += weight * part
                                parts[number][(cell - number * perGroup) * group.fronts.count + rank] += weight * part
                                taken += weight * part * open[stretch]
                            }
                            lines[front][day * (Self.mostLines + 1) + min(content.count, Self.mostLines)] += taken
                            for line in content {
                                let sku = book.skus[line].position
                                let wanted =
                                    Double(book.quantities[line]) * model.factor(channel: channel, day: day, sku: sku)
                                units[front][sku * days + day] += paid * taken * wanted
                                squares[front][sku * days + day] += paid * taken * wanted * wanted
                            }
                        }
                        if isHeldHere { held[place(number, channel, day)] += weight }
                    }
                }
            }
        }
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
