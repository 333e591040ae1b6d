import Foundation

/// The cheapest service times of a forest of links, by dynamic programming over whole periods (Graves and Willems,
/// 2000), with a price on each service time added: what a relaxation of the other links needs.
///
/// Working memory is kept between calls; one stage costs (times quoted to it) x (times quoted by it) steps, all of them
/// additions and minima over neighbouring numbers.
struct TreeProgram {
    private let chain: ServiceChain
    /// Where each stage's block begins in columns by time quoted to it, and by it; one more entry than stages.
    let startIn: [Int]
    let startOut: [Int]
    /// Costs by the time quoted to a stage, and by it: its own prices and what hangs below in the forest.
    private var inCost: [Double]
    private var outCost: [Double]
    /// The best of the whole subtree by the time that the parent sees.
    private var inBest: [Double]
    private var outBest: [Double]
    /// Cost of 0, 1, 2 ... periods to bridge, and the same backwards; one block a stage.
    private let bridging: [Double]
    private let backwards: [Double]
    private let startBridge: [Int]
    private let longest: [Int]

    init(_ chain: ServiceChain) {
        self.chain = chain
        var (ins, outs, bridges) = ([0], [0], [0])
        var bridging: [Double] = []
        var backwards: [Double] = []
        var longest: [Int] = []
        for stage in chain.stages.indices {
            ins.append(ins[stage] + chain.longestIn[stage] + 1)
            outs.append(outs[stage] + chain.longestOut[stage] + 1)
            let reach = chain.longestIn[stage] + chain.stages[stage].leadTime
            longest.append(reach)
            bridges.append(bridges[stage] + reach + 1)
            let costs = (0...reach).map { chain.cost(stage, periods: $0) }
            bridging += costs
            backwards += costs.reversed()
        }
        (startIn, startOut, startBridge) = (ins, outs, bridges)
        (self.bridging, self.backwards, self.longest) = (bridging, backwards, longest)
        inCost = [Double](repeating: 0, count: ins[chain.stages.count])
        outCost = [Double](repeating: 0, count: outs[chain.stages.count])
        inBest = inCost
        outBest = outCost
    }

    /// The least of costs plus charges over the forest's links and the domain, and times that have it; nil when there
    /// are none.
    ///
    /// - Parameter charges: by stage and time quoted to it, and by it, in the layout of `startIn` and `startOut`.
    mutating func solve(
        _ tree: ServiceTree, domain: ServiceDomain, charges: (incoming: [Double], outgoing: [Double])? = nil
    ) -> (value: Double, times: ServiceTimes)? {
        let count = chain.stages.count
        for stage in 0..<count {
            for time in 0...chain.longestIn[stage] {
                let cell = startIn[stage] + time
                inCost[cell] =
                    time < domain.lowIn[stage] || time > domain.highIn[stage] ? .infinity : charges?.incoming[cell] ?? 0
            }
            for time in 0...chain.longestOut[stage] {
                let cell = startOut[stage] + time
                outCost[cell] =
                    time < domain.lowOut[stage] || time > domain.highOut[stage]
                    ? .infinity : charges?.outgoing[cell] ?? 0
            }
        }
        var total = 0.0
        var times = ServiceTimes(
            incoming: [Int](repeating: 0, count: count), outgoing: [Int](repeating: 0, count: count))
        for stage in tree.order {
            let parent = tree.parent[stage]
            if parent >= 0, !tree.parentIsCustomer[stage] {
                gatherIn(stage, domain)
                // The parent quotes at most what this stage is quoted.
                var best = Double.infinity
                for time in stride(from: chain.longestIn[stage], through: 0, by: -1) {
                    best = min(best, inBest[startIn[stage] + time])
                    if time <= chain.longestOut[parent] { outCost[startOut[parent] + time] += best }
                }
                if chain.longestOut[parent] > chain.longestIn[stage] {
                    for time in chain.longestIn[stage] + 1...chain.longestOut[parent] {
                        outCost[startOut[parent] + time] = .infinity
                    }
                }
            } else {
                gatherOut(stage, domain)
                if parent >= 0 {
                    var best = Double.infinity
                    for time in 0...chain.longestIn[parent] {
                        if time <= chain.longestOut[stage] { best = min(best, outBest[startOut[stage] + time]) }
                        inCost[startIn[parent] + time] += best
                    }
                } else {
                    let (value, time) = least(outBest, startOut[stage], domain.lowOut[stage], domain.highOut[stage])
                    total += value
                    times.outgoing[stage] = time
                }
            }
        }
        guard total.isFinite else { return nil }
        for stage in tree.order.reversed() {
            let parent = tree.parent[stage]
            if parent >= 0, !tree.parentIsCustomer[stage] {
                let low = max(times.outgoing[parent], domain.lowIn[stage])
                times.incoming[stage] = least(inBest, startIn[stage], low, domain.highIn[stage]).time
                times.outgoing[stage] = bestOut(stage, times.incoming[stage], domain)
            } else {
                if parent >= 0 {
                    let high = min(times.incoming[parent], domain.highOut[stage])
                    times.outgoing[stage] = least(outBest, startOut[stage], domain.lowOut[stage], high).time
                }
                times.incoming[stage] = bestIn(stage, times.outgoing[stage], domain)
            }
        }
        return (total, times)
    }

