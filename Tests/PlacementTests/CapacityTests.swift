import NumericCore
import Testing

@testable import Placement

@Suite("Facility location with capacities against all subsets and all trees of flow")
struct CapacityTests {
    private func draws(_ seed: Int) -> RandomStream {
        RandomStream(seed: UInt64(seed), stream: 120, entity: entityHash("capacities"), replication: 0)
    }

    private func random(_ random: inout RandomStream, sites: Int, clients: Int, isTight: Bool) throws
        -> CapacitatedProblem
    {
        let demands = (0..<clients).map { _ in Double(random.integer(below: 6)) }
        let total = demands.reduce(0, +)
        let capacities = (0..<sites).map { _ in
            (isTight ? 0.3 : 0.8) * total + Double(random.integer(below: 4))
        }
        let costs = (0..<sites * clients).map { _ in
            random.uniform() < 0.1 ? .infinity : Double(random.integer(below: 40))
        }
        return try CapacitatedProblem(
            fixedCosts: (0..<sites).map { _ in Double(random.integer(below: 60)) }, capacities: capacities,
            demands: demands, costs: costs)
    }

    /// The least cost of serving all from `open`, by cancelling negative cycles one by one (Klein, 1967) on the full
    /// network of clients and sites: slow, and another method than the solver's.
    private func transport(_ problem: CapacitatedProblem, _ open: [Int]) -> Double {
        let (k, m) = (open.count, problem.clientCount)
        // Nodes: sites 0..<k, clients k..<k+m, and one that takes what room is left.
        let rest = k + m
        var capacity = [[Double]](repeating: [Double](repeating: 0, count: k + m + 2), count: k + m + 2)
        var price = capacity
        let source = k + m + 1
        for (a, site) in open.enumerated() {
            capacity[source][a] = problem.capacities[site]
            for i in 0..<m where problem.costs[site * m + i] < .infinity && problem.demands[i] > 0 {
                capacity[a][k + i] = problem.demands[i]
                price[a][k + i] = problem.costs[site * m + i] / problem.demands[i]
                price[k + i][a] = -price[a][k + i]
            }
        }
        for i in 0..<m { capacity[k + i][rest] = problem.demands[i] }
        var (sent, cost) = (0.0, 0.0)
        while true {
            var distance = [Double](repeating: .infinity, count: k + m + 2)
            var before = [Int](repeating: -1, count: k + m + 2)
            distance[source] = 0
            for _ in 0..<k + m + 2 {
                for a in distance.indices where distance[a] < .infinity {
                    for b in distance.indices
                    where capacity[a][b] > 1e-9 && distance[a] + price[a][b] < distance[b] - 1e-9 {
                        distance[b] = distance[a] + price[a][b]
                        before[b] = a
                    }
                }
            }
            guard distance[rest] < .infinity else { break }
            var (node, units) = (rest, Double.infinity)
            while node != source {
                units = min(units, capacity[before[node]][node])
                node = before[node]
            }
            node = rest
            while node != source {
                capacity[before[node]][node] -= units
                capacity[node][before[node]] += units
                node = before[node]
            }
            sent += units
            cost += units * distance[rest]
        }
        guard sent >= problem.totalDemand - 1e-6 else { return .infinity }
        for i in 0..<m where problem.demands[i] == 0 {
            cost += open.map { problem.costs[$0 * m + i] }.min() ?? .infinity
        }
        return cost + open.reduce(0) { $0 + problem.fixedCosts[$1] }
    }

    @Test("serving from given sites costs as little as shortest augmenting paths find", arguments: 0..<60)
    func transportation(seed: Int) throws {
        var random = draws(seed)
        guard let problem = try? self.random(&random, sites: 4, clients: 7, isTight: seed % 2 == 0) else { return }
        for mask in 1..<16 {
            let open = (0..<4).filter { mask >> $0 & 1 == 1 }
            let ours = Service(problem, open: open)
            let exact = transport(problem, open)
            if exact < .infinity {
                #expect(abs(ours.cost - exact) < 1e-6, "seed \(seed), sites \(open)")
                for client in 0..<7 where problem.demands[client] > 0 {
                    let served = ours.parts.filter { $0.client == Int32(client) }.reduce(0) { $0 + $1.units }
                    #expect(abs(served - problem.demands[client]) < 1e-9)
                }
                for (position, site) in open.enumerated() {
                    let load = ours.parts.filter { $0.site == Int32(position) }.reduce(0) { $0 + $1.units }
                    #expect(load <= problem.capacities[site] + 1e-6)
                }
            } else {
                #expect(ours.cost == .infinity, "seed \(seed), sites \(open)")
            }
        }
    }

    @Test("changes that cost nothing round a circle do not lead astray: places on a line", arguments: 0..<40)
    func ties(seed: Int) throws {
        var random = draws(2_000 + seed)
        let (n, m) = (10, 24)
        // Between two sites on the same side of both, any two clients differ by nothing but rounding.
        let sites = (0..<n).map { _ in 0.1 * Double(random.integer(below: 60)) }
        let clients = (0..<m).map { _ in 0.1 * Double(random.integer(below: 60)) }
        let demands = (0..<m).map { _ in 1 + (1e4 * random.uniform()).rounded() / 7 }
        let room = demands.reduce(0, +) / Double(n) * 1.3
        let problem = try CapacitatedProblem(
            fixedCosts: [Double](repeating: 1, count: n), capacities: [Double](repeating: room, count: n),
            demands: demands,
            costs: sites.flatMap { place in (0..<m).map { demands[$0] * abs(place - clients[$0]) / 3 } })
        for left in 0..<n {
            let open = (0..<n).filter { $0 != left }
            let exact = transport(problem, open)
            #expect(abs(Service(problem, open: open).cost - exact) < 1e-6 * exact, "seed \(seed), without \(left)")
        }
    }

    @Test("the solver finds and proves the optimum of random problems", arguments: 0..<60)
    func optimum(seed: Int) throws {
        var random = draws(1_000 + seed)
        guard let problem = try? self.random(&random, sites: 5, clients: 7, isTight: seed % 3 == 0) else { return }
        var best = Double.infinity
        for mask in 1..<32 { best = min(best, transport(problem, (0..<5).filter { mask >> $0 & 1 == 1 })) }
        guard best < .infinity else {
            #expect(throws: PlacementError.self, "seed \(seed)") { try FacilitySolver.solve(problem) }
            return
        }
        let solution = try FacilitySolver.solve(problem)
        #expect(abs(solution.cost - best) < 1e-6, "seed \(seed)")
        #expect(solution.stopReason == .proved, "seed \(seed): \(solution.cost) against \(solution.lowerBound)")
        #expect(solution.certificate.bound(for: problem) <= best + 1e-6)
        #expect(solution.lowerBound <= best + 1e-6)
    }

    @Test("too little room is said before any search")
    func infeasible() throws {
        #expect(throws: PlacementError.tooLittleCapacity(capacity: 5, demand: 6)) {
            try CapacitatedProblem(fixedCosts: [1, 1], capacities: [2, 3], demands: [6], costs: [1, 1])
        }
    }
}
