import Placement
import Replenishment
import Retail
import Simulation

/// What a plan promises of the hour, as parts of all orders.
public struct OneHourPromise: Sendable, Equatable {
    /// Orders that ask for the hour and have a front warehouse in reach.
    public var reach: Double
    /// Of those, the ones placed while it is open whose every article it holds and has in stock.
    public var served: Double
}

extension PreparedScenario {
    /// The promise of the plan for the days of the clock: reach, opening hours, the articles each front warehouse holds
    /// in the baskets that will be asked for, and the part of demand that its stock levels are planned to serve. Nil
    /// where no front warehouses were placed.
    public func oneHourPromise() -> OneHourPromise? {
        guard let placement else { return nil }
        let demand = world.demand
        let (channels, regions, days) = (dataset.channels.count, dataset.regions.count, scenario.clock.days)
        let codes = Dictionary(
            network.nodes.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        // By front warehouse the parts of each region that it serves.
        var served: [Int: [(region: Int, part: Double)]] = [:]
        for one in placement.solution.services where one.isOneHour {
            guard let site = one.site, let node = codes[dataset.candidates[site].code] else { continue }
            served[node, default: []].append((one.region, one.part))
        }
        var (all, reach, whole) = (0.0, 0.0, 0.0)
        for cell in demand.orders { all += cell }
        for node in served.keys.sorted() {
            let inStock = availability(at: Node.Index(node))
            for channel in 0..<channels {
                for day in 0..<days {
                    var orders = 0.0
                    for (region, part) in served[node] ?? [] {
                        orders += part * demand.orders[(channel * regions + region) * days + day]
                    }
                    guard orders > 0 else { continue }
                    reach += orders
                    whole +=
                        orders * openShare(node, channel: channel, day: day)
                        * filledShare(inStock, channel: channel, day: day)
                }
            }
        }
        guard all > 0 else { return OneHourPromise(reach: 0, served: 0) }
        return OneHourPromise(reach: oneHourShare * reach / all, served: oneHourShare * whole / all)
    }

    /// Part of a day's orders of a channel that are placed while the node works.
    private func openShare(_ node: Int, channel: Int, day: Int) -> Double {
        let minutes = DemandPlan.minutesPerDay
        let first = (channel * scenario.clock.days + day) * minutes
        let opens = Int(network.nodes[node].opens) / 60
        let closes = Int(network.nodes[node].closes) / 60 + Int(scenario.fulfilment.overtime.seconds / 60)
        var (open, all) = (0.0, 0.0)
        for minute in 0..<minutes {
            let weight = world.demand.shape[first + minute]
            all += weight
            if minute >= opens, minute < closes { open += weight }
        }
        return all > 0 ? open / all : 0
    }

    /// Part of a day's baskets of a channel that a node can fill whole.
    private func filledShare(_ inStock: [Double], channel: Int, day: Int) -> Double {
        let book = world.demand.baskets
        var (filled, all) = (0.0, 0.0)
        for template in book.templates(channel) {
            let weight = world.demand.basketWeights[day * book.count + template]
            guard weight > 0 else { continue }
            all += weight
            filled += book.lines(template).reduce(weight) { $0 * inStock[book.skus[$1].position] }
        }
        return all > 0 ? filled / all : 0
    }

    /// By article the part of demand that the planned level of the node serves; 0 where it is not held.
    private func availability(at node: Node.Index) -> [Double] {
        var result = [Double](repeating: 0, count: dataset.skus.count)
        for target in stockPlan.targets where target.node == node {
            let span = target.basis.leadTime + Double(target.basis.reviewPeriod)
            guard target.mean > 0, span > 0 else {
                result[target.sku.position] = target.orderUpTo > 0 ? 1 : 0
                continue
            }
            let (part, variance) = (target.basis.leadTime / span, target.deviation * target.deviation)
            let level = OrderUpToLevel.fillRate(
                Double(target.orderUpTo),
                overLeadTime: .choose(mean: target.mean * part, variance: variance * part),
                overLeadTimeAndReview: .choose(mean: target.mean, variance: variance))
            result[target.sku.position] = min(1, max(0, level))
        }
        return result
    }
}
