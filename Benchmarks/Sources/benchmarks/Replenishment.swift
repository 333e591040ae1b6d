import Foundation
import NumericCore
import Replenishment

/// Stock formulas and exact solvers on one thread, against what is asked of them and, where it can be installed,
/// against stockpyl in the same run.
func measureReplenishment() async throws -> [Measure] {
    let peer = stockpyl()
    var measures = try targets()
    func beside(_ name: String, _ unit: String, _ key: String, asked: (String, Double), _ solve: () throws -> Void)
        rethrows
    {
        let rounds = 20
        let seconds = try medianSeconds { for _ in 0..<rounds { try solve() } }
        measures.append(
            Measure(
                name: name, unit: unit, count: Double(rounds), seconds: seconds,
                yardstick: peer[key] == nil ? asked.0 : "stockpyl", yardstickRate: peer[key] ?? asked.1))
    }
    try beside("newsvendor, normal", "problems", "newsvendor", asked: ("a million a second", 1e6)) {
        _ = try Newsvendor.solve(
            law: .normal(NormalDistribution(mean: 50, standardDeviation: 8)), holding: 0.18, shortage: 0.70)
    }
    try beside("exact (r, Q), Poisson", "problems", "rq", asked: ("one in a millisecond", 1e3)) {
        _ = try ContinuousReview.solve(rate: 1.5, leadTime: 2, orderCost: 100, holding: 20, shortage: 150)
    }
    try beside("exact (s, S), Poisson 20", "problems", "ss", asked: ("one in a millisecond", 1e3)) {
        _ = try PeriodicReview.solve(
            try PeriodicReview.Costs(poissonMean: 20, leadTime: 0, orderCost: 64, holding: 1, shortage: 9))
    }
    let serial = try SerialSystem(
        stages: [
            .init(name: "1", leadTime: 1, echelonHolding: 3), .init(name: "2", leadTime: 1, echelonHolding: 2),
            .init(name: "3", leadTime: 2, echelonHolding: 2),
        ], demand: .normal(NormalDistribution(mean: 5, standardDeviation: 1)), shortage: 37.12)
    try beside("serial system of 3 stages, to 0.001 %", "systems", "serial", asked: ("ten a second", 10)) {
        _ = try serial.solve(resolution: 20)
    }
    measures += try chains()
    measures.append(try joint())
    return measures
}

/// Reorder points by cycle service and by fill rate, over means of 5 to 200.
private func targets() throws -> [Measure] {
    let count = 200_000
    func laws(_ make: (Double, Double) -> DemandLaw) -> [DemandLaw] {
        (0..<count).map { i in
            let mean = 5 + Double(i * 37 % 200)
            return make(mean, mean * (1.5 + 0.5 * Double(i * 13 % 40)))
        }
    }
    func measure(_ name: String, _ asked: Double, _ laws: [DemandLaw], _ level: (DemandLaw, Int) throws -> Double)
        rethrows -> Measure
    {
        var sum = 0.0
        let seconds = try medianSeconds(rounds: 3) {
            for (place, law) in laws.enumerated() { sum += try level(law, place) }
        }
        precondition(sum > 0)
        return Measure(
            name: name, unit: "targets", count: Double(count), seconds: seconds, yardstick: "what is asked",
            yardstickRate: asked)
    }
    func service(_ place: Int) -> Double { 0.9 + 0.009 * Double(place % 10) }
    func quantity(_ place: Int) -> Double { 20 + Double(place % 50) }
    let normal = laws { .normal(NormalDistribution(mean: $0, standardDeviation: $1.squareRoot())) }
    let gamma = laws { .gamma(GammaDistribution(mean: $0, variance: $1)) }
    let counts = laws { mean, variance in
        NegativeBinomialDistribution(mean: mean, variance: variance).map { .negativeBinomial($0) } ?? .none
    }
    return [
        try measure("reorder points, normal, cycle service", 1e6, normal) {
            try ReorderPoint.forCycleService(service($1), law: $0)
        },
        try measure("reorder points, normal, fill rate", 1e6, normal) {
            try ReorderPoint.forFillRate(service($1), quantity: quantity($1), law: $0)
        },
        try measure("reorder points, gamma, cycle service", 1e6, gamma) {
            try ReorderPoint.forCycleService(service($1), law: $0)
        },
        try measure("reorder points, gamma, fill rate", 1e6, gamma) {
            try ReorderPoint.forFillRate(service($1), quantity: quantity($1), law: $0)
        },
        try measure("reorder points, negative binomial, cycle service", 2e5, counts) {
            Double(try ReorderPoint.wholeForCycleService(service($1), law: $0))
        },
        try measure("reorder points, negative binomial, fill rate", 2e5, counts) {
            Double(try ReorderPoint.wholeForFillRate(service($1), quantity: quantity($1), law: $0))
        },
    ]
}

