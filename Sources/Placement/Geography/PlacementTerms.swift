/// What a placement asks beyond fixed costs, distance and the hour; all of it may be left out.
public struct PlacementTerms: Sendable, Equatable {
    /// Ways the demand may turn out, orders a day by region in each; empty: as the weights say.
    public var cases: [DemandScenario] = []
    public var caseNames: [String] = []
    public var objective = LocationProblem.Objective.expected
    /// Orders a day that each candidate can serve within the hour; nil for no limits.
    public var capacities: [Double]?
    /// Sizes each candidate may be built in; empty: as it stands among the candidates.
    public var sizes: [SiteSize] = []
    /// Every region within reach is served wholly from one front warehouse, or by none.
    public var isSingleSource = false
    public var stock: SiteStock?
    public var upper: UpperTiers?

    public init() {}
}

/// A size in which a front warehouse may be built.
public struct SiteSize: Sendable, Equatable {
    public var code: String
    /// Orders a day it can serve within the hour.
    public var orders: Double
    /// Its fixed cost as a multiple of the candidate's.
    public var fixedCost: Double

    public init(code: String, orders: Double, fixedCost: Double) {
        self.code = code
        self.orders = orders
        self.fixedCost = fixedCost
    }
}

/// What the stock of a front warehouse costs a day when it pools the demand of the regions it serves.
public struct SiteStock: Sendable, Equatable {
    /// Cost of working stock for one order a day (it grows with the root of the orders), and of safety stock for a
    /// standard deviation of one order a day; major units.
    public var working: Double
    public var safety: Double
    /// Covariance of the orders a day, regions x regions, or the variances alone.
    public var covariance: [Double]

    public init(working: Double, safety: Double, covariance: [Double]) {
        self.working = working
        self.safety = safety
        self.covariance = covariance
    }
}

/// Warehouses above the front ones, some of which stand already and some of which are candidates: goods go from the
/// top through any of them to a front warehouse, and each also serves orders directly, though not within the hour.
///
/// Places are numbered candidates first, then existing warehouses.
public struct UpperTiers: Sendable, Equatable {
    /// By candidate its tier, 0 the top; nil for front warehouses.
    public var tiers: [Int?]
    /// By existing warehouse that is not a front one.
    public var existingTiers: [Int]
    /// Road kilometres, row-major places x places.
    public var distances: [Double]
    /// Road kilometres, row-major existing warehouses x regions.
    public var regionDistances: [Double]
    /// Carrying the goods of one order one kilometre between warehouses, major units.
    public var costPerKilometre: Double

    public init(
        tiers: [Int?], existingTiers: [Int], distances: [Double], regionDistances: [Double], costPerKilometre: Double
    ) {
        self.tiers = tiers
        self.existingTiers = existingTiers
        self.distances = distances
        self.regionDistances = regionDistances
        self.costPerKilometre = costPerKilometre
    }

    var placeCount: Int { tiers.count + existingTiers.count }
    func tier(_ place: Int) -> Int? { place < tiers.count ? tiers[place] : existingTiers[place - tiers.count] }
    func distance(_ a: Int, _ b: Int) -> Double { distances[a * placeCount + b] }
}
