import Foundation
import NumericCore
import Retail

/// What the stations and the road take, by front warehouse.
struct FulfilmentTimes {
    private let model: HourModel
    /// Chance that picking and road, or the road alone, take no longer than so many half minutes.
    private var both: [[Double]]
    /// Part late because of the road, with so many half minutes waited before: the road takes longer than what is before
    /// it, and the hour ends on it.
    private var blamed: [[Double]]
    private var road: [[Double]]
    private var roadMeans: [Double]
    /// Mean seconds at a station, by front x days.
    private var services: [[Double]]
    private let ordinary: [[Double]]
    private static let cells = 241

    init(_ model: HourModel, _ fills: BasketFill) {
        self.model = model
        let nodes = model.prepared.nodeCount
        both = [[Double]](repeating: [], count: nodes)
        road = both
        blamed = both
        services = both
        roadMeans = [Double](repeating: 0, count: nodes)
        let terms = FulfilTerms(model.world)
        var ordinary = [[Double]](repeating: [], count: nodes)
        for front in Set(model.groups.flatMap(\.fronts)) {
            (road[front], roadMeans[front]) = Self.road(model, front)
            let node = model.world.network.nodes[front]
            let perLine = 3_600 * Double(node.stations) / Double(max(1, node.picksPerHour))
            let packs = terms.packs[front] ? terms.packTime / 1e6 : 0
            for day in 0..<model.days {
                let counts = fills.lines[front][
                    day * (BasketFill.mostLines + 1)..<(day + 1) * (BasketFill.mostLines + 1)]
                let all = counts.reduce(0, +)
                var (table, mean) = ([Double](repeating: 0, count: Self.cells), 0.0)
                for (lines, orders) in counts.enumerated() where orders > 0 {
                    let seconds = Double(lines) * perLine + terms.fixedTime(lines: lines, at: front) / 1e6
                    mean += orders / all * seconds
                    let shift = Int(((seconds + packs) / 30).rounded())
                    guard shift < Self.cells else { continue }
                    for cell in shift..<Self.cells { table[cell] += orders / all * road[front][cell - shift] }
                }
                both[front] += table
                blamed[front] += Self.blamed(
                    counts.enumerated().map { lines, orders in
                        let seconds = Double(lines) * perLine + terms.fixedTime(lines: lines, at: front) / 1e6
                        return (Int(((seconds + packs) / 30).rounded()), all > 0 ? orders / all : 0)
                    }, road: road[front])
                services[front].append(mean)
            }
            if !model.world.routing.keepsFronts { ordinary[front] = Self.ordinaryWork(model, front, perLine: perLine) }
        }
        self.ordinary = ordinary
    }

    func chance(_ front: Int, _ day: Int, within minutes: Double) -> Double {
        Self.read(both[front][day * Self.cells..<(day + 1) * Self.cells], minutes)
    }
    /// Part of the orders that the road makes late when so many minutes have gone before picking.
    func lateOnTheRoad(_ front: Int, _ day: Int, after minutes: Double) -> Double {
        Self.read(blamed[front][day * Self.cells..<(day + 1) * Self.cells], max(0, minutes))
    }
    func meanRoad(_ front: Int) -> Double { roadMeans[front] }
    func meanTime(_ front: Int, _ day: Int) -> Double { services[front][day] / 60 + roadMeans[front] }

    private static func blamed(_ services: [(cells: Int, part: Double)], road: [Double]) -> [Double] {
        (0..<cells).map { before in
            services.reduce(0) { sum, service in
                guard service.part > 0 else { return sum }
                let inside = before + service.cells
                return sum + service.part * (1 - road[min(cells - 1, max(120 - inside, inside))])
            }
        }
    }

    private static func read(_ table: ArraySlice<Double>, _ minutes: Double) -> Double {
        guard minutes >= 0 else { return 0 }
        let place = min(minutes * 2, Double(cells - 1))
        let (low, part) = (Int(place), place - place.rounded(.down))
        let (first, next) = (table[table.startIndex + low], table[table.startIndex + min(low + 1, cells - 1)])
        return first + part * (next - first)
    }

