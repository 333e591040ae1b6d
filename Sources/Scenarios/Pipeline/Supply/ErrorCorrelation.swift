import Replenishment
import Retail

/// How far the forecast errors of two days in a row go together, by SKU: what makes demand over a lead time spread
/// further than the root of its days.
///
/// Measured on the history as a plain forecast would have missed it: each day against the mean of the same weekday of
/// the four weeks before. A SKU's own figure counts by the days it rests on, the rest comes from all SKUs together.
struct ErrorCorrelation {
    private let all: Double
    private let own: [Double]

    /// Days from which a SKU's own figure counts half.
    private static let halfTrusted = 120.0
    private static let weeks = 4
    /// The part of the history that is looked at.
    private static let recentDays = 364

    init(_ panel: DemandPanel, skus: Int) {
        var products = [Double](repeating: 0, count: skus)
        var squares = products
        var counts = products
        if panel.axis.step == .day {
            for series in panel.keys.indices {
                guard let sku = panel.keys[series].sku?.position, sku < skus else { continue }
                let errors = Self.errors(Array(panel.cells(series).suffix(Self.recentDays)))
                for (a, b) in zip(errors, errors.dropFirst()) where !a.isNaN && !b.isNaN {
                    products[sku] += a * b
                    squares[sku] += 0.5 * (a * a + b * b)
                    counts[sku] += 1
                }
            }
        }
        let total = squares.reduce(0, +)
        // Each SKU counts by its days, so that a few large ones do not speak for all.
        var (sum, days) = (0.0, 0.0)
        for sku in 0..<skus where squares[sku] > 0 {
            sum += counts[sku] * products[sku] / squares[sku]
            days += counts[sku]
        }
        let pooled = total > 0 && days > 0 ? sum / days : 0
        all = Self.kept(pooled)
        own = (0..<skus).map { sku in
            guard squares[sku] > 0 else { return Self.kept(pooled) }
            let trust = counts[sku] / (counts[sku] + Self.halfTrusted)
            return Self.kept(trust * products[sku] / squares[sku] + (1 - trust) * pooled)
        }
    }

    /// Sets the correlation of every row.
    func apply(to demand: inout NodeDemand) {
        demand.correlation = demand.skus.map { $0.position < own.count ? own[$0.position] : all }
    }

    var assumption: Assumption {
        Assumption(
            subject: "forecast errors",
            text: "errors of two days in a row go together by \((all * 100).rounded() / 100) on average")
    }

    /// Negative figures are mostly chance, and would make stock too lean.
    private static func kept(_ value: Double) -> Double { min(0.8, max(0, value)) }

    private static func errors(_ cells: [Double]) -> [Double] {
        cells.indices.map { day in
            var (sum, count) = (0.0, 0)
            for week in 1...weeks where day >= 7 * week && !cells[day - 7 * week].isNaN {
                sum += cells[day - 7 * week]
                count += 1
            }
            return count == weeks && !cells[day].isNaN ? cells[day] - sum / Double(count) : .nan
        }
    }
}