/// A chain of the bulldozer's size as a tree, and generated networks of 2,000 stages to a gap of one per cent.
private func chains() throws -> [Measure] {
    var tree = ChainGenerator.chain(stages: 22, seed: 1)
    for place in tree.indices { tree[place].upstream = place > 0 ? [((place - 1) / 2, 1)] : [] }
    let small = try ServiceChain(stages: tree, holdingRate: 0.3)
    let rounds = 50
    let seconds = try medianSeconds { for _ in 0..<rounds { _ = try GuaranteedService.solve(small) } }
    var worst = (seconds: 0.0, gap: 0.0)
    for seed in 1...5 {
        let chain = try ServiceChain(stages: ChainGenerator.chain(stages: 2_000, seed: UInt64(seed)), holdingRate: 0.2)
        let clock = ContinuousClock()
        let began = clock.now
        let solution = try GuaranteedService.solve(chain, limits: .init(steps: .max, gap: 0.01)) {
            clock.now - began > .seconds(20)
        }
        worst = (max(worst.seconds, (clock.now - began) / .seconds(1)), max(worst.gap, solution.gap))
    }
    return [
        Measure(
            name: "guaranteed service, tree of 22 stages", unit: "chains", count: Double(rounds), seconds: seconds,
            yardstick: "one in a millisecond", yardstickRate: 1e3),
        Measure(
            name: "guaranteed service, networks of 2,000 stages, worst of 5, gap "
                + String(format: "%.3f %%", 100 * worst.gap), unit: "networks", count: 1, seconds: worst.seconds,
            yardstick: "one to 1 % in 5 s", yardstickRate: 0.2),
    ]
}

/// 200,000 lines of 500 suppliers with minima, multiples, price breaks, containers and a budget.
private func joint() throws -> Measure {
    let count = 200_000
    let lines = (0..<count).map { i -> JointOrder.Line in
        let mean = 5 + Double(i * 37 % 200)
        let price = 5 + Double(i % 17)
        var prices: [(from: Int64, price: Double)] = [(from: 1, price: price)]
        if i % 3 == 0 { prices.append((from: 100, price: 0.9 * price)) }
        let terms = LineTerms(
            prices: prices, minimum: Int64(1 + i % 5), multiple: Int64(1 + i % 12), unitVolume: 0.01)
        let law = DemandLaw.choose(mean: mean, variance: mean * (1.5 + 0.5 * Double(i * 13 % 40)))
        return JointOrder.Line(
            supplier: i % 500, law: law, position: Int64(mean * Double(i * 7 % 100) / 60),
            shortage: 2 + Double(i % 9), holding: 0.3, terms: terms)
    }
    let suppliers = (0..<500).map { i -> JointOrder.Supplier in
        let container = i % 10 == 0 ? JointOrder.Container(volume: 60, cost: 500) : nil
        return JointOrder.Supplier(minimumValue: i % 2 == 0 ? 5_000 : 0, orderCost: 20, container: container)
    }
    let free = try JointOrder(lines: lines, suppliers: suppliers).solve()
    let order = try JointOrder(lines: lines, suppliers: suppliers, budget: 0.7 * free.cost)
    var gap = 0.0
    let seconds = medianSeconds(rounds: 3) { gap = order.solve().gap }
    return Measure(
        name: "joint orders of 500 suppliers within a budget, gap " + String(format: "%.3f %%", 100 * gap),
        unit: "lines", count: Double(count), seconds: seconds, yardstick: "200,000 in 10 s", yardstickRate: 20_000)
}

/// Solutions a second of stockpyl by problem; empty, with a message, where it cannot be installed.
private func stockpyl() -> [String: Double] {
    var rates: [String: Double] = [:]
    let text = PeerScript.output(of: "stockpyl_peer.py", packages: "stockpyl numpy<2") ?? ""
    for line in text.split(separator: "\n") {
        let cells = line.split(separator: "\t")
        if cells.count == 2, let rate = Double(cells[1]) { rates[String(cells[0])] = rate }
    }
    return rates
}
