extension JointOrder {
    /// Orders by marginal value per yuan. The price of money is raised until the budget holds (and the prices of space
    /// until everything fits); what the last steps leave over is then handed to the next best ones. The bound is the
    /// Lagrangian one at the prices found.
    public func solve() -> Solution {
        let stretched = suppliers.map {
            $0.minimumValue > 0 || $0.minimumUnits > 0 || ($0.container?.leastFill ?? 0) > 0
        }
        let freight = suppliers.map(\.freightRate)
        let ladders = lines.map {
            LineLadder($0, stretches: stretched[$0.supplier], freightRate: freight[$0.supplier])
        }
        let none = [Double](repeating: 0, count: limits.count)
        let menus = menus(ladders, none)
        let money = priceOfMoney(menus, isSpaceShort: false)
        if zip(uses(menus, money), limits).allSatisfy({ $0 <= $1 }) {
            return JointAssembly(self, ladders, menus, money: money, prices: none).solution
        }
        let prices = prices(ladders)
        let rented = self.menus(ladders, prices)
        return JointAssembly(
            self, ladders, rented, money: priceOfMoney(rented, isSpaceShort: true), prices: prices
        ).solution
    }

    /// What is short besides money: the space of each warehouse, then the units each supplier can send.
    private var limits: [Double] { spaces + suppliers.map { $0.maximumUnits.map(Double.init) ?? .infinity } }

    /// What a step of a line takes of them, at their prices.
    private func rent(_ line: Int, volume: Double, units: Double, _ prices: [Double]) -> Double {
        prices[lines[line].place] * volume + prices[spaces.count + lines[line].supplier] * units
    }

    /// Prices at which every limit is kept: of those overrun rise, of those with room fall, all at once, by halving in
    /// the logarithm.
    private func prices(_ ladders: [LineLadder]) -> [Double] {
        let limits = limits
        var (cost, volume, units) = (0.0, 0.0, 0.0)
        for ladder in ladders {
            let top = ladder.rungs[ladder.rungs.count - 1]
            cost += top.cost
            volume += top.volume
            units += Double(top.units)
        }
        let usual = limits.indices.map { at in
            let whole = at < spaces.count ? volume : units
            return whole > 0 && cost > 0 ? cost / whole : 1
        }
        var prices = [Double](repeating: 0, count: limits.count)
        var (low, high) = (prices, [Double](repeating: .infinity, count: limits.count))
        func overrun(_ prices: [Double]) -> [Bool] {
            let menus = self.menus(ladders, prices)
            return zip(uses(menus, priceOfMoney(menus, isSpaceShort: true)), limits).map { $0 > $1 }
        }
        for _ in 0..<40 {
            let isFull = overrun(prices)
            var isDone = true
            for at in limits.indices {
                if isFull[at] {
                    low[at] = prices[at]
                    if high[at] <= prices[at] { high[at] = .infinity }
                    prices[at] =
                        high[at] < .infinity && low[at] > 0
                        ? (low[at] * high[at]).squareRoot() : max(usual[at], prices[at] * 8)
                    isDone = false
                } else if prices[at] > 0 {
                    high[at] = prices[at]
                    if low[at] > 0 ? high[at] < low[at] * 1.001 : prices[at] < 1e-9 * usual[at] { continue }
                    prices[at] = low[at] > 0 ? (low[at] * high[at]).squareRoot() : prices[at] / 8
                    isDone = false
                }
            }
            if isDone { break }
        }
        for at in limits.indices where high[at] < .infinity { prices[at] = high[at] }
        // Whoever is still overrun (limits share suppliers and money) pays more until all fits.
        for _ in 0..<60 {
            let isFull = overrun(prices)
            guard isFull.contains(true) else { break }
            for at in limits.indices where isFull[at] { prices[at] = max(usual[at], prices[at] * 2) }
        }
        return prices
    }

    private func menus(_ ladders: [LineLadder], _ prices: [Double]) -> [SupplierMenu] {
        var steps = [[SupplierMenu.Step]](repeating: [], count: suppliers.count)
        for (line, ladder) in ladders.enumerated() where ladder.rungs.count > 1 {
            func weight(_ rung: LineLadder.Rung) -> Double {
                rung.cost + rent(line, volume: rung.volume, units: Double(rung.units), prices)
            }
            let hull = ladder.hull(weight)
            for (from, to) in zip(hull, hull.dropFirst()) {
                let (a, b) = (ladder.rungs[from], ladder.rungs[to])
                let more = weight(b) - weight(a)
                steps[lines[line].supplier].append(
                    SupplierMenu.Step(
                        line: Int32(line), from: Int32(from), rung: Int32(to), value: b.net - a.net,
                        cost: b.cost - a.cost, volume: b.volume - a.volume, units: Double(b.units - a.units),
                        ratio: more > 0 ? (b.net - a.net) / more : b.net > a.net ? .infinity : 0))
            }
        }
        return steps.map { steps in
            SupplierMenu(steps) { rent(Int($0.line), volume: $0.volume, units: $0.units, prices) }
        }
    }

    private func cost(_ menus: [SupplierMenu], _ money: Double) -> Double {
        menus.indices.reduce(0) { $0 + menus[$1].costs[menus[$1].choose(suppliers[$1], money: money).steps] }
    }

    /// What the choices at a price of money take of each limit.
    private func uses(_ menus: [SupplierMenu], _ money: Double) -> [Double] {
        var uses = [Double](repeating: 0, count: spaces.count + suppliers.count)
        let isSpaceShort = spaces.contains { $0 < .infinity }
        guard isSpaceShort || suppliers.contains(where: { $0.maximumUnits != nil }) else { return uses }
        for (supplier, menu) in menus.enumerated() {
            let choice = menu.choose(suppliers[supplier], money: money)
            uses[spaces.count + supplier] = choice.unlimited
            guard isSpaceShort else { continue }
            for step in menu.steps.prefix(choice.steps) { uses[lines[Int(step.line)].place] += step.volume }
        }
        return uses
    }

    /// The lowest price of money at which the budget holds; where only space binds, money is its measure.
    private func priceOfMoney(_ menus: [SupplierMenu], isSpaceShort: Bool) -> Double {
        let least = isSpaceShort ? 1e-6 : 0
        if budget == .infinity || cost(menus, least) <= budget { return least }
        var (low, high) = (least, 1.0)
        while cost(menus, high) > budget, high < 1e12 { (low, high) = (high, high * 4) }
        for _ in 0..<60 where high - low > 1e-12 * high {
            let middle = low + 0.5 * (high - low)
            if cost(menus, middle) > budget { low = middle } else { high = middle }
        }
        return high
    }
}
