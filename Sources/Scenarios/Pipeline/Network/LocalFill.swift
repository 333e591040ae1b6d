import Placement
import Retail

/// Which part of its orders a front warehouse that is not built yet would serve on the spot: those placed while it is
/// open whose every article its storage has room for.
///
/// The room an article needs grows with the orders served, so that one ranking of the articles answers for every
/// candidate: what counts is the room for each order a day.
struct LocalFill {
    private let mix: OrderMix
    /// Room for an order a day that the first articles of the ranking need, and the orders they fill whole.
    private var rooms: [Double] = []
    private var fills: [Double] = []

    init(_ mix: OrderMix, _ dataset: Dataset, _ scenario: Scenario) {
        self.mix = mix
        let skus = dataset.skus.count
        let until = FrontLevels(mix, dataset, scenario).most
        let units = mix.unitsPerOrder(skus: skus)
        let sizes = dataset.skus.indices.map {
            until * units[$0] * Double(max(1, dataset.skus[$0].volume)) / 1_000
        }
        guard let problem = try? AssortmentProblem.items(mix.assortmentBaskets(skus: skus), sizes: sizes) else {
            return
        }
        let all = PreparedAssortment(
            node: Node.Index(0), problem: problem, levels: problem.levels.map { _ in 1 }, units: sizes)
        let ranking = all.ranking()
        fills = all.fill(ranking)
        var room = 0.0
        rooms = ranking.map {
            room += sizes[$0.position]
            return room
        }
    }

    /// - Parameters:
    ///   - orders: orders a day it would serve.
    ///   - overtime: seconds by which the shift is longer.
    func part(_ node: Node, orders: Double, overtime: Int) -> Double {
        open(node, overtime) * whole(node, orders)
    }

    private func whole(_ node: Node, _ orders: Double) -> Double {
        guard node.storage > 0, orders > 0, !rooms.isEmpty else { return 1 }
        let room = Double(node.storage) / orders
        let count = rooms.partition { $0 > room }
        return count > 0 ? fills[count - 1] : 0
    }

    private func open(_ node: Node, _ overtime: Int) -> Double {
        guard node.opens != node.closes else { return 1 }
        let (first, last) = (Int(node.opens) / 60, (Int(node.closes) + overtime) / 60)
        let minutes = mix.minutesOfDay
        return min(1, minutes.indices.reduce(0) { $1 >= first && $1 < last ? $0 + minutes[$1] : $0 })
    }
}

extension [Double] {
    /// How many of these rising values a condition that turns true once leaves out.
    fileprivate func partition(_ isBeyond: (Double) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
