import Foundation
import Placement

/// The two large placement problems of the shipped generator, seeds 1 to 5, a minute each: the worst gap of the five
/// against the gap it may have. Rates are one over the gap.
func measureLargePlacement() async throws -> [Measure] {
    func worst(_ title: String, allowed: Double, _ problem: (UInt64) throws -> FacilityProblem) throws -> Measure {
        var worst = 0.0
        for seed in 1...5 as ClosedRange<UInt64> {
            let clock = ContinuousClock()
            let began = clock.now
            let made = try problem(seed)
            let cells = Double(made.siteCount * made.clientCount)
            let solution = try FacilitySolver.solve(made, limits: SearchLimits(steps: .max)) { progress in
                // Checking the proof at the end takes some 2 ns a cell for each case.
                clock.now - began + .seconds(min(20, 2e-9 * cells * Double(progress.cases))) > .seconds(60)
            }
            let seconds = (clock.now - began) / .seconds(1)
            print(
                String(
                    format: "  %@, seed %d: cost %.3f, gap %.4f %% in %.1f s", title, Int(seed), solution.cost,
                    100 * solution.gap, seconds))
            worst = max(worst, solution.gap)
        }
        return Measure(
            name: title + ", worst gap of five after a minute: \(worst)", unit: "worst", count: 1,
            seconds: max(worst, 1e-9), yardstick: "the gap of \(allowed) it may have", yardstickRate: 1 / allowed)
    }
    return [
        try worst("3,000 points, p = 100", allowed: 0.005) { seed in
            let points = GeneratedPlacement.points(count: 3_000, seed: seed)
            return try .median(costs: Distances.euclidean(points), siteCount: 3_000, clientCount: 3_000, sites: 100)
        },
        try worst("20,000 regions x 2,000 candidates", allowed: 0.01) { seed in
            try GeneratedPlacement.regions(count: 20_000, candidates: 2_000, seed: seed)
        },
    ]
}
