import NumericCore
import Retail

extension LostSales {
    /// The best policy that orders up to a level but never more than a cap: base stock and constant order are its two
    /// ends. Costs come from one simulated path that all policies share, the final one from a fresh and longer path
    /// with a 95 % interval by batch means.
    public func cappedBaseStock() throws(ReplenishmentError) -> Solution {
        let search = try path(length: 40_000, entity: 1)
        var best = (cost: Double.infinity, level: largestPosition, cap: largestOrder)
        // Cost over the level has one valley for a fixed cap, and so nearly has the best of it over the cap.
        var cap = largestOrder
        var misses = 0
        while cap >= 1, misses < 3 {
            var step = max(1, largestPosition / 8)
            var level = best.level
            var cost = average(level: level, cap: cap, search).mean
            while true {
                let lower = level - step >= 0 ? average(level: level - step, cap: cap, search).mean : .infinity
                let upper = average(level: level + step, cap: cap, search).mean
                if lower < cost, lower <= upper {
                    (level, cost) = (level - step, lower)
                } else if upper < cost {
                    (level, cost) = (level + step, upper)
                } else if step > 1 {
                    step = max(1, step / 2)
                } else {
                    break
                }
            }
            if cost < best.cost {
                best = (cost, level, cap)
                misses = 0
            } else {
                misses += 1
            }
            cap -= max(1, largestOrder / 32)
        }
        let final = average(level: best.level, cap: best.cap, try path(length: 400_000, entity: 2))
        return Solution(
            cost: final.mean, halfWidth: final.halfWidth, lowerBound: try waitingBound(), isExact: false,
            method: "capped base stock", level: best.level, cap: best.cap, states: 0, steps: 400_000)
    }

    private func path(length: Int, entity: UInt64) throws(ReplenishmentError) -> [Int] {
        var random = RandomStream(
            seed: 0, stream: RandomStreamID.policySearch.rawValue, entity: entity, replication: 0)
        let table: AliasTable
        do { table = try AliasTable(weights: demand.probabilities) } catch {
            throw .text(name: "demand", value: "\(error)", expected: "probabilities")
        }
        return (0..<length).map { _ in demand.lowest + table.sample(&random) }
    }

    /// Average cost along a path, the first lead times left out.
    private func average(level: Int, cap: Int, _ path: [Int]) -> (mean: Double, halfWidth: Double) {
        var pipeline = [Int](repeating: 0, count: max(1, leadTime))
        var (shelf, position, place) = (level, level, 0)
        let warmUp = min(path.count / 4, 20 * leadTime + 100)
        let batch = max(1, (path.count - warmUp) / 32)
        var batches: [Double] = []
        var sum = 0.0
        for (period, units) in path.enumerated() {
            shelf += pipeline[place]
            let order = max(0, min(cap, level - position))
            pipeline[place] = order
            place = place + 1 == pipeline.count ? 0 : place + 1
            position += order
            let sold = min(units, shelf)
            shelf -= sold
            position -= sold
            guard period >= warmUp else { continue }
            sum += holding * Double(shelf) + shortage * Double(units - sold)
            if (period - warmUp + 1) % batch == 0 {
                batches.append(sum / Double(batch))
                sum = 0
            }
        }
        let mean = batches.reduce(0, +) / Double(batches.count)
        let square = batches.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, batches.count - 1))
        return (mean, 2.04 * (square / Double(batches.count)).squareRoot())
    }
}
