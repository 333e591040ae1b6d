import Retail

/// The stretches of time that features and targets of the global model are made of, in steps of the axis.
struct Cadence: Sendable, Equatable {
    /// Steps that are forecast as one total: a week of days, or a single week.
    var block: Int
    /// Windows of recent demand, ascending; the last is a year.
    var windows: [Int]
    /// A year in whole blocks.
    var year: Int

    init(_ step: TimeStep) {
        switch step {
        case .day: self.init(block: 7, windows: [7, 14, 28, 56, 112, 364], year: 364)
        case .week: self.init(block: 1, windows: [1, 2, 4, 8, 16, 52], year: 52)
        default: self.init(block: 1, windows: [1, 2, 4, 6, 12, 24], year: 12)
        }
    }

    init(block: Int, windows: [Int], year: Int) {
        self.block = block
        self.windows = windows
        self.year = year
    }

    /// The windows whose blend is the level that everything is relative to, with their shares.
    var base: [(window: Int, share: Double)] {
        [(windows[1], 0.1), (windows[2], 0.4), (windows[3], 0.3), (windows[4], 0.2)]
    }

    func blocks(_ horizon: Int) -> Int { (horizon + block - 1) / block }
}

/// Running totals of one series or group: the sum over any stretch of steps in two look-ups.
struct RunningTotals: Sendable {
    /// Steps + 1 for each row.
    private var sums: [Double]
    private let width: Int

    /// - Parameter rows: row-major, `steps` wide.
    init(_ rows: [Double], steps: Int) {
        width = steps + 1
        let count = steps > 0 ? rows.count / steps : 0
        sums = [Double](repeating: 0, count: count * width)
        for r in 0..<count {
            for t in 0..<steps { sums[r * width + t + 1] = sums[r * width + t] + rows[r * steps + t] }
        }
    }

    /// Mean per step over from ..< to, clipped to the steps there are; NaN when none is left.
    @inline(__always)
    func mean(_ row: Int, _ from: Int, _ to: Int) -> Double {
        let (from, to) = (max(from, 0), min(to, width - 1))
        guard to > from else { return .nan }
        return (sums[row &* width &+ to] - sums[row &* width &+ from]) / Double(to &- from)
    }
}
