/// The Lagrangian value of multipliers lambda where some sites are fixed open or closed: a lower bound on every choice
/// that agrees with them, whatever the multipliers are.
///
///     sum lambda_i + sum min(0, fallback_i - lambda_i)
///         + the best choice of sites by reduced cost rho_j = f_j + sum over i of min(0, c_ij - lambda_i)
struct RelaxedChoice: RelaxedCase {
    private let sites: RelaxedSites

    /// Nil where a multiplier is not a number.
    init?(_ problem: FacilityProblem, _ lambda: [Double], _ state: [Int8]) {
        guard lambda.allSatisfy(\.isFinite) else { return nil }
        var total = SumWithMagnitude()
        for client in 0..<problem.clientCount {
            total.add(lambda[client])
            total.add(min(0, problem.fallback[client] - lambda[client]))
        }
        var size = total.magnitude
        var reduced = [Double](repeating: 0, count: problem.siteCount)
        for site in 0..<problem.siteCount where state[site] >= 0 {
            var sum = SumWithMagnitude()
            sum.add(problem.fixedCosts[site])
            let base = site * problem.clientCount
            for client in 0..<problem.clientCount {
                let saving = problem.costs[base + client] - lambda[client]
                if saving < 0 { sum.add(saving) }
            }
            reduced[site] = sum.value
            size += sum.magnitude
        }
        // Each difference and each compensated sum is off by a few units in the last place of its largest part.
        sites = RelaxedSites(
            base: total.value, prices: reduced, rules: problem.rules, multipliers: lambda[problem.clientCount...],
            margin: 8 * Double.ulpOfOne * size)
    }

    func value(_ state: [Int8]) -> Double { sites.value(state) }
}
