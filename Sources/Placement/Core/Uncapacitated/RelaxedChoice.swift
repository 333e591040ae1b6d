/// The Lagrangian value of multipliers lambda where some sites are fixed open or closed: a lower bound on every choice
/// that agrees with them, whatever the multipliers are.
///
///     sum lambda_i + sum min(0, fallback_i - lambda_i)
///         + the best choice of sites by reduced cost rho_j = f_j + sum over i of min(0, c_ij - lambda_i)
///
/// The best choice opens what must be open, then the cheapest up to the minimum number of sites, then every further
/// site of negative reduced cost up to the maximum. Infinite when no choice has a valid number of sites.
struct RelaxedChoice: RelaxedCase {
    private let problem: FacilityProblem
    private let state: [Int8]
    private let multiplierSum: Double
    private let reduced: [Double]
    /// Free sites by reduced cost.
    private let order: [Int]
    /// No sum of these numbers is further from the true one.
    private let margin: Double

    /// Nil where a multiplier is not a number.
    init?(_ problem: FacilityProblem, _ lambda: [Double], _ state: [Int8]) {
        guard lambda.allSatisfy(\.isFinite) else { return nil }
        self.problem = problem
        self.state = state
        var total = CompensatedSum()
        for client in 0..<problem.clientCount {
            total.add(lambda[client])
            total.add(min(0, problem.fallback[client] - lambda[client]))
        }
        var size = total.magnitude
        var reduced = [Double](repeating: 0, count: problem.siteCount)
        for site in 0..<problem.siteCount where state[site] >= 0 {
            var sum = CompensatedSum()
            sum.add(problem.fixedCosts[site])
            let base = site * problem.clientCount
            for client in 0..<problem.clientCount {
                let saving = problem.costs[base + client] - lambda[client]
                if saving < 0 { sum.add(saving) }
            }
            reduced[site] = sum.value
            size += sum.magnitude
        }
        multiplierSum = total.value
        self.reduced = reduced
        order = state.indices.filter { state[$0] == 0 }.sorted { reduced[$0] < reduced[$1] }
        // Each difference and each compensated sum is off by a few units in the last place of its largest part.
        margin = 8 * Double.ulpOfOne * size
    }

    /// The bound for the case with `rest` fixed on top of what was fixed at first.
    func value(_ rest: [Int8]) -> Double {
        var value = multiplierSum
        var count = 0
        for site in rest.indices where rest[site] > 0 {
            value += reduced[site]
            count += 1
        }
        guard count <= problem.maximumSites else { return .infinity }
        for site in order where rest[site] == 0 {
            guard count < problem.minimumSites || (reduced[site] < 0 && count < problem.maximumSites) else { break }
            value += reduced[site]
            count += 1
        }
        return count < problem.minimumSites ? .infinity : value - margin
    }
}
