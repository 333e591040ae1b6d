/// The relaxation of a capacitated problem, computed plainly, for the certificate.
struct RelaxedCapacities: RelaxedCase {
    private let problem: CapacitatedProblem
    private let sites: RelaxedSites

    /// Nil where a multiplier is not a number.
    init?(_ problem: CapacitatedProblem, _ lambda: [Double], _ state: [Int8]) {
        guard lambda.allSatisfy(\.isFinite) else { return nil }
        self.problem = problem
        var total = SumWithMagnitude()
        let m = problem.clientCount
        for price in lambda[..<m] { total.add(price) }
        var size = total.magnitude
        let reduced = state.indices.map { site -> Double in
            guard state[site] >= 0 else { return 0 }
            var sum = SumWithMagnitude()
            sum.add(problem.fixedCosts[site])
            // Each scenario has all the room of the site.
            var room = [Double](repeating: problem.capacities[site], count: problem.scenarioCount)
            let savings = (0..<m).map { problem.costs[site * m + $0] - lambda[$0] }
            for client in 0..<m where savings[client] < 0 && problem.demands[client] == 0 { sum.add(savings[client]) }
            let wanted = (0..<m).filter { savings[$0] < 0 && problem.demands[$0] > 0 }
            for client in wanted.sorted(by: { savings[$0] / problem.demands[$0] < savings[$1] / problem.demands[$1] }) {
                let scenario = problem.scenario(client)
                let part = min(1, room[scenario] / problem.demands[client])
                guard part > 0 else { continue }
                sum.add(part * savings[client])
                room[scenario] -= part * problem.demands[client]
            }
            size += sum.magnitude
            return sum.value
        }
        // Room is used up with a relative error of a few units in the last place for each client.
        sites = RelaxedSites(
            base: total.value, prices: reduced, rules: problem.rules, multipliers: lambda[m...],
            margin: (16 + 2 * Double(m)) * Double.ulpOfOne * size)
    }

    func value(_ state: [Int8]) -> Double {
        // All that is not closed is too small together; of alternatives the largest counts.
        var room = 0.0
        var largest: [Int32: Double] = [:]
        for site in state.indices where state[site] >= 0 {
            let set = problem.rules.alternatives[site]
            if set < 0 {
                room += problem.capacities[site]
            } else {
                largest[set] = max(largest[set] ?? 0, problem.capacities[site])
            }
        }
        for set in largest.keys.sorted() { room += largest[set] ?? 0 }
        return room >= problem.totalDemand * (1 - 1e-9) ? sites.value(state) : .infinity
    }
}