    /// inBest: for each time quoted to the stage the best time quoted by it.
    private mutating func gatherIn(_ stage: Int, _ domain: ServiceDomain) {
        let lead = chain.stages[stage].leadTime
        let (low, high) = (domain.lowIn[stage], domain.highIn[stage])
        let (lowOut, highOut) = (domain.lowOut[stage], domain.highOut[stage])
        let (base, out, bridge) = (startIn[stage], startOut[stage], startBridge[stage])
        let longestIn = chain.longestIn[stage]
        let (bridging, inCost, outCost) = (bridging, inCost, outCost)
        inBest.withUnsafeMutableBufferPointer { best in
            for time in 0...longestIn { best[base + time] = .infinity }
            bridging.withUnsafeBufferPointer { bridging in
                for quoted in stride(from: lowOut, through: highOut, by: 1) {
                    let cost = outCost[out + quoted]
                    guard cost < .infinity else { continue }
                    let first = max(low, quoted - lead)
                    guard first <= high else { break }
                    let target = best.baseAddress.unsafelyUnwrapped + base
                    let table = bridging.baseAddress.unsafelyUnwrapped + (bridge + lead - quoted)
                    for time in first...high {
                        let value = table[time] + cost
                        target[time] = value < target[time] ? value : target[time]
                    }
                }
            }
            for time in stride(from: low, through: high, by: 1) { best[base + time] += inCost[base + time] }
        }
    }

    /// outBest: for each time quoted by the stage the best time quoted to it.
    private mutating func gatherOut(_ stage: Int, _ domain: ServiceDomain) {
        let (lead, reach) = (chain.stages[stage].leadTime, longest[stage])
        let (low, high) = (domain.lowOut[stage], domain.highOut[stage])
        let (base, ins, bridge) = (startOut[stage], startIn[stage], startBridge[stage])
        let longestOut = chain.longestOut[stage]
        let (lowIn, highIn) = (domain.lowIn[stage], domain.highIn[stage])
        let (backwards, inCost, outCost) = (backwards, inCost, outCost)
        outBest.withUnsafeMutableBufferPointer { best in
            for time in 0...longestOut { best[base + time] = .infinity }
            backwards.withUnsafeBufferPointer { backwards in
                for received in stride(from: lowIn, through: highIn, by: 1) {
                    let cost = inCost[ins + received]
                    guard cost < .infinity else { continue }
                    let last = min(high, received + lead)
                    guard last >= low else { continue }
                    let target = best.baseAddress.unsafelyUnwrapped + base
                    let table = backwards.baseAddress.unsafelyUnwrapped + (bridge + reach - received - lead)
                    for time in low...last {
                        let value = table[time] + cost
                        target[time] = value < target[time] ? value : target[time]
                    }
                }
            }
            for time in stride(from: low, through: high, by: 1) { best[base + time] += outCost[base + time] }
        }
    }

    private func bestOut(_ stage: Int, _ incoming: Int, _ domain: ServiceDomain) -> Int {
        let lead = chain.stages[stage].leadTime
        var best = (value: Double.infinity, time: domain.lowOut[stage])
        for time in stride(from: domain.lowOut[stage], through: min(domain.highOut[stage], incoming + lead), by: 1) {
            let value = bridging[startBridge[stage] + incoming + lead - time] + outCost[startOut[stage] + time]
            if value < best.value { best = (value, time) }
        }
        return best.time
    }

    private func bestIn(_ stage: Int, _ outgoing: Int, _ domain: ServiceDomain) -> Int {
        let lead = chain.stages[stage].leadTime
        var best = (value: Double.infinity, time: domain.highIn[stage])
        for time in stride(from: max(domain.lowIn[stage], outgoing - lead), through: domain.highIn[stage], by: 1) {
            let value = bridging[startBridge[stage] + time + lead - outgoing] + inCost[startIn[stage] + time]
            if value < best.value { best = (value, time) }
        }
        return best.time
    }

    private func least(_ costs: [Double], _ start: Int, _ low: Int, _ high: Int) -> (value: Double, time: Int) {
        var best = (value: Double.infinity, time: low)
        for time in stride(from: low, through: high, by: 1) where costs[start + time] < best.value {
            best = (costs[start + time], time)
        }
        return best
    }
}