    /// Minutes that what is released at each minute waits for a station, by the promised orders (channels x minutes).
    func waits(_ front: Int, _ promised: [Double]) -> [Double] {
        let perDay = DemandPlan.minutesPerDay
        let minutes = model.days * perDay
        var work = ordinary[front].isEmpty ? [Double](repeating: 0, count: minutes) : ordinary[front]
        for channel in 0..<model.prepared.channelCount {
            let paid = model.paidShare(channel)
            for minute in 0..<minutes {
                work[minute] += paid * promised[channel * minutes + minute] * services[front][minute / perDay]
            }
        }
        let stations = Double(max(1, model.world.network.nodes[front].stations))
        return FluidQueue.waits(
            work: work,
            capacity: (0..<minutes + perDay).map {
                model.isOpen(front, minute: $0 % perDay) ? 60 * stations : 0
            })
    }

    /// Chance of the road taking no longer, by half minutes, over the regions served; and its mean in minutes.
    private static func road(_ model: HourModel, _ front: Int) -> ([Double], Double) {
        var (table, mean, all) = ([Double](repeating: 0, count: cells), 0.0, 0.0)
        for group in model.groups where group.fronts.contains(front) {
            for region in group.regions {
                let options = model.world.delivery.options(Node.Index(front), Region.Index(region))
                guard let option = options.filter({ $0.tier == .oneHour }).min(by: { $0.firstPrice < $1.firstPrice })
                else { continue }
                var orders = 0.0
                for channel in 0..<model.prepared.channelCount {
                    for day in 0..<model.days {
                        orders += model.orders[(channel * model.prepared.regionCount + region) * model.days + day]
                    }
                }
                all += orders
                mean += orders * option.transit * 60
                if option.transitLaw >= 0 {
                    let law = model.world.delivery.laws[Int(option.transitLaw)]
                    for point in HourModel.points {
                        let first = Int((law.quantile(point) / 30).rounded(.up))
                        for cell in min(first, cells)..<cells {
                            table[cell] += orders / Double(HourModel.points.count)
                        }
                    }
                } else {
                    let (logMean, deviation) = logNormalParameters(
                        mean: option.transit * 120, deviation: option.transitDeviation * 120)
                    for cell in 1..<cells {
                        let distance = log(Double(cell)) - logMean
                        table[cell] +=
                            orders
                            * (deviation > 0 ? Normal.cumulative(distance / deviation) : distance >= 0 ? 1 : 0)
                    }
                }
            }
        }
        return all > 0 ? (table.map { $0 / all }, mean / all) : (table, 0)
    }

    /// Seconds of work a minute that ordinary parcels are to a front warehouse which sends them like any node.
    private static func ordinaryWork(_ model: HourModel, _ front: Int, perLine: Double) -> [Double] {
        let (world, days, perDay) = (model.world, model.days, DemandPlan.minutesPerDay)
        let regions = model.prepared.regionCount
        let homes = (0..<regions).filter { Int(model.prepared.homeNodes[$0]) == front }
        var work = [Double](repeating: 0, count: days * perDay)
        for channel in 0..<model.prepared.channelCount {
            let share = (1 - world.channels[channel].askedTiers[0].fraction) * model.paidShare(channel)
            let templates = model.prepared.baskets.templates(channel)
            let lines = templates.reduce(0.0) { $0 + Double(model.prepared.baskets.lines($1).count) }
            let seconds = share * perLine * lines / Double(max(1, templates.count))
            for day in 0..<days {
                let orders = homes.reduce(0.0) { $0 + model.orders[(channel * regions + $1) * days + day] }
                for minute in 0..<perDay {
                    work[day * perDay + minute] +=
                        seconds * orders * model.shape(channel: channel, day: day, minute: minute)
                }
            }
        }
        return work
    }
}
