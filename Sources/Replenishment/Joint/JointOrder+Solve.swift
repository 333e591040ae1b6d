extension JointOrder {
    /// One step up a line's ladder.
    fileprivate struct Step {
        var line: Int32
        var rung: Int32
        var value: Double
        var cost: Double
        var volume: Double
        var units: Double
        var ratio: Double
    }

    /// The steps of one supplier, dearest yuan first, and their running sums.
    fileprivate struct Menu {
        var steps: [Step]
        var values: [Double]
        var costs: [Double]
        var volumes: [Double]
        var units: [Double]
    }

    /// What a supplier's menu comes to at given prices of money and space.
    fileprivate struct Choice {
        var steps = 0
        /// Worth at those prices of the whole steps taken, and the most that fractions of steps could be worth.
        var worth = 0.0
        var bound = 0.0
        var containers = 0
    }

    /// Orders by marginal value per yuan. The price of money is raised until the budget holds (and the price of space
    /// until everything fits); what the last steps leave over is then handed to the next best ones. The bound is the
    /// Lagrangian one at the prices found.
    public func solve() -> Solution {
        let stretched = suppliers.map { $0.minimumValue > 0 || $0.minimumUnits > 0 }
        let ladders = lines.map { LineLadder($0, stretches: stretched[$0.supplier]) }
        var menus = menus(ladders, spacePrice: 0)
        var spacePrice = 0.0
        var money = priceOfMoney(menus, spacePrice: 0)
        if space < .infinity, volume(menus, money, 0) > space {
            // Prices of space are found by halving; each one turns the menus round.
            var (low, high) = (0.0, 1e4)
            func overflows(_ price: Double) -> Bool {
                menus = self.menus(ladders, spacePrice: price)
                money = priceOfMoney(menus, spacePrice: price)
                return volume(menus, money, price) > space
            }
            while overflows(high), high < 1e18 { (low, high) = (high, high * 8) }
            for _ in 0..<16 where high - low > 1e-4 * high {
                let middle = low + 0.5 * (high - low)
                if overflows(middle) { low = middle } else { high = middle }
            }
            spacePrice = high
            _ = overflows(high)
        }
        return assemble(ladders, menus, money: money, spacePrice: spacePrice)
    }

    private func menus(_ ladders: [LineLadder], spacePrice: Double) -> [Menu] {
        var steps = [[Step]](repeating: [], count: suppliers.count)
        for (line, ladder) in ladders.enumerated() where ladder.rungs.count > 1 {
            let hull = ladder.hull(spacePrice: spacePrice)
            for (from, to) in zip(hull, hull.dropFirst()) {
                let (a, b) = (ladder.rungs[from], ladder.rungs[to])
                let weight = b.cost - a.cost + spacePrice * (b.volume - a.volume)
                steps[lines[line].supplier].append(
                    Step(
                        line: Int32(line), rung: Int32(to), value: b.value - a.value, cost: b.cost - a.cost,
                        volume: b.volume - a.volume, units: Double(b.units - a.units),
                        ratio: weight > 0 ? (b.value - a.value) / weight : b.value > a.value ? .infinity : 0))
            }
        }
        return steps.map { steps in
            // A line's own steps keep their order: their ratios fall along the hull.
            let sorted = steps.sorted { ($1.ratio, $0.line, $0.rung) < ($0.ratio, $1.line, $1.rung) }
            var (values, costs, volumes, units) = ([0.0], [0.0], [0.0], [0.0])
            for step in sorted {
                values.append(values[values.count - 1] + step.value)
                costs.append(costs[costs.count - 1] + step.cost)
                volumes.append(volumes[volumes.count - 1] + step.volume)
                units.append(units[units.count - 1] + step.units)
            }
            return Menu(steps: sorted, values: values, costs: costs, volumes: volumes, units: units)
        }
    }

    /// How far down its menu a supplier's order goes when money costs `money` beyond itself and space `spacePrice`.
    private func choose(_ supplier: Int, _ menu: Menu, money: Double, spacePrice: Double) -> Choice {
        let terms = suppliers[supplier]
        func worth(_ steps: Int) -> Double {
            menu.values[steps] - money * menu.costs[steps] - money * spacePrice * menu.volumes[steps]
        }
        /// The first place from which on steps are worth less than their weight.
        func until(_ floor: Double) -> Int {
            var (low, high) = (0, menu.steps.count)
            while low < high {
                let middle = (low + high) / 2
                if menu.steps[middle].ratio > floor { low = middle + 1 } else { high = middle }
            }
            return low
        }
        func meets(_ steps: Int) -> Bool {
            menu.costs[steps] >= terms.minimumValue && menu.units[steps] >= Double(terms.minimumUnits)
        }
        var end = until(money)
        var relaxed = worth(end)
        if !meets(end) {
            // What is missing to the minimum is taken in the same order; its last step may be a fraction in the bound.
            var forced = end
            while forced < menu.steps.count, !meets(forced) { forced += 1 }
            guard meets(forced) else {
                // Steps rise in cost, so the value of the whole menu is the most there is; of units there may be more.
                return menu.costs[forced] < terms.minimumValue
                    ? Choice() : Choice(bound: max(0, relaxed - terms.orderCost))
            }
            // The bound looks at the value alone: covering a number of units could take other steps.
            var filled = end
            while menu.costs[filled] < terms.minimumValue { filled += 1 }
            if filled > end {
                let (a, b) = (menu.costs[filled - 1], menu.costs[filled])
                let part = (terms.minimumValue - a) / (b - a)
                relaxed = worth(filled - 1) + part * (worth(filled) - worth(filled - 1))
            }
            end = forced
        }
        var choice = Choice(steps: end, worth: worth(end) - terms.orderCost, bound: relaxed - terms.orderCost)
        if let container = terms.container {
            // Look at every number of containers that the steps could fill.
            let most = Int(min((menu.volumes[end] / container.volume).rounded(.up), 10_000))
            var best = Choice()
            for count in stride(from: 1, through: max(1, most), by: 1) {
                let room = Double(count) * container.volume
                var (low, high) = (0, end)
                while low < high {
                    let middle = (low + high + 1) / 2
                    if menu.volumes[middle] <= room { low = middle } else { high = middle - 1 }
                }
                let net = worth(low) - Double(count) * container.cost - terms.orderCost
                if meets(low), net > best.worth { best = Choice(steps: low, worth: net, bound: 0, containers: count) }
            }
            // Whoever orders begins one container at least.
            best.bound = relaxed - terms.orderCost - container.cost
            choice = best
        }
        if choice.worth <= 0 { (choice.steps, choice.worth, choice.containers) = (0, 0, 0) }
        choice.bound = max(choice.bound, 0)
        return choice
    }

    private func cost(_ menus: [Menu], _ money: Double, _ spacePrice: Double) -> Double {
        menus.indices.reduce(0) {
            $0 + menus[$1].costs[choose($1, menus[$1], money: money, spacePrice: spacePrice).steps]
        }
    }

    private func volume(_ menus: [Menu], _ money: Double, _ spacePrice: Double) -> Double {
        menus.indices.reduce(0) {
            $0 + menus[$1].volumes[choose($1, menus[$1], money: money, spacePrice: spacePrice).steps]
        }
    }

    /// The lowest price of money at which the budget holds; where only space binds, money is its measure.
    private func priceOfMoney(_ menus: [Menu], spacePrice: Double) -> Double {
        let least = spacePrice > 0 ? 1e-6 : 0
        if cost(menus, least, spacePrice) <= budget { return least }
        var (low, high) = (least, 1.0)
        while cost(menus, high, spacePrice) > budget, high < 1e12 { (low, high) = (high, high * 4) }
        for _ in 0..<60 where high - low > 1e-12 * high {
            let middle = low + 0.5 * (high - low)
            if cost(menus, middle, spacePrice) > budget { low = middle } else { high = middle }
        }
        return high
    }

    private func assemble(
        _ ladders: [LineLadder], _ menus: [Menu], money: Double, spacePrice: Double
    ) -> Solution {
        var chosen = [Int](repeating: 0, count: lines.count)
        var solution = Solution(
            quantities: [Int64](repeating: 0, count: lines.count),
            isOrdered: [Bool](repeating: false, count: suppliers.count),
            containers: [Int](repeating: 0, count: suppliers.count), value: 0, upperBound: 0, cost: 0, volume: 0,
            budgetPrice: money, spacePrice: money * spacePrice)
        if budget < .infinity { solution.upperBound += money * budget }
        if space < .infinity { solution.upperBound += money * spacePrice * space }
        var rest: [(supplier: Int, step: Step)] = []
        var room = [Double](repeating: .infinity, count: suppliers.count)
        for (supplier, menu) in menus.enumerated() {
            let choice = choose(supplier, menu, money: money, spacePrice: spacePrice)
            solution.upperBound += choice.bound
            guard choice.steps > 0 else { continue }
            solution.isOrdered[supplier] = true
            solution.containers[supplier] = choice.containers
            solution.value -= suppliers[supplier].orderCost
            if let container = suppliers[supplier].container {
                solution.value -= Double(choice.containers) * container.cost
                room[supplier] = Double(choice.containers) * container.volume - menu.volumes[choice.steps]
            }
            for (place, step) in menu.steps.enumerated() {
                if place < choice.steps {
                    take(step)
                } else if step.value > 0, rest.count < 4 * lines.count + 1_000 {
                    rest.append((supplier, step))
                }
            }
        }
        func take(_ step: Step) {
            chosen[Int(step.line)] = Int(step.rung)
            solution.value += step.value
            solution.cost += step.cost
            solution.volume += step.volume
        }
        // What budget, space and containers still hold goes to the next steps that fit, the best yuan first.
        rest.sort { ($1.step.ratio, $0.step.line, $0.step.rung) < ($0.step.ratio, $1.step.line, $1.step.rung) }
        var blocked = Set<Int32>()
        for (supplier, step) in rest where !blocked.contains(step.line) {
            if solution.cost + step.cost <= budget, solution.volume + step.volume <= space,
                step.volume <= room[supplier]
            {
                take(step)
                room[supplier] -= step.volume
            } else {
                blocked.insert(step.line)
            }
        }
        for line in lines.indices { solution.quantities[line] = ladders[line].rungs[chosen[line]].units }
        solution.upperBound = max(solution.upperBound, solution.value)
        return solution
    }
}
