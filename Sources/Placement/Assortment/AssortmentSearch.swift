extension AssortmentProblem {
    /// Starts with everything at its highest level and gives up, one step of one item at a time, what loses least for
    /// the room it frees, until the room is kept and no step costs more than it earns; then exchanges steps while that
    /// gains. Giving up sees which items belong together, which adding item by item to an empty warehouse cannot: the
    /// first of two is worth nothing without the second.
    ///
    /// - Parameter isExchanging: false to leave out the exchanges.
    public func solve(isExchanging: Bool = true) -> Assortment {
        var search = AssortmentSearch(self)
        search.giveUp { $0.fits }
        if isExchanging { search.exchange() }
        return Assortment(levels: search.level, givenUp: search.givenUp)
    }

    /// All items in the order in which they are given up, first to last, whatever the room: every tail of the list is
    /// an assortment of its size.
    public func ranking() -> [Int] {
        var search = AssortmentSearch(self)
        search.giveUp { $0.held == 0 }
        return search.givenUp
    }
}

/// The state of the search: levels, and what each basket and item is worth at them.
private struct AssortmentSearch {
    let problem: AssortmentProblem
    private(set) var level: [Int]
    private(set) var givenUp: [Int] = []
    private(set) var held = 0
    private var room = 0.0
    /// Worth of each basket as it is filled now; and for each item the sum over its baskets.
    private var value: [Double]
    private var sums: [Double]
    /// Baskets of each item, in one flat buffer.
    private var offsets: [Int]
    private var baskets: [Int32]
    private var cheapest: LeastTree

    init(_ problem: AssortmentProblem) {
        self.problem = problem
        let (n, data) = (problem.baskets.itemCount, problem.baskets)
        level = problem.levels.map(\.count)
        value = [Double](repeating: 0, count: data.count)
        sums = [Double](repeating: 0, count: n)
        offsets = [Int](repeating: 0, count: n + 1)
        for item in data.items { offsets[Int(item) + 1] += 1 }
        for item in 0..<n { offsets[item + 1] += offsets[item] }
        var filled = offsets
        baskets = [Int32](repeating: 0, count: data.items.count)
        for basket in 0..<data.count {
            for item in data.items(basket) {
                baskets[filled[Int(item)]] = Int32(basket)
                filled[Int(item)] += 1
            }
        }
        cheapest = LeastTree(count: n)
        for item in 0..<n where level[item] > 0 {
            held += 1
            room += problem.levels[item][level[item] - 1].room
        }
        price()
    }

    /// What an item's level lets through of a basket.
    private func availability(_ item: Int, _ level: Int) -> Double {
        level > 0 ? problem.levels[item][level - 1].availability : problem.closeness * least(item)
    }

    /// An item that is held at its lowest level is still worth more than none.
    private func least(_ item: Int) -> Double { problem.levels[item].first?.availability ?? 1 }

    private func cost(_ item: Int, _ level: Int) -> Double { level > 0 ? problem.levels[item][level - 1].cost : 0 }
    private func space(_ item: Int, _ level: Int) -> Double { level > 0 ? problem.levels[item][level - 1].room : 0 }

    /// Values all baskets and items afresh.
    private mutating func price() {
        let data = problem.baskets
        for item in sums.indices { sums[item] = 0 }
        for basket in 0..<data.count {
            var worth = problem.worth * data.weights[basket]
            for item in data.items(basket) { worth *= availability(Int(item), level[Int(item)]) }
            value[basket] = worth
            for item in data.items(basket) { sums[Int(item)] += worth }
        }
        for item in sums.indices { cheapest.set(item, loss(item)) }
    }

    /// What giving up one step of an item loses, for each unit of room it frees; infinite when there is none to give.
    private func loss(_ item: Int) -> Double {
        guard level[item] > 0 else { return .infinity }
        let net = netLoss(item)
        // What costs more than it earns goes first, whatever its room.
        return net <= 0 ? net - 1 : net / max(1e-9, freed(item))
    }

    private func netLoss(_ item: Int) -> Double {
        let now = level[item]
        return sums[item] * (1 - availability(item, now - 1) / availability(item, now))
            - (cost(item, now) - cost(item, now - 1))
    }

    /// Where only the number of items counts, each takes the same.
    private func freed(_ item: Int) -> Double {
        problem.room < .infinity ? space(item, level[item]) - space(item, level[item] - 1) : 1
    }

