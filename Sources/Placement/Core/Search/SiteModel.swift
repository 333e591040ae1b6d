/// What branch and bound asks of a problem of choosing sites: a Lagrangian relaxation with one multiplier a client
/// (and a few more where the rules need them), and ways to good choices.
///
/// A state holds a setting for each site; a model may append settings of its own, such as which site serves a client.
protocol SiteModel {
    var siteCount: Int { get }
    /// 1 must be open, -1 may not be, 0 is free.
    var firstState: [Int8] { get }
    /// Every choice costs a whole number.
    var isIntegral: Bool { get }

    /// The same sites can be a better or a worse choice: who is served where is a choice of its own.
    var choosesAssignments: Bool { get }

    // The relaxation, as last evaluated.
    var bound: Double { get }
    var chosen: [Int32] { get }
    var isChosen: [Bool] { get }
    var subgradient: [Double] { get }

    /// Brings multipliers back to where they mean something.
    func clamp(_ lambda: inout [Double])
    /// Evaluates multipliers where some sites are fixed; returns the bound.
    @discardableResult mutating func evaluate(_ lambda: [Double], state: [Int8]) -> Double
    /// The bound of the same multipliers with one free site forced against the relaxed choice.
    func forcedBound(_ site: Int) -> Double

    /// Where to branch when every site is fixed, and which half to look at first: a setting of the model's own.
    func undecided(_ state: [Int8]) -> (setting: Int, opensFirst: Bool)?

    /// Turns to a case that only some of the sites are still free in, or back to all that `state` leaves.
    mutating func turn(to state: [Int8])
    /// Goes on with the case at hand, in which more sites have been fixed.
    mutating func narrow(to state: [Int8])
    /// What has been closed by now stays closed in every case to come.
    mutating func keepNarrow()

    /// A first choice and multipliers near the best.
    mutating func start() -> (choice: SiteChoice, multipliers: [Double])
    /// A good choice near the given one; nil where there is none worth having.
    /// - Parameter best: cost of the best choice known.
    /// - Parameter isThorough: search around, and not only look at what is given.
    mutating func improve(_ sites: [Int], below best: Double, isThorough: Bool) -> SiteChoice?
    /// The one choice left when every site is fixed, with multipliers that prove its cost; infinite if it is none.
    mutating func settle(_ state: [Int8]) -> (choice: SiteChoice, multipliers: [Double])
}

extension SiteModel {
    var choosesAssignments: Bool { false }
    func undecided(_ state: [Int8]) -> (setting: Int, opensFirst: Bool)? { nil }
    mutating func turn(to state: [Int8]) {}
    mutating func narrow(to state: [Int8]) {}
    mutating func keepNarrow() {}
}

/// A choice of sites with its cost, and the work it took to find.
struct SiteChoice {
    var sites: [Int]
    var cost: Double
    var work = 0
    /// The site that serves each client, where the sites alone do not say it.
    var assignment: [Int] = []
}
