/// The models a panel's forecast may choose from. Raw values are the names in results and files.
public enum ForecastModel: Hashable, Sendable {
    /// A model for one series alone.
    case series(UnivariateModel)
    /// Ridge regression on calendar features.
    case ridge
    /// The engine for whole hierarchies, where it was asked to take part.
    case global
    /// The mean of the models weighted by what they did in the backtest of the series and of series like it.
    case combination

    /// What is chosen from unless the options say otherwise; each series takes those that suit it. Count models are left
    /// out: their means say what smoothing says, but not the same in another unit.
    public static let standard: [ForecastModel] =
        UnivariateModel.allCases.filter { $0 != .scum && $0 != .hurdle && $0 != .negativeBinomial }.map { .series($0) }
        + [.ridge, .combination]

    /// What every other model must beat before it replaces them.
    var isBenchmark: Bool {
        self == .series(.seasonalNaive) || self == .series(.seasonalMean) || self == .series(.naive)
    }

    /// A model that says the same as a plainer one when there is no season.
    var needsSeason: Bool {
        switch self {
        case .series(.seasonalMean), .series(.mstl), .series(.mstlArima), .series(.doubleSeasonal): true
        default: false
        }
    }
}

extension ForecastModel: RawRepresentable, CaseIterable, Codable {
    public static let allCases: [ForecastModel] =
        UnivariateModel.allCases.filter { $0 != .scum }.map { .series($0) } + [.ridge, .combination]

    public init?(rawValue: String) {
        switch rawValue {
        case "ridge": self = .ridge
        case "global": self = .global
        case "combination": self = .combination
        default:
            guard let model = UnivariateModel(rawValue: rawValue), model != .scum else { return nil }
            self = .series(model)
        }
    }

    public var rawValue: String {
        switch self {
        case .series(let model): model.rawValue
        case .ridge: "ridge"
        case .global: "global"
        case .combination: "combination"
        }
    }
}
