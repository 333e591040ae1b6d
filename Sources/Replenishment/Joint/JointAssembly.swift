/// A joint order put together from the choices at given prices.
struct JointAssembly {
    private let order: JointOrder
    private let ladders: [LineLadder]
    private var chosen: [LineLadder.Rung]
    private(set) var solution: JointOrder.Solution
    /// What is left of each supplier's containers and units, and of each warehouse's space.
    private var room: [Double]
    private var units: [Double]
    private var space: [Double]
    private var spent: [Double]
    private var taken: [Int64]

    /// - Parameter prices: of the warehouses' space and then the suppliers' units, as parts of the price of money.
    init(_ order: JointOrder, _ ladders: [LineLadder], _ menus: [SupplierMenu], money: Double, prices: [Double]) {
        (self.order, self.ladders) = (order, ladders)
        let suppliers = order.suppliers
        chosen = ladders.map { $0.rungs[0] }
        let places = order.spaces.count
        solution = JointOrder.Solution(
            quantities: [Int64](repeating: 0, count: order.lines.count),
            isOrdered: [Bool](repeating: false, count: suppliers.count),
            containers: [Int](repeating: 0, count: suppliers.count), value: 0, upperBound: 0, cost: 0, volume: 0,
            budgetPrice: money, spacePrices: prices[..<places].map { money * $0 },
            capacityPrices: prices[places...].map { money * $0 })
        room = [Double](repeating: .infinity, count: suppliers.count)
        units = suppliers.map { $0.maximumUnits.map(Double.init) ?? .infinity }
        spent = [Double](repeating: 0, count: suppliers.count)
        taken = [Int64](repeating: 0, count: suppliers.count)
        space = order.spaces
        if order.budget < .infinity { solution.upperBound += money * order.budget }
        for (price, limit) in zip(solution.spacePrices + solution.capacityPrices, space + units) where price > 0 {
            solution.upperBound += price * limit
        }
        take(menus, money: money)
        for line in order.lines.indices { solution.quantities[line] = chosen[line].units }
        solution.upperBound = max(solution.upperBound, solution.value)
    }

    private mutating func take(_ menus: [SupplierMenu], money: Double) {
        var rest: [(supplier: Int, step: SupplierMenu.Step)] = []
        var left: [Int] = []
        for (supplier, menu) in menus.enumerated() {
            let choice = menu.choose(order.suppliers[supplier], money: money)
            solution.upperBound += choice.bound
            guard choice.steps > 0 else {
                if !menu.steps.isEmpty { left.append(supplier) }
                continue
            }
            open(supplier, containers: choice.containers)
            for step in menu.steps.prefix(choice.steps) { take(ladders[Int(step.line)].rungs[Int(step.rung)], step) }
            if choice.isForced { trim(menu.steps[choice.steps - 1], menu, choice, supplier) }
            let freightRate = order.suppliers[supplier].freightRate
            for step in menu.steps[choice.steps...]
            where step.value + freightRate * step.volume > 0 && rest.count < 4 * order.lines.count + 1_000 {
                rest.append((supplier, step))
            }
        }
        // What budget, space and containers still hold goes to the next steps that fit, the best yuan first.
        rest.sort { ($1.step.ratio, $0.step.line, $0.step.rung) < ($0.step.ratio, $1.step.line, $1.step.rung) }
        var blocked = Set<Int32>()
        for (supplier, step) in rest { _ = takeWhatFits(step, supplier, &blocked) }
        let isShort = order.budget < .infinity || space.contains { $0 < .infinity } || units.contains { $0 < .infinity }
        if isShort {
            // Prices alone leave large steps out altogether: orders not begun take what is left, the dearest yuan first.
            left.sort { (menus[$1].steps[0].ratio, $0) < (menus[$0].steps[0].ratio, $1) }
            for supplier in left where order.suppliers[supplier].container == nil { begin(supplier, menus[supplier]) }
        }
        for (supplier, menu) in menus.enumerated() where solution.isOrdered[supplier] { fill(supplier, menu) }
    }

    private mutating func open(_ supplier: Int, containers: Int) {
        solution.isOrdered[supplier] = true
        solution.containers[supplier] = containers
        solution.value -= order.suppliers[supplier].orderCost
        guard let container = order.suppliers[supplier].container else { return }
        solution.value -= Double(containers) * container.cost
        room[supplier] = Double(containers) * container.volume * (1 + 1e-12)
    }

    private mutating func take(_ rung: LineLadder.Rung, _ step: SupplierMenu.Step) {
        let line = Int(step.line)
        let (before, supplier) = (chosen[line], order.lines[line].supplier)
        chosen[line] = rung
        solution.value += rung.value - before.value
        solution.cost += rung.cost - before.cost
        spent[supplier] += rung.cost - before.cost
        taken[supplier] += rung.units - before.units
        let volume = rung.volume - before.volume
        solution.volume += volume
        room[supplier] -= volume
        space[order.lines[line].place] -= volume
        units[supplier] -= Double(rung.units - before.units)
    }

    private func fits(_ rung: LineLadder.Rung, _ step: SupplierMenu.Step, _ supplier: Int) -> Bool {
        let before = chosen[Int(step.line)]
        let volume = rung.volume - before.volume
        return solution.cost + rung.cost - before.cost <= order.budget && volume <= room[supplier]
            && volume <= space[order.lines[Int(step.line)].place]
            && Double(rung.units - before.units) <= units[supplier]
    }

