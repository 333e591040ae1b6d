import Foundation

/// How the past is read for an assortment: how fast it is forgotten, and how alike orders are taken to be.
public struct AssortmentReading: Sendable, Equatable {
    /// Days after which an order counts half; infinite for a past that is never forgotten.
    public var halfLife: Double
    /// See `AssortmentProblem.closeness`.
    public var closeness: Double

    public init(halfLife: Double = 45, closeness: Double = 0.6) {
        self.halfLife = halfLife
        self.closeness = closeness
    }

    /// What an order of so many days ago counts.
    public func weight(age days: Double) -> Double { halfLife < .infinity ? exp2(-max(0, days) / halfLife) : 1 }

    /// The baskets as this reading weighs them on a day.
    /// - Parameters:
    ///   - orders: the items of each order.
    ///   - days: the day of each order; those after `day` are left out.
    public func baskets(_ orders: [[Int]], days: [Int], through day: Int, itemCount: Int) -> Baskets {
        var baskets = Baskets(itemCount: itemCount)
        for (order, items) in orders.enumerated() where days[order] <= day {
            baskets.append(items, weight: weight(age: Double(day - days[order])))
        }
        return baskets
    }

    /// The reading that, seen from some weeks before the last day, filled most of the orders that followed: chosen by
    /// the past alone, as it would have to be for orders still to come.
    ///
    /// - Parameters:
    ///   - sizes: numbers of items the assortments may hold; the mean over them counts.
    ///   - lastDays: length of the window that is tried on, at the end of the past.
    public static func fitted(
        _ orders: [[Int]], days: [Int], itemCount: Int, sizes: [Int], lastDays: Int = 28,
        halfLives: [Double] = [20, 40, 80, .infinity], closenesses: [Double] = [0.2, 0.5, 0.8, 0.95]
    ) -> AssortmentReading {
        guard let last = days.max(), let first = days.min(), last - first > 2 * lastDays, !sizes.isEmpty else {
            return AssortmentReading()
        }
        let cut = last - lastDays
        var later = Baskets(itemCount: itemCount)
        for (order, items) in orders.enumerated() where days[order] > cut { later.append(items) }
        var best: (reading: AssortmentReading, fill: Double)?
        for halfLife in halfLives {
            for closeness in closenesses {
                let reading = AssortmentReading(halfLife: halfLife, closeness: closeness)
                let past = reading.baskets(orders, days: days, through: cut, itemCount: itemCount)
                guard let problem = try? AssortmentProblem.items(past, closeness: closeness) else { continue }
                let ranking = problem.ranking()
                let fill = sizes.reduce(0) { $0 + later.fill(held(ranking, $1, itemCount)) } / Double(sizes.count)
                if fill > best?.fill ?? -1 { best = (reading, fill) }
            }
        }
        return best?.reading ?? AssortmentReading()
    }

    /// The last so many of a ranking, as a mark for each item.
    public static func held(_ ranking: [Int], _ size: Int, _ itemCount: Int) -> [Bool] {
        var marks = [Bool](repeating: false, count: itemCount)
        for item in ranking.suffix(size) { marks[item] = true }
        return marks
    }
}
