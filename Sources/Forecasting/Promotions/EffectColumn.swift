public import Retail

/// What a price or promotion does to demand: one column of the regression. Effects add up on the logarithm of demand.
public enum EffectColumn: Hashable, Sendable, Comparable {
    /// Elasticity: per unit of the logarithm of the price paid.
    case price
    /// What a kind of promotion does beyond its price.
    case kind(PromotionKind)
    /// The dip after a promotion, its first day; it fades over `EffectColumn.fade` days. For a cut by a fifth.
    case after
    /// Waiting for a promotion, on the eve of it; grows over `EffectColumn.wait` days. For a cut by a fifth.
    case before
    /// Other articles of the category being cheaper: negative is cannibalisation.
    case rivals
    /// The rest of the wider category being cheaper: positive is halo.
    case neighbours

    static let fade = 14
    static let wait = 5

    /// All columns in their order.
    static let all: [EffectColumn] =
        [.price] + PromotionKind.allCases.map { .kind($0) } + [.after, .before, .rivals, .neighbours]

    var rank: Int { EffectColumn.all.firstIndex(of: self) ?? 0 }
    public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }

    /// Name in tables.
    public var name: String {
        switch self {
        case .price: "price_elasticity"
        case .kind(let kind): "uplift_" + kind.rawValue
        case .after: "dip_after"
        case .before: "wait_before"
        case .rivals: "cannibalisation"
        case .neighbours: "halo"
        }
    }

    /// What is believed of the mean over all articles before any data: mean and deviation. Wide; an elasticity about
    /// -1.5 and a promotion that helps (Bijmolt, van Heerde and Pieters 2005 find -2.6 on average over studies).
    var outlook: (mean: Double, deviation: Double) {
        switch self {
        case .price: (-1.5, 1.5)
        case .kind: (0.2, 1)
        case .after, .before: (0, 0.5)
        case .rivals, .neighbours: (0, 0.5)
        }
    }

    /// What is believed of the deviation between articles of a category, and between categories.
    var scatter: Double {
        switch self {
        case .price: 0.5
        case .kind: 0.3
        case .after, .before, .rivals, .neighbours: 0.2
        }
    }
}

/// The columns of each series by day, made from its own prices and promotions and those of its rivals.
struct EffectDesign: Sendable {
    let drivers: TradeDrivers
    let columns: [EffectColumn]
    /// Sales of each series, by which it counts among the rivals of others.
    let weights: [Double]
    private let marketSums: [[Double]]
    private let familySums: [[Double]]
    private let marketWeights: [Double]
    private let familyWeights: [Double]

    init(_ drivers: TradeDrivers, columns: [EffectColumn], weights: [Double]) {
        self.drivers = drivers
        self.columns = columns
        self.weights = weights
        func sums(_ group: [Int]) -> ([[Double]], [Double]) {
            let count = (group.max() ?? -1) + 1
            var sums = [[Double]](repeating: [Double](repeating: 0, count: drivers.days), count: count)
            var total = [Double](repeating: 0, count: count)
            for series in group.indices where weights[series] > 0 {
                total[group[series]] += weights[series]
                for (day, pull) in EffectDesign.pull(drivers.paid(series)).enumerated() where pull != 0 {
                    sums[group[series]][day] += weights[series] * pull
                }
            }
            return (sums, total)
        }
        (marketSums, marketWeights) = sums(drivers.market)
        (familySums, familyWeights) = sums(drivers.family)
    }

    /// How much cheaper an article is than in the eight weeks before, as a logarithm: what draws buyers from its rivals.
    /// Prices that have moved for good draw nobody anew, and those of whole categories drift with costs and with the years.
    private static func pull(_ paid: [Double]) -> [Double] {
        let memory = 56
        var sum = 0.0
        return paid.indices.map { day in
            let known = min(day, memory)
            defer { sum += paid[day] - (day >= memory ? paid[day - memory] : 0) }
            let difference = known > 0 ? sum / Double(known) - paid[day] : 0
            return abs(difference) < 1e-9 ? 0 : difference
        }
    }

    /// Row-major days x columns.
    func rows(_ series: Int) -> [Double] {
        let days = drivers.days
        var rows = [Double](repeating: 0, count: days * columns.count)
        let runs = drivers.runs[series]
        var isOn = [Bool](repeating: false, count: days)
        for run in runs {
            for day in max(0, run.first)..<max(max(0, run.first), min(days, run.last + 1)) { isOn[day] = true }
        }
        for (j, column) in columns.enumerated() {
            func set(_ day: Int, _ value: Double) { rows[day * columns.count + j] = value }
            switch column {
            case .price:
                for (day, paid) in drivers.paid(series).enumerated() where paid != 0 { set(day, paid) }
            case .kind(let kind):
                for run in runs where run.kind == kind {
                    for day in max(0, run.first)..<max(max(0, run.first), min(days, run.last + 1)) {
                        set(day, max(rows[day * columns.count + j], run.share(day)))
                    }
                }
            case .after:
                for run in runs {
                    let from = run.last + 1
                    for day in max(0, from)..<max(max(0, from), min(days, from + EffectColumn.fade)) where !isOn[day] {
                        let value = run.strength * (1 - Double(day - from) / Double(EffectColumn.fade))
                        set(day, max(rows[day * columns.count + j], value))
                    }
                }
            case .before:
                for run in runs {
                    let from = run.first - EffectColumn.wait
                    for day in max(0, from)..<max(max(0, from), min(days, run.first)) where !isOn[day] {
                        let value = run.strength * Double(day - from + 1) / Double(EffectColumn.wait)
                        set(day, max(rows[day * columns.count + j], value))
                    }
                }
            case .rivals:
                let (group, own) = (drivers.market[series], weights[series])
                let others = marketWeights[group] - own
                guard others > 1e-9 * marketWeights[group] else { continue }
                let pull = EffectDesign.pull(drivers.paid(series))
                for day in 0..<days { set(day, (marketSums[group][day] - own * pull[day]) / others) }
            case .neighbours:
                let (group, family) = (drivers.market[series], drivers.family[series])
                let others = familyWeights[family] - marketWeights[group]
                guard others > 1e-9 * familyWeights[family] else { continue }
                for day in 0..<days { set(day, (familySums[family][day] - marketSums[group][day]) / others) }
            }
        }
        return rows
    }
}
