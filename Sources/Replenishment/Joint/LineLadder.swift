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

    /// - Parameter stretches: whether the supplier's minimum may call for more than is worth its holding.
    ///
    /// Lines without price breaks end at the last unit that is worth its holding. With a break, or a minimum to be met,
    /// the ladder goes on to the line's maximum, or to four times the span's demand: who buys ahead further than that
    /// trusts the forecast too far. Few lots are all looked at; many in strides, with every price break among them.
    init(_ line: JointOrder.Line, stretches: Bool) {
        rungs = [Rung(units: 0, value: 0, cost: 0, volume: 0)]
        let terms = line.terms
        let law = line.law
        let start = law.loss(Double(line.position))
        let listPrice = terms.prices[0].price
        let held = Self.unitSpans(beyond: Double(line.position), mean: law.mean)
        /// The value of a quantity: shortage avoided less holding, and what price breaks save against the first price.
        func value(_ units: Int64) -> Double {
            let level = Double(line.position + units)
            let avoided = start - law.loss(level)
            let saved = Double(units) * listPrice - terms.cost(units)
            let ahead = Self.unitSpans(beyond: level, mean: law.mean) - held
            return (line.shortage + line.holding) * avoided - line.holding * (Double(units) + ahead) + saved
        }
        // The newsvendor's order is the last whose units are worth their holding.
        let ratio = line.holding > 0 ? line.shortage / (line.shortage + line.holding) : 0.999_999
        let top = ratio > 0 ? Int64(clampedUp: min(law.quantile(min(ratio, 0.999_999)), 1e12)) : 0
        let need = max(0, top - line.position)
        let goesOn = stretches || terms.prices.count > 1
        guard need > 0 || goesOn, let first = terms.allowed(atLeast: 1) else { return }
        let reach = max(need, min(Int64(clampedUp: 4 * law.mean), 1 << 40), 1)
        let asked = max(first, goesOn ? reach : need)
        let last = min(terms.allowed(atLeast: asked) ?? .max, (terms.maximum ?? .max) / terms.multiple * terms.multiple)
        var wanted: [Int64] = []
        if (last - first) / terms.multiple <= Self.longest {
            wanted = Array(stride(from: first, through: last, by: Int64.Stride(terms.multiple)))
        } else {
            let near = max(first, min(last, need))
            let step = max(1, (near - first) / terms.multiple / Int64(Self.longest - 8)) * terms.multiple
            wanted = Array(stride(from: first, through: near, by: Int64.Stride(step)))
            wanted += [near, near - terms.multiple].compactMap { terms.allowed(atLeast: $0) }
            wanted += terms.prices.compactMap { terms.allowed(atLeast: $0.from) }
            if goesOn {
                wanted += (1...4).compactMap { terms.allowed(atLeast: near + (last - near) / 4 * $0) } + [last]
            }
            wanted.sort()
        }
        var previous: Int64 = 0
        for units in wanted where units > previous && units <= last {
            previous = units
            rungs.append(
                Rung(
                    units: units, value: value(units), cost: terms.cost(units),
                    volume: Double(units) * terms.unitVolume))
        }
    }

    /// Unit-spans that stock bought ahead is still held for after the end of its first span, when later spans use it up
    /// at their mean: what is left after two spans, after three, and so on.
    static func unitSpans(beyond level: Double, mean: Double) -> Double {
        var sum = 0.0
        var left = level - 2 * mean
        var span = 0
        while left > 0, span < 100 {
            sum += left
            left -= mean
            span += 1
        }
        return sum
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
