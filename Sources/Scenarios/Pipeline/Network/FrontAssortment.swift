import Replenishment
import Retail

/// Which articles each front warehouse carries: those in most orders for the room they take, until its storage is full
/// at the cover asked for. Demand for the others is planned at the warehouse behind it.
struct FrontAssortment {
    let demand: NodeDemand
    let assumptions: [Assumption]

    /// - Parameter popularity: part of past baskets that hold each SKU.
    init(
        _ direct: NodeDemand, _ network: Network, _ dataset: Dataset, _ scenario: Scenario, popularity: [Double]
    ) {
        let cover = scenario.network.coverDays
        var isCarried = [Bool](repeating: true, count: direct.rowCount)
        var notes: [Assumption] = []
        for node in network.nodes.indices where network.nodes[node].kind == .front && network.nodes[node].storage > 0 {
            let rows = (0..<direct.rowCount).filter { direct.nodes[$0].position == node }
            let room = rows.map { row in
                let units = direct.daily(row).cumulative(span: cover).mean
                return units * Double(max(1, dataset.skus[direct.skus[row].position].volume)) / 1_000
            }
            // Greedy by order lines for the room they take: the continuous knapsack's answer (Dantzig 1957).
            let order = rows.indices.sorted { a, b in
                let (x, y) = (direct.skus[rows[a]].position, direct.skus[rows[b]].position)
                return (-popularity[x] / max(1e-9, room[a]), x) < (-popularity[y] / max(1e-9, room[b]), y)
            }
            var free = Double(network.nodes[node].storage)
            var left = 0
            for i in order {
                if room[i] <= free { free -= room[i] } else { isCarried[rows[i]] = false; left += 1 }
            }
            if left > 0 {
                notes.append(
                    Assumption(
                        subject: "assortment \(network.nodes[node].code)",
                        text: "\(rows.count - left) of \(rows.count) articles fit its storage"))
            }
        }
        demand = Self.moved(direct, network, isCarried)
        assumptions = notes
    }

    /// Demand of rows that are not carried, added to the same article at the node upstream.
    private static func moved(_ direct: NodeDemand, _ network: Network, _ isCarried: [Bool]) -> NodeDemand {
        var result = NodeDemand(start: direct.start, horizon: direct.horizon)
        var rows: [Int64: Int] = [:]
        let horizon = direct.horizon
        for row in 0..<direct.rowCount {
            var node = direct.nodes[row]
            if !isCarried[row] {
                guard let upstream = network.upstream[node.position] else { continue }
                node = upstream
            }
            let key = Int64(direct.skus[row].raw) << 32 | Int64(node.raw)
            let cells = row * horizon..<(row + 1) * horizon
            guard let target = rows[key] else {
                rows[key] = result.rowCount
                result.append(
                    sku: direct.skus[row], node: node, dailyMean: Array(direct.mean[cells]),
                    dailyDeviation: Array(direct.deviation[cells]))
                continue
            }
            for (day, cell) in cells.enumerated() {
                let at = target * horizon + day
                result.mean[at] += direct.mean[cell]
                let variance =
                    result.deviation[at] * result.deviation[at] + direct.deviation[cell] * direct.deviation[cell]
                result.deviation[at] = variance.squareRoot()
            }
        }
        return result
    }
}
