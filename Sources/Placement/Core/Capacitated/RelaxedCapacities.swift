/// The relaxation of a capacitated problem, computed plainly, for the certificate.
struct RelaxedCapacities: RelaxedCase {
    private let problem: CapacitatedProblem
    private let sites: RelaxedSites

    /// Nil where a multiplier is not a number.
    init?(_ problem: CapacitatedProblem, _ lambda: [Double], _ state: [Int8]) {
        guard lambda.allSatisfy(\.isFinite) else { return nil }
        self.problem = problem
        var total = CompensatedSum()
        for price in lambda { total.add(price) }
        var size = total.magnitude
        let m = problem.clientCount
        let reduced = state.indices.map { site -> Double in
            guard state[site] >= 0 else { return 0 }
            var sum = CompensatedSum()
            sum.add(problem.fixedCosts[site])
            var room = problem.capacities[site]
            let savings = (0..<m).map { problem.costs[site * m + $0] - lambda[$0] }
            for client in 0..<m where savings[client] < 0 && problem.demands[client] == 0 { sum.add(savings[client]) }
            let wanted = (0..<m).filter { savings[$0] < 0 && problem.demands[$0] > 0 }
            for client in wanted.sorted(by: { savings[$0] / problem.demands[$0] < savings[$1] / problem.demands[$1] }) {
                let part = min(1, room / problem.demands[client])
                guard part > 0 else { break }
                sum.add(part * savings[client])
                room -= part * problem.demands[client]
            }
            size += sum.magnitude
            return sum.value
        }
        // Room is used up with a relative error of a few units in the last place for each client.
        sites = RelaxedSites(
            base: total.value, prices: reduced, minimum: problem.minimumSites, maximum: problem.maximumSites,
            margin: (16 + 2 * Double(m)) * Double.ulpOfOne * size)
    }

    func value(_ state: [Int8]) -> Double {
        // All that is not closed is too small together.
        let room = state.indices.reduce(0.0) { $0 + (state[$1] < 0 ? 0 : problem.capacities[$1]) }
        return room >= problem.totalDemand * (1 - 1e-9) ? sites.value(state) : .infinity
    }
}
