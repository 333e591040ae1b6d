/// How the global engine works on a panel: what is forecast where.
public struct GlobalOptions: Sendable {
    /// The aggregate levels of the hierarchy, by attributes; see `Hierarchy`.
    public var levels: [[String]]
    /// The attributes of the groups that regression forecasts and whose forecasts are split down: where the calendar
    /// can be told from noise.
    public var parents: [String]
    /// The attribute whose groups are a series' kin: the same item elsewhere.
    public var kin: [String]
    /// Quantile levels, ascending.
    public var quantiles: [Double]
    /// More trees, more origins, more bags, and rehearsals at the last origins: slower.
    public var isThorough: Bool
    /// Quantiles of totals are those of sums of joint samples of the series, instead of each total's own.
    public var isCoherent = false
    /// How totals and series are made to agree.
    public var reconciliation = ReconciliationMethod.middleOut

    public init(
        levels: [[String]], parents: [String], kin: [String], quantiles: [Double] = [], isThorough: Bool = false
    ) {
        self.levels = levels
        self.parents = parents
        self.kin = kin
        self.quantiles = quantiles
        self.isThorough = isThorough
    }

    /// The M5 competition's twelve levels, regression by store and department, kin by item.
    public static func m5(quantiles: [Double] = [], isThorough: Bool = false) -> GlobalOptions {
        GlobalOptions(
            levels: Hierarchy.m5Levels, parents: ["store", "dept"], kin: ["item"], quantiles: quantiles,
            isThorough: isThorough)
    }
}
