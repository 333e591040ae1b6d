/// The orders of one line that can be worth placing, each with its value, cost and volume.
struct LineLadder {
    struct Rung {
        var units: Int64
        var value: Double
        var cost: Double
        var volume: Double
        /// The value less its part of a full container's freight.
        var net: Double
    }

    /// More lots than this are walked in longer strides.
    static let longest = 24

    /// From no order up, costs rising.
    private(set) var rungs: [Rung]
    private let worth: LineWorth
    private let freightRate: Double
    fileprivate let terms: LineTerms

    /// - Parameters:
    ///   - stretches: whether the supplier's rules may call for more than is worth its holding.
    ///   - freightRate: what a unit of volume costs to bring in a full container.
    ///
    /// Lines without price breaks end at the last unit that is asked for or worth its holding. With a break, or a rule
    /// to be met, the ladder goes on to the line's maximum, or to four times the span's demand: who buys ahead further
    /// than that trusts the forecast too far. Few lots are all looked at; many in strides, with every price break among
    /// them.
    init(_ line: JointOrder.Line, stretches: Bool, freightRate: Double = 0) {
        worth = LineWorth(line)
        self.freightRate = freightRate
        terms = line.terms
        rungs = [Rung(units: 0, value: 0, cost: 0, volume: 0, net: 0)]
        let wanted = line.asked.map { Self.wanted($0, terms, stretches) } ?? Self.wanted(line, stretches)
        var previous: Int64 = 0
        for units in wanted where units > previous {
            previous = units
            rungs.append(rung(units))
        }
    }

    func rung(_ units: Int64) -> Rung {
        let value = units == 0 ? 0 : worth.value(units)
        let volume = Double(units) * terms.unitVolume
        return Rung(
            units: units, value: value, cost: units == 0 ? 0 : terms.cost(units), volume: volume,
            net: value - freightRate * volume)
    }

    /// Quantities up to what is asked for in even strides, and from there on in strides that grow by a fifth.
    private static func wanted(_ asked: JointOrder.Asked, _ terms: LineTerms, _ stretches: Bool) -> [Int64] {
        guard asked.units > 0, let first = terms.allowed(atLeast: 1), first <= asked.units else { return [] }
        let step = max(1, (asked.units - first) / terms.multiple / Int64(longest / 2) + 1) * terms.multiple
        var wanted = Array(stride(from: first, to: asked.units, by: Int64.Stride(step)))
        wanted.append(asked.units)
        wanted += terms.prices.compactMap { terms.allowed(atLeast: $0.from) }.filter {
            $0 > asked.units && $0 <= asked.most
        }
        if stretches {
            let (last, multiple) = (min(asked.most, terms.maximum ?? .max), terms.multiple)
            var (units, lots) = (asked.units, 1.0)
            while units <= last - multiple {
                units = min(last / multiple * multiple, units + Int64(lots) * multiple)
                wanted.append(units)
                lots = min(lots * 1.2 + 0.2, 1e9)
            }
        }
        return wanted.sorted()
    }

    /// Quantities up to the newsvendor's order, the last whose units are worth their holding, and beyond.
    private static func wanted(_ line: JointOrder.Line, _ stretches: Bool) -> [Int64] {
        let (terms, law) = (line.terms, line.law)
        let ratio = line.holding > 0 ? line.shortage / (line.shortage + line.holding) : 0.999_999
        let top = ratio > 0 ? Int64(clampedUp: min(law.quantile(min(ratio, 0.999_999)), 1e12)) : 0
        let need = max(0, top - line.position)
        let goesOn = stretches || terms.prices.count > 1
        guard need > 0 || goesOn, let first = terms.allowed(atLeast: 1) else { return [] }
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
        return wanted.filter { $0 <= last }
    }

