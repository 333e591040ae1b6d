import Foundation
import NumericCore

/// The factored normal equations of the calendar design, made once for every stretch of history that some series
/// has, and shared by all series with that stretch: a series then costs one pass over its demands and one
/// back-substitution per origin.
struct RidgeBank: Sendable {
    /// Steps after which an observation counts half.
    static let halfLife = 365.0

    /// First open step and origin of a stretch of history without gaps.
    struct Stretch: Hashable, Sendable {
        var first: Int
        var origin: Int
    }

    let features: CalendarFeatures
    /// The weight of each open step relative to the end of the axis.
    let weights: [Double]
    private let factors: [Stretch: Cholesky]

    /// - Parameter stretches: what the complete series will ask for; repeats are free.
    init(features: CalendarFeatures, timeline: Timeline, stretches: Set<Stretch>, threads: Int) async {
        self.features = features
        let last = Double(timeline.historyCells)
        weights = timeline.cells.map { exp2((Double($0) - last) / RidgeBank.halfLife) }
        var firsts: [Int: [Int]] = [:]
        for stretch in stretches { firsts[stretch.origin, default: []].append(stretch.first) }
        let origins = firsts.keys.sorted()
        let (weights, byOrigin) = (weights, firsts)
        let made = await concurrentMap(chunks: origins.count, threads: threads) { k -> [(Stretch, Cholesky)] in
            let descending = byOrigin[origins[k], default: []].sorted(by: >)
            return RidgeBank.factor(features, weights, origin: origins[k], firsts: descending)
        }
        factors = Dictionary(made.joined().map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
    }

    func factor(first: Int, origin: Int) -> Cholesky? { factors[Stretch(first: first, origin: origin)] }

    /// Walks back from the origin; each stretch adds its rows to the Gram matrix of the shorter one (rank-k update).
    private static func factor(
        _ features: CalendarFeatures, _ weights: [Double], origin: Int, firsts: [Int]
    ) -> [(Stretch, Cholesky)] {
        let p = features.columns
        var gram = [Double](repeating: 0, count: p * p)
        var from = origin
        var made: [(Stretch, Cholesky)] = []
        for first in firsts where first < origin {
            let rows = scaled(features, first..<from) { weights[$0] / weights[origin - 1] }
            let update = Matrix.rankK(rows).elements
            for k in gram.indices { gram[k] += update[k] }
            from = first
            if let factor = penalised(Matrix(rows: p, columns: p, gram), features.penalty) {
                made.append((Stretch(first: first, origin: origin), factor))
            }
        }
        return made
    }

    /// The factor for a series with missing steps: its own Gram matrix.
    func ownFactor(_ series: OpenSeries, origin: Int) -> Cholesky? {
        let rows = RidgeBank.scaled(features, series.first..<origin) { step in
            series.weights[step - series.first] * weights[step] / weights[origin - 1]
        }
        return RidgeBank.penalised(Matrix.rankK(rows), features.penalty)
    }

    private static func scaled(
        _ features: CalendarFeatures, _ steps: Range<Int>, _ weight: (Int) -> Double
    ) -> Matrix {
        let p = features.columns
        var elements: [Double] = []
        elements.reserveCapacity(steps.count * p)
        for step in steps {
            let root = weight(step).squareRoot()
            for value in features.design.row(step) { elements.append(root * value) }
        }
        return Matrix(rows: steps.count, columns: p, elements)
    }

    private static func penalised(_ gram: Matrix, _ penalty: [Double]) -> Cholesky? {
        var normal = gram
        for j in penalty.indices { normal[j, j] += penalty[j] }
        return try? Cholesky(normal)
    }
}
