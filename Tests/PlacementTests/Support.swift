import NumericCore
import Placement
import Retail

/// Random draws of one test case; the seed is printed with every expectation that fails.
func draws(_ name: String, _ seed: Int) -> RandomStream {
    RandomStream(
        seed: UInt64(seed), stream: RandomStreamID.verification.rawValue, entity: entityHash(name), replication: 0)
}

/// A random small facility problem: some cells out of reach, some clients without fallback, some bounds, some ties.
func randomProblem(_ random: inout RandomStream, sites: Int, clients: Int) throws(PlacementError) -> FacilityProblem {
    let reach = 0.4 + 0.6 * random.uniform()
    let hasFallback = random.uniform()
    // Whole numbers from a short range make ties common.
    let isCoarse = random.bernoulli(0.3)
    func cost(_ scale: Double) -> Double {
        let value = scale * random.uniform()
        return isCoarse ? value.rounded() : value
    }
    let sign = random.bernoulli(0.2) ? -4.0 : 0
    let fixed = (0..<sites).map { _ in cost(12) }
    let costs = (0..<sites * clients).map { _ in random.uniform() < reach ? sign + cost(10) : .infinity }
    let fallback = (0..<clients).map { _ in random.uniform() < hasFallback ? cost(25) : .infinity }
    let least = random.bernoulli(0.3) ? random.integer(below: sites + 1) : 0
    let most = random.bernoulli(0.4) ? least + random.integer(below: sites + 1 - least) : sites
    let required = random.bernoulli(0.2) ? [random.integer(below: sites)] : []
    let forbidden = random.bernoulli(0.2) ? [random.integer(below: sites)] : []
    return try FacilityProblem(
        fixedCosts: fixed, costs: costs, fallback: fallback, clientCount: clients, minimumSites: least,
        maximumSites: most, required: required, forbidden: forbidden)
}

/// The cheapest cost over all subsets that obey the bounds; infinite when none reaches every client.
func bruteForce(_ problem: FacilityProblem) -> Double {
    var best = Double.infinity
    for subset in 0..<1 << problem.siteCount {
        let sites = (0..<problem.siteCount).filter { subset >> $0 & 1 == 1 }
        guard sites.count >= problem.minimumSites, sites.count <= problem.maximumSites,
            sites.allSatisfy({ !problem.forbidden[$0] }),
            (0..<problem.siteCount).allSatisfy({ !problem.required[$0] || sites.contains($0) })
        else { continue }
        best = min(best, problem.cost(of: sites))
    }
    return best
}