    /// The rungs on the upper hull of value net of freight over weight, which is cost with what else is short at its price: from each to the next the value of a yuan
    /// falls, so that taking steps in order of what a yuan buys is the best that fractions could do.
    ///
    /// - Returns: places of the rungs, the first of them no order.
    func hull(_ weightOf: (Rung) -> Double) -> [Int] {
        let weights = rungs.map(weightOf)
        func weight(_ place: Int) -> Double { weights[place] }
        var order = Array(rungs.indices)
        let isSorted = zip(weights, weights.dropFirst()).allSatisfy { $0 < $1 }
        if !isSorted { order.sort { (weight($0), rungs[$1].net, $0) < (weight($1), rungs[$0].net, $1) } }
        var hull: [Int] = []
        for place in order {
            if let last = hull.last, weight(last) == weight(place), rungs[last].net >= rungs[place].net { continue }
            while hull.count >= 2 {
                let (a, b) = (hull[hull.count - 2], hull[hull.count - 1])
                let before = (rungs[b].net - rungs[a].net) * (weight(place) - weight(a))
                let after = (rungs[place].net - rungs[a].net) * (weight(b) - weight(a))
                if before > after { break }
                hull.removeLast()
            }
            hull.append(place)
        }
        return hull
    }

    /// Between two rungs, the lowest (or highest) order of whole multiples for which a condition holds that, once it
    /// holds, holds from there up (or down); nil where there is none strictly between.
    func between(_ from: Int, _ to: Int, lowest: Bool, _ holds: (Rung) -> Bool) -> Rung? {
        let start = max(rungs[from].units, (terms.allowed(atLeast: 1) ?? 1) - terms.multiple)
        let lots = (rungs[to].units - start) / terms.multiple
        // Lots strictly between: 1 ... lots - 1. `edge` is the last (or first) one that fails.
        var (good, edge) = lowest ? (lots, Int64(0)) : (Int64(0), lots)
        while abs(good - edge) > 1 {
            let middle = edge + (good - edge) / 2
            if holds(rung(start + middle * terms.multiple)) { good = middle } else { edge = middle }
        }
        guard good > 0, good < lots else { return nil }
        let found = rung(start + good * terms.multiple)
        return holds(found) && found.units > rungs[from].units ? found : nil
    }
}

extension LineLadder {
    /// Volume of one multiple.
    var lotVolume: Double { Double(terms.multiple) * terms.unitVolume }

    /// One multiple less, not below a rung.
    func lotBelow(_ rung: Rung, above floor: Int) -> Rung? {
        let units = rung.units - terms.multiple
        guard units >= rungs[floor].units, units == 0 || units >= terms.allowed(atLeast: 1) ?? .max else { return nil }
        return self.rung(units)
    }
}

/// What a quantity of a line is worth.
struct LineWorth {
    private let line: JointOrder.Line
    private let listPrice: Double
    /// Units short, and unit-spans held, without an order.
    private let short: Double
    private let held: Double

    init(_ line: JointOrder.Line) {
        self.line = line
        listPrice = line.terms.prices[0].price
        short = line.law.loss(Double(line.position))
        held = Self.unitSpans(beyond: Double(line.position), mean: line.law.mean)
    }

    /// The shortage avoided less the holding, and what price breaks save against the first price.
    ///
    /// Of an order that is asked for, the units up to there avoid shortage and a later order line and are not charged
    /// holding. Those beyond wait until what is before them is sold and then, on average, half the time they last
    /// themselves (the economic order quantity's reckoning, first in, first out).
    func value(_ units: Int64) -> Double {
        guard let asked = line.asked else {
            let saved = Double(units) * listPrice - line.terms.cost(units)
            let level = Double(line.position + units)
            let avoided = short - line.law.loss(level)
            let ahead = Self.unitSpans(beyond: level, mean: line.law.mean) - held
            return (line.shortage + line.holding) * avoided - line.holding * (Double(units) + ahead) + saved
        }
        let counted = min(units, asked.units)
        let base = line.terms.cost(counted)
        var saved = Double(counted) * listPrice - base
        // What is bought ahead would be bought later at the price of the order without it.
        if units > counted { saved += base / Double(max(1, counted)) * Double(units) - line.terms.cost(units) }
        let avoided = max(0, short - line.law.loss(Double(line.position + counted)))
        let placed = line.shortage * avoided + asked.again * Double(counted) / Double(max(1, asked.units)) + saved
        guard units > asked.units, line.holding > 0 else { return placed }
        let (before, after) = (asked.left + Double(asked.units), asked.left + Double(units))
        return placed - line.holding * (after * after - before * before) / (2 * max(line.law.mean, 1e-9))
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
}