    var fits: Bool { room <= problem.room * (1 + 1e-12) && held <= problem.maximumItems }

    /// One step after the other, until `isEnough`; what does not pay is given up in any case.
    mutating func giveUp(until isEnough: (Self) -> Bool) {
        while held > 0 {
            let (item, least) = cheapest.least
            guard least < .infinity, !isEnough(self) || least <= -1 + 1e-15 && netLoss(item) < 0 else { return }
            change(item, to: level[item] - 1, updatesTree: true)
            if level[item] == 0 { givenUp.append(item) }
        }
    }

    /// Sets the level of an item, and what its baskets and their items are worth.
    private mutating func change(_ item: Int, to new: Int, updatesTree: Bool) {
        let ratio = availability(item, new) / availability(item, level[item])
        room += space(item, new) - space(item, level[item])
        held += (new > 0 ? 1 : 0) - (level[item] > 0 ? 1 : 0)
        level[item] = new
        var touched: [Int32] = []
        for k in offsets[item]..<offsets[item + 1] {
            let basket = Int(baskets[k])
            let shift = value[basket] * (ratio - 1)
            value[basket] *= ratio
            for other in problem.baskets.items(basket) {
                sums[Int(other)] += shift
                if updatesTree { touched.append(other) }
            }
        }
        guard updatesTree else { return }
        // Each once: an item is in many of the baskets.
        touched.append(Int32(item))
        touched.sort()
        var last: Int32 = -1
        for other in touched where other != last {
            cheapest.set(Int(other), loss(Int(other)))
            last = other
        }
    }

    /// Takes in the step that gains most for its room and gives up what then loses least, while that gains.
    mutating func exchange(rounds: Int = 300) {
        price()
        var barred = Set<Int>()
        for _ in 0..<rounds {
            var best: (item: Int, gain: Double)?
            for item in level.indices where level[item] < problem.levels[item].count && !barred.contains(item) {
                let now = level[item]
                let gain =
                    sums[item] * (availability(item, now + 1) / availability(item, now) - 1)
                    - (cost(item, now + 1) - cost(item, now))
                let taken = problem.room < .infinity ? space(item, now + 1) - space(item, now) : 1
                guard gain > 0, space(item, now + 1) <= problem.room else { continue }
                if gain / max(1e-9, taken) > best.map({ $0.gain }) ?? 0 { best = (item, gain / max(1e-9, taken)) }
            }
            guard let (item, _) = best else { break }
            let before = (level, objective)
            change(item, to: level[item] + 1, updatesTree: true)
            var dropped: [Int] = []
            while !fits {
                let (other, least) = cheapest.least
                guard least < .infinity else { break }
                change(other, to: level[other] - 1, updatesTree: true)
                dropped.append(other)
                if other == item { break }
            }
            if !fits || dropped.contains(item) || objective <= before.1 * (1 + 1e-12) {
                // Not better: back to where it was.
                for other in Set(dropped + [item]).sorted() where level[other] != before.0[other] {
                    change(other, to: before.0[other], updatesTree: true)
                }
                barred.insert(item)
                if barred.count > 60 { break }
            }
        }
        let out = Set(givenUp)
        givenUp = givenUp.filter { level[$0] == 0 } + level.indices.filter { level[$0] == 0 && !out.contains($0) }
    }

    private var objective: Double {
        value.reduce(0, +) - level.indices.reduce(0) { $0 + cost($1, level[$1]) }
    }
}

/// The least of many values that change one by one: a tree of winners.
private struct LeastTree {
    private var winners: [Int32]
    private var values: [Double]
    private let size: Int

    init(count: Int) {
        var size = 1
        while size < max(1, count) { size *= 2 }
        self.size = size
        values = [Double](repeating: .infinity, count: size)
        winners = [Int32](repeating: 0, count: 2 * size)
        for leaf in 0..<size { winners[size + leaf] = Int32(leaf) }
        for node in stride(from: size - 1, to: 0, by: -1) { winners[node] = winners[2 * node] }
    }

    /// Of equal values the one with the lowest number.
    var least: (item: Int, value: Double) {
        let item = Int(winners[1])
        return (item, values[item])
    }

    mutating func set(_ item: Int, _ value: Double) {
        values[item] = value
        var node = (size + item) / 2
        while node > 0 {
            let (a, b) = (winners[2 * node], winners[2 * node + 1])
            winners[node] = values[Int(b)] < values[Int(a)] ? b : a
            node /= 2
        }
    }
}