    /// Takes a step, or the part of it that fits where that is worth having. A line that is cut takes no later step.
    private mutating func takeWhatFits(
        _ step: SupplierMenu.Step, _ supplier: Int, _ blocked: inout Set<Int32>
    ) -> Bool {
        guard !blocked.contains(step.line) else { return false }
        let ladder = ladders[Int(step.line)]
        if fits(ladder.rungs[Int(step.rung)], step, supplier) {
            take(ladder.rungs[Int(step.rung)], step)
            return true
        }
        blocked.insert(step.line)
        let part = ladder.between(Int(step.from), Int(step.rung), lowest: false) { fits($0, step, supplier) }
        guard let part, part.value > chosen[Int(step.line)].value else { return false }
        take(part, step)
        return true
    }

    /// Begins a supplier's order with all of its steps that fit, and takes it back where it breaks a minimum or is worth
    /// less than nothing.
    private mutating func begin(_ supplier: Int, _ menu: SupplierMenu) {
        let before = solution.value
        var blocked = Set<Int32>()
        open(supplier, containers: 0)
        for step in menu.steps where step.value > 0 { _ = takeWhatFits(step, supplier, &blocked) }
        let terms = order.suppliers[supplier]
        if solution.value <= before || spent[supplier] < terms.minimumValue || taken[supplier] < terms.minimumUnits {
            drop(supplier, menu)
        }
    }

    /// Takes a supplier's whole order back.
    private mutating func drop(_ supplier: Int, _ menu: SupplierMenu) {
        for step in menu.steps where chosen[Int(step.line)].units > 0 { take(ladders[Int(step.line)].rungs[0], step) }
        solution.isOrdered[supplier] = false
        let terms = order.suppliers[supplier]
        solution.value += terms.orderCost + Double(solution.containers[supplier]) * (terms.container?.cost ?? 0)
        solution.containers[supplier] = 0
    }

    /// Fills a last container that steps too large to be parted left too empty to be sent, with whatever costs least; where
    /// nothing fits, the container is not begun.
    private mutating func fill(_ supplier: Int, _ menu: SupplierMenu) {
        guard let container = order.suppliers[supplier].container, container.leastFill > 0 else { return }
        func least(_ count: Int) -> Double {
            (Double(count - 1) + container.leastFill) * container.volume * (1 + 1e-12)
        }
        func used() -> Double {
            Double(solution.containers[supplier]) * container.volume * (1 + 1e-12) - room[supplier]
        }
        // To within the largest multiple.
        let slack = menu.steps.reduce(0.0) { max($0, ladders[Int($1.line)].lotVolume) }
        var blocked = Set<Int32>()
        for step in menu.steps where used() + slack <= least(solution.containers[supplier]) {
            let ladder = ladders[Int(step.line)]
            guard chosen[Int(step.line)].units < ladder.rungs[Int(step.rung)].units, !blocked.contains(step.line) else {
                continue
            }
            if fits(ladder.rungs[Int(step.rung)], step, supplier) {
                take(ladder.rungs[Int(step.rung)], step)
            } else {
                blocked.insert(step.line)
            }
        }
        while solution.isOrdered[supplier], used() + slack <= least(solution.containers[supplier]) {
            // One container less: the steps worth least go first.
            solution.containers[supplier] -= 1
            solution.value += container.cost
            room[supplier] -= container.volume * (1 + 1e-12)
            for step in menu.steps.reversed() where room[supplier] < 0 {
                let ladder = ladders[Int(step.line)]
                if chosen[Int(step.line)].units > ladder.rungs[Int(step.from)].units {
                    take(ladder.rungs[Int(step.from)], step)
                }
            }
            if solution.containers[supplier] == 0 { drop(supplier, menu) }
        }
        let terms = order.suppliers[supplier]
        if solution.isOrdered[supplier], spent[supplier] < terms.minimumValue { drop(supplier, menu) }
    }

    /// Takes back what the last step brings beyond the rule it was taken for.
    private mutating func trim(
        _ step: SupplierMenu.Step, _ menu: SupplierMenu, _ choice: SupplierMenu.Choice, _ supplier: Int
    ) {
        let terms = order.suppliers[supplier]
        let ladder = ladders[Int(step.line)]
        let here = ladder.rungs[Int(step.rung)]
        let end = choice.steps
        let least =
            terms.container.map { (Double(choice.containers - 1) + $0.leastFill) * $0.volume * (1 - 1e-12) } ?? 0
        func meets(_ rung: LineLadder.Rung) -> Bool {
            menu.costs[end] - here.cost + rung.cost >= terms.minimumValue
                && menu.units[end] - Double(here.units - rung.units) >= Double(terms.minimumUnits)
                && menu.volumes[end] - here.volume + rung.volume >= least
        }
        if let less = ladder.between(Int(step.from), Int(step.rung), lowest: true, meets), less.value > here.value {
            take(less, step)
        }
        // A container filled to the brim holds no part of a multiple.
        while room[supplier] < 0, terms.container != nil,
            let less = ladder.lotBelow(chosen[Int(step.line)], above: Int(step.from))
        {
            take(less, step)
        }
        // A step that cannot be parted and does not fit is not taken: `fill` looks for another.
        if room[supplier] < 0 { take(ladder.rungs[Int(step.from)], step) }
    }
}
