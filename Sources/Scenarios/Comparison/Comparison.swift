import NumericCore
public import Retail

/// Several runs side by side: each figure of each run, and its paired difference to the first run.
///
/// All runs share their random numbers (same seed, same replications), so replication i of one run met the same luck
/// as replication i of another and their difference is about the change alone (common random numbers).
public struct Comparison: Sendable, Equatable {
    /// Names of the runs, the baseline first.
    public var runs: [String]
    public var figures: [ComparedFigure]
}

/// One figure over the runs compared.
public struct ComparedFigure: Sendable, Equatable {
    /// As in `Figure.key`.
    public var key: String
    public var unit: String
    /// By run; nil where a run has no such figure.
    public var values: [Figure?]
    /// By run, against the first; nil for the first run and where one of the two is missing.
    public var differences: [PairedDifference?]
}

/// The mean of the differences replication by replication, with the half-width of its 95 % confidence interval.
public struct PairedDifference: Sendable, Equatable {
    public var mean: Double
    /// Student's t with n - 1 degrees of freedom (Gosset 1908); nil with a single replication, which says nothing
    /// about its luck.
    public var halfWidth: Double?

    /// Whether zero lies outside the interval; nil when there is none.
    public var isSignificant: Bool? { halfWidth.map { abs(mean) > $0 } }

    /// - Parameters: values of the same replications, in the same order.
    public init(_ values: [Double], minus baseline: [Double]) {
        let differences = zip(values, baseline).map { $0 - $1 }
        let (mean, halfWidth) = meanAndHalfWidth(differences)
        self.mean = mean
        self.halfWidth = halfWidth
    }
}

/// One side of a comparison: what a run found, and what its luck was made of.
public struct ComparedRun: Sendable, Equatable {
    public var name: String
    public var seed: UInt64
    public var replications: Int
    /// ISO 4217 code of its amounts.
    public var currency: String
    public var figures: [Figure]

    public init(name: String, seed: UInt64, replications: Int, currency: String, figures: [Figure]) {
        self.name = name
        self.seed = seed
        self.replications = replications
        self.currency = currency
        self.figures = figures
    }
}

/// Why runs cannot be compared.
public enum ComparisonError: Error, Sendable, Equatable, CustomStringConvertible {
    case tooFew
    /// A run's name and its status.
    case notDone(String, String)
    case seeds(String, UInt64, String, UInt64)
    case replications(String, Int, String, Int)
    case currencies(String, String, String, String)

    public func message(_ language: Language) -> String {
        switch self {
        case .tooFew: Catalogue.text("compare.too_few", language)
        case .notDone(let name, let status): Catalogue.text("compare.not_done", language, name, status)
        case .seeds(let a, let x, let b, let y): Catalogue.text("compare.seeds", language, a, "\(x)", b, "\(y)")
        case .replications(let a, let x, let b, let y):
            Catalogue.text("compare.replications", language, a, "\(x)", b, "\(y)")
        case .currencies(let a, let x, let b, let y): Catalogue.text("compare.currencies", language, a, x, b, y)
        }
    }

    public var description: String { message(.english) }
}

/// Compares runs with the first of them. Figures come in the order of the first run, then those only others have.
public func compare(_ runs: [ComparedRun]) throws(ComparisonError) -> Comparison {
    guard let first = runs.first, runs.count > 1 else { throw .tooFew }
    for run in runs.dropFirst() {
        if run.currency != first.currency { throw .currencies(first.name, first.currency, run.name, run.currency) }
        if run.seed != first.seed { throw .seeds(first.name, first.seed, run.name, run.seed) }
        if run.replications != first.replications {
            throw .replications(first.name, first.replications, run.name, run.replications)
        }
    }
    var keys: [String] = []
    for run in runs { for figure in run.figures where !keys.contains(figure.key) { keys.append(figure.key) } }
    let figures = keys.map { key in
        let values = runs.map { run in run.figures.first { $0.key == key } }
        let differences: [PairedDifference?] = values.enumerated().map { i, figure in
            guard i > 0, let figure, let base = values[0], figure.replications.count == base.replications.count
            else { return nil }
            return PairedDifference(figure.replications, minus: base.replications)
        }
        return ComparedFigure(
            key: key, unit: values.compactMap { $0 }.first?.unit ?? "", values: values, differences: differences)
    }
    return Comparison(runs: runs.map(\.name), figures: figures)
}
