/// The orders of one line that can be worth placing, each with its value, cost and volume.
struct LineLadder {
    struct Rung {
        var units: Int64
        var value: Double
        var cost: Double
        var volume: Double
    }

    /// More lots than this are walked in longer strides.
    static let longest = 24

    /// From no order up, costs rising.
    private(set) var rungs: [Rung]

    /// - Parameter stretch: units beyond the last that is worth its holding, for suppliers whose minimum must be met.
    init(_ line: JointOrder.Line, stretches: Bool) {
        rungs = [Rung(units: 0, value: 0, cost: 0, volume: 0)]
        let terms = line.terms
        let law = line.law
        let start = law.loss(Double(line.position))
        let listPrice = terms.prices[0].price
        /// The value of a quantity: shortage avoided less holding, and what price breaks save against the first price.
        func value(_ units: Int64) -> Double {
            let avoided = start - law.loss(Double(line.position + units))
            let saved = Double(units) * listPrice - terms.cost(units)
            return (line.shortage + line.holding) * avoided - line.holding * Double(units) + saved
        }
        guard line.shortage > 0 || terms.prices.count > 1 else { return }
        // The newsvendor's order is the last whose units are worth their holding.
        let ratio = line.holding > 0 ? line.shortage / (line.shortage + line.holding) : 0.999_999
        let top = ratio > 0 ? Int64(clampedUp: min(law.quantile(min(ratio, 0.999_999)), 1e15)) : 0
        let need = max(0, top - line.position)
        var last = need
        if stretches { last = max(need, 1) + max(need, Int64(clampedUp: law.mean), 1) }
        guard need > 0 || stretches, let first = terms.allowed(atLeast: 1) else { return }
        let lots = max(0, (last - first) / terms.multiple + 1)
        let stride = max(1, lots / Int64(Self.longest)) * terms.multiple
        var wanted: [Int64] = []
        var units = first
        while units < last {
            wanted.append(units)
            units += stride
        }
        if let end = terms.allowed(atLeast: max(last, first)) { wanted.append(end) }
        if let best = terms.allowed(atLeast: need), need > 0 { wanted.append(best) }
        if need > terms.multiple, let below = terms.allowed(atLeast: need - terms.multiple) { wanted.append(below) }
        for tier in terms.prices.dropFirst() where tier.from <= 4 * max(1, last) {
            if let jump = terms.allowed(atLeast: tier.from) { wanted.append(jump) }
        }
        if let maximum = terms.maximum, last > maximum {
            let most = maximum / terms.multiple * terms.multiple
            if most >= first { wanted.append(most) }
        }
        wanted.sort()
        var previous: Int64 = 0
        for units in wanted where units > previous && units <= terms.maximum ?? .max {
            previous = units
            rungs.append(
                Rung(
                    units: units, value: value(units), cost: terms.cost(units),
                    volume: Double(units) * terms.unitVolume))
        }
    }

    /// The rungs on the upper hull of value over cost + price x volume: from each to the next the value of a yuan
    /// falls, so that taking steps in order of what a yuan buys is the best that fractions could do.
    ///
    /// - Returns: places of the rungs, the first of them no order.
    func hull(spacePrice: Double) -> [Int] {
        let order = rungs.indices.sorted {
            (rungs[$0].cost + spacePrice * rungs[$0].volume, rungs[$1].value, $0)
                < (rungs[$1].cost + spacePrice * rungs[$1].volume, rungs[$0].value, $1)
        }
        func weight(_ place: Int) -> Double { rungs[place].cost + spacePrice * rungs[place].volume }
        var hull: [Int] = []
        for place in order {
            if let last = hull.last, weight(last) == weight(place), rungs[last].value >= rungs[place].value { continue }
            while hull.count >= 2 {
                let (a, b) = (hull[hull.count - 2], hull[hull.count - 1])
                let before = (rungs[b].value - rungs[a].value) * (weight(place) - weight(a))
                let after = (rungs[place].value - rungs[a].value) * (weight(b) - weight(a))
                if before > after { break }
                hull.removeLast()
            }
            hull.append(place)
        }
        return hull
    }
}
