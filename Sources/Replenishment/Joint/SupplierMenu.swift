/// The steps of one supplier's lines, dearest yuan first, with their running sums.
struct SupplierMenu {
    /// One step up a line's ladder.
    struct Step {
        var line: Int32
        var from: Int32
        var rung: Int32
        var value: Double
        var cost: Double
        var volume: Double
        var units: Double
        var ratio: Double
    }

    /// How far down a menu an order goes at given prices of money and space.
    struct Choice {
        var steps = 0
        /// Worth at those prices of the whole steps taken, and the most that fractions of steps could be worth.
        var worth = 0.0
        var bound = 0.0
        var containers = 0
        /// Units before the supplier's limit cut them.
        var unlimited = 0.0
        /// The last step is taken for the sake of a rule, and only as far as the rule asks.
        var isForced = false
    }

    let steps: [Step]
    private(set) var values = [0.0]
    private(set) var costs = [0.0]
    private(set) var volumes = [0.0]
    private(set) var units = [0.0]
    /// Price of the space and the supplier's capacity that steps take, at the prices the menu was made with.
    private(set) var rents = [0.0]

    /// - Parameter rent: price of what a step takes besides money.
    init(_ unsorted: [Step], rent: (Step) -> Double) {
        // A line's own steps keep their order: their ratios fall along the hull.
        steps = unsorted.sorted { ($1.ratio, $0.line, $0.rung) < ($0.ratio, $1.line, $1.rung) }
        for step in steps {
            values.append(values[values.count - 1] + step.value)
            costs.append(costs[costs.count - 1] + step.cost)
            volumes.append(volumes[volumes.count - 1] + step.volume)
            units.append(units[units.count - 1] + step.units)
            rents.append(rents[rents.count - 1] + rent(step))
        }
    }

    /// How far to go when money costs `money` beyond itself.
    func choose(_ terms: JointOrder.Supplier, money: Double) -> Choice {
        func worth(_ steps: Int) -> Double { values[steps] - money * (costs[steps] + rents[steps]) }
        func meets(_ steps: Int) -> Bool {
            costs[steps] >= terms.minimumValue && units[steps] >= Double(terms.minimumUnits)
        }
        var end = last(from: 0, to: steps.count) { $0 == 0 || steps[$0 - 1].ratio > money }
        var relaxed = worth(end)
        var isForced = false
        if !meets(end) {
            // What is missing to the minimum is taken in the same order; its last step may be a fraction in the bound.
            var forced = end
            while forced < steps.count, !meets(forced) { forced += 1 }
            guard meets(forced) else {
                // Steps rise in cost, so the value of the whole menu is the most there is; of units there may be more.
                return costs[forced] < terms.minimumValue
                    ? Choice() : Choice(bound: max(0, relaxed - terms.orderCost))
            }
            // The bound looks at the value alone: covering a number of units could take other steps.
            var filled = end
            while costs[filled] < terms.minimumValue { filled += 1 }
            if filled > end {
                let (a, b) = (costs[filled - 1], costs[filled])
                let part = (terms.minimumValue - a) / (b - a)
                relaxed = worth(filled - 1) + part * (worth(filled) - worth(filled - 1))
            }
            (end, isForced) = (forced, true)
        }
        let unlimited = units[end]
        if let most = terms.maximumUnits, units[end] > Double(most) {
            end = last(from: 0, to: end) { units[$0] <= Double(most) }
            // An order forced up to its minimum beyond what the supplier can send is none: it asks for no capacity, whose
            // price would rise for ever.
            if !meets(end) {
                return Choice(bound: max(0, relaxed - terms.orderCost), unlimited: isForced ? 0 : unlimited)
            }
            isForced = false
        }
        var choice = Choice(
            steps: end, worth: worth(end) - terms.orderCost, bound: relaxed - terms.orderCost, isForced: isForced)
        if let container = terms.container {
            choice = containers(
                container, terms, end: end, money: money, isForced: isForced, worth: worth, meets: meets)
            // Values are net of their part of a full container: nobody's containers are fuller.
            choice.bound = relaxed - terms.orderCost
        }
        if choice.worth <= 0 { choice = Choice(bound: choice.bound) }
        if choice.steps > 0 { choice.unlimited = unlimited }
        choice.bound = max(choice.bound, 0)
        return choice
    }

    /// What a step is worth at a price of money where its place in a container is paid for.
    private func gain(_ step: Int, freightRate: Double, money: Double) -> Double {
        steps[step].value + freightRate * steps[step].volume
            - money * (steps[step].cost + rents[step + 1] - rents[step])
    }

    /// Every number of containers that the steps could fill is looked at; the last one goes when it is filled enough,
    /// if need be with steps that are not worth their holding.
    private func containers(
        _ container: JointOrder.Container, _ terms: JointOrder.Supplier, end: Int, money: Double, isForced: Bool,
        worth: (Int) -> Double, meets: (Int) -> Bool
    ) -> Choice {
        let most = Int(min((volumes[end] / container.volume - 1e-9).rounded(.up), 10_000))
        var best = Choice()
        for count in stride(from: 1, through: max(1, most), by: 1) {
            let room = Double(count) * container.volume * (1 + 1e-12)
            let least = (Double(count - 1) + container.leastFill) * container.volume
            var steps = last(from: 0, to: end) { volumes[$0] <= room }
            // What is left of the last container goes to whatever is worth more than its price.
            if steps == end {
                while steps < self.steps.count, volumes[steps + 1] <= room,
                    terms.maximumUnits.map({ units[steps + 1] <= Double($0) }) ?? true,
                    gain(steps, freightRate: terms.freightRate, money: money) > 0
                {
                    steps += 1
                }
            }
            var isForced = isForced && steps == end
            // Where the next step crosses the room, a part of it fills the container.
            if volumes[steps] < least, steps >= end {
                while steps < self.steps.count, volumes[steps] < least { steps += 1 }
                guard volumes[steps] >= least else { continue }
                if let most = terms.maximumUnits, units[steps] > Double(most) { continue }
                isForced = true
            }
            let empty = Double(count) * container.volume - volumes[steps]
            let net = worth(steps) - terms.freightRate * empty - terms.orderCost
            if meets(steps), net > best.worth {
                best = Choice(steps: steps, worth: net, containers: count, isForced: isForced)
            }
        }
        return best
    }

    /// The last place up to which a condition holds that holds at `low` and then, from somewhere on, no longer.
    private func last(from low: Int, to high: Int, _ holds: (Int) -> Bool) -> Int {
        var (low, high) = (low, high)
        while low < high {
            let middle = (low + high + 1) / 2
            if holds(middle) { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
