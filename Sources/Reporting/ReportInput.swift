public import Retail
public import Store

/// Everything a report shows, as values: what was run, what came out, and what it rests on.
/// Parts that are empty or nil are left out of the report.
public struct ReportInput: Sendable {
    /// Name of the run, the report's title.
    public var name: String
    public var language: Language
    public var currency: Currency
    /// Name of the data set.
    public var dataset: String
    /// First and last simulated day; minutes count from midnight of the first.
    public var firstDay: Day?
    public var lastDay: Day?
    /// The scenario as it was resolved (YAML).
    public var scenarioText: String
    public var origin: RunOrigin
    public var figures: [Figure]
    /// The run's tables by their usual names (`demand_by_day`, `orders_by_minute`, `nodes`, ...), and what is kept
    /// beside them (`promotions`, `transfers`).
    public var tables: [ResultTable]
    public var suggestions: [SuggestionRow]
    /// File names beside the report that hold all suggestions.
    public var suggestionFiles: [String]
    public var placement: PlacementView?
    public var comparison: ComparisonView?
    public var assumptions: [Assumption]
    public var audit: [AuditCheck]
    /// Commands that repeat the run, one a line.
    public var commands: [String]
    /// Names of SKUs, nodes, carriers and channels by code, shown beside the code.
    public var skuNames: [String: String]
    public var placeNames: [String: String]

    public init(name: String, language: Language, currency: Currency, dataset: String, origin: RunOrigin) {
        self.name = name
        self.language = language
        self.currency = currency
        self.dataset = dataset
        self.origin = origin
        scenarioText = ""
        figures = []
        tables = []
        suggestions = []
        suggestionFiles = []
        assumptions = []
        audit = []
        commands = []
        skuNames = [:]
        placeNames = [:]
    }
}

/// What is needed to repeat a run bit for bit.
public struct RunOrigin: Sendable, Equatable {
    public var runID: String
    public var seed: UInt64
    public var replications: Int
    public var engineVersion: String
    /// SHA-256 of the data set's files.
    public var dataFingerprint: String
    public var forecastDigest: String
    public var planDigest: String
    /// SHA-256 of the canonical result tables.
    public var resultDigest: String

    public init(
        runID: String = "", seed: UInt64, replications: Int, engineVersion: String, dataFingerprint: String,
        forecastDigest: String = "", planDigest: String = "", resultDigest: String = ""
    ) {
        self.runID = runID
        self.seed = seed
        self.replications = replications
        self.engineVersion = engineVersion
        self.dataFingerprint = dataFingerprint
        self.forecastDigest = forecastDigest
        self.planDigest = planDigest
        self.resultDigest = resultDigest
    }
}

/// One law the books were checked against.
public struct AuditCheck: Sendable, Equatable {
    public var name: String
    public var passed: Bool
    /// What was counted, or the first offending entity.
    public var detail: String

    public init(name: String, passed: Bool, detail: String) {
        self.name = name
        self.passed = passed
        self.detail = detail
    }
}

/// Where the warehouses stand, whom they serve, and how good that is.
public struct PlacementView: Sendable, Equatable {
    public struct Site: Sendable, Equatable {
        public var code: String
        public var name: String
        public var kind: NodeKind
        public var location: Coordinate
        /// False for a candidate that stays closed.
        public var isOpen: Bool

        public init(code: String, name: String, kind: NodeKind, location: Coordinate, isOpen: Bool) {
            self.code = code
            self.name = name
            self.kind = kind
            self.location = location
            self.isOpen = isOpen
        }
    }

    public struct Point: Sendable, Equatable {
        public var code: String
        public var name: String
        public var location: Coordinate
        /// Share of demand, 0 to 1.
        public var share: Double
        public var isExport: Bool
        /// Code of the site that serves it; nil when none does within the radius.
        public var servedBy: String?

        public init(
            code: String, name: String, location: Coordinate, share: Double, isExport: Bool, servedBy: String?
        ) {
            self.code = code
            self.name = name
            self.location = location
            self.share = share
            self.isExport = isExport
            self.servedBy = servedBy
        }
    }

    /// The best plan found with a given number of sites.
    public struct CurvePoint: Sendable, Equatable {
        public var sites: Int
        /// Major units a day.
        public var cost: Double
        /// Share of demand within the service radius.
        public var coverage: Double

        public init(sites: Int, cost: Double, coverage: Double) {
            self.sites = sites
            self.cost = cost
            self.coverage = coverage
        }
    }

    /// What the plan costs, major units a day, and how far at most it is from the best.
    public struct Proof: Sendable, Equatable {
        public var fixedCost: Double
        public var transportCost: Double
        /// Stock of the front warehouses, and orders not served within the hour that asked for it.
        public var stockCost: Double
        public var latenessCost: Double
        public var lowerBound: Double
        /// (cost - bound) over the size of the cost.
        public var gap: Double
        /// Share of domestic demand within reach of an open front warehouse.
        public var coverage: Double
        /// Service radius, road kilometres.
        public var radius: Double
        /// The search ended because nothing better can exist.
        public var isProved: Bool

        public init(
            fixedCost: Double, transportCost: Double, stockCost: Double, latenessCost: Double, lowerBound: Double,
            gap: Double, coverage: Double, radius: Double, isProved: Bool
        ) {
            self.fixedCost = fixedCost
            self.transportCost = transportCost
            self.stockCost = stockCost
            self.latenessCost = latenessCost
            self.lowerBound = lowerBound
            self.gap = gap
            self.coverage = coverage
            self.radius = radius
            self.isProved = isProved
        }

        public var totalCost: Double { fixedCost + transportCost + stockCost + latenessCost }
    }

    public var sites: [Site]
    public var regions: [Point]
    public var curve: [CurvePoint]
    /// Nil when no placement was asked for: the map shows the network alone.
    public var proof: Proof?

    public init(sites: [Site], regions: [Point], curve: [CurvePoint] = [], proof: Proof?) {
        self.sites = sites
        self.regions = regions
        self.curve = curve
        self.proof = proof
    }
}

/// Scenarios side by side. The first is the base of every difference.
public struct ComparisonView: Sendable, Equatable {
    public struct Cell: Sendable, Equatable {
        public var mean: Double
        public var halfWidth: Double
        public init(mean: Double, halfWidth: Double) {
            self.mean = mean
            self.halfWidth = halfWidth
        }
    }

    public struct Row: Sendable, Equatable {
        public var key: String
        public var unit: String
        /// One for each scenario; nil where a run has no such figure.
        public var values: [Cell?]
        /// Paired difference to the base, one for each scenario after the first; nil where one of the two is missing.
        public var differences: [Cell?]

        public init(key: String, unit: String, values: [Cell?], differences: [Cell?]) {
            self.key = key
            self.unit = unit
            self.values = values
            self.differences = differences
        }
    }

    public var names: [String]
    public var rows: [Row]

    public init(names: [String], rows: [Row]) {
        self.names = names
        self.rows = rows
    }
}
