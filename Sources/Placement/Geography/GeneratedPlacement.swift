import Foundation
import NumericCore
import Retail

/// Large placement problems made by rule, to measure on: people live in towns of very different size and between them.
/// The same seed makes the same problem.
public enum GeneratedPlacement {
    /// Side of the square country, kilometres.
    private static let side = 600.0

    /// Towns, the largest first: centre, spread and share of the people (sizes by rank after Zipf).
    private struct Towns {
        var places: [(x: Double, y: Double)] = []
        var spreads: [Double] = []
        var shares: [Double] = []

        init(_ count: Int, _ random: inout RandomStream) {
            let whole = (1...count).reduce(0) { $0 + 1 / Double($1) }
            for rank in 1...count {
                places.append((side * random.uniform(), side * random.uniform()))
                shares.append(1 / Double(rank) / whole)
                spreads.append(4 + 30 * (shares[rank - 1]).squareRoot())
            }
        }

        /// A place in a town, or one time in five anywhere.
        func place(_ random: inout RandomStream) -> (x: Double, y: Double) {
            if random.bernoulli(0.2) { return (side * random.uniform(), side * random.uniform()) }
            var rest = random.uniform()
            var town = 0
            while town < shares.count - 1, rest > shares[town] {
                rest -= shares[town]
                town += 1
            }
            func near(_ centre: Double, _ random: inout RandomStream) -> Double {
                min(side, max(0, random.normal(mean: centre, standardDeviation: spreads[town])))
            }
            let x = near(places[town].x, &random)
            return (x, near(places[town].y, &random))
        }
    }

    private static func draws(_ seed: UInt64, _ what: String) -> RandomStream {
        RandomStream(
            seed: seed, stream: RandomStreamID.generator.rawValue, entity: entityHash("placement " + what),
            replication: 0)
    }

    /// Points in the plane, rounded to a metre so that a file of them says the same.
    public static func points(count: Int, seed: UInt64) -> [(x: Double, y: Double)] {
        var random = draws(seed, "points")
        let towns = Towns(max(1, min(40, count / 10)), &random)
        return (0..<count).map { _ in
            let place = towns.place(&random)
            return ((place.x * 1_000).rounded() / 1_000, (place.y * 1_000).rounded() / 1_000)
        }
    }

    /// Regions with orders, candidate sites with fixed costs that rise with the people around, and a radius of one
    /// hour by road; what no site serves goes out from the nearest of ten central warehouses.
    public static func regions(count: Int, candidates: Int, seed: UInt64) throws(PlacementError) -> FacilityProblem {
        var random = draws(seed, "regions")
        let towns = Towns(120, &random)
        let regions = (0..<count).map { _ in towns.place(&random) }
        let orders = (0..<count).map { _ in exp(random.normal(mean: 2.5, standardDeviation: 1)) }
        let sites = (0..<candidates).map { _ in towns.place(&random) }
        let centrals = towns.places.prefix(10)
        // Road kilometres within the hour, cost of an order a kilometre, and what the hour is worth.
        let (radius, detour, kilometre, worth) = (30.0, 1.3, 0.02, 1.2)
        func road(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) -> Double {
            let (x, y) = (a.x - b.x, a.y - b.y)
            return detour * (x * x + y * y).squareRoot()
        }
        var costs = [Float](repeating: .infinity, count: candidates * count)
        var fixed: [Double] = []
        for (site, place) in sites.enumerated() {
            var around = 0.0
            for (region, other) in regions.enumerated() {
                let distance = road(place, other)
                guard distance <= radius else { continue }
                costs[site * count + region] = Float(orders[region] * (kilometre * distance - worth))
                around += orders[region]
            }
            fixed.append(400 + 0.1 * around + 200 * random.uniform())
        }
        let fallback = (0..<count).map { region in
            orders[region] * kilometre * (centrals.map { road($0, regions[region]) }.min() ?? 0)
        }
        return try FacilityProblem(
            fixedCosts: fixed, matrix: CostMatrix(costs), fallback: fallback, clientCount: count)
    }
}
