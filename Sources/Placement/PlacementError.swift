/// Why a placement problem cannot be solved. Each case names what binds and what to change.
public indirect enum PlacementError: Error, Equatable, CustomStringConvertible {
    /// A cost or demand is so large that sums of it mean nothing.
    case tooLarge(what: String, position: Int, value: Double)
    /// No candidate reaches any region: the closest two, how far apart they are and how far a site reaches.
    case nobodyInReach(candidate: String, region: String, kilometres: Double, radius: Double)
    /// Two arrays that must agree in length do not.
    case shape(what: String, count: Int, expected: Int)
    /// A cost, weight or distance is not a number, negative where it must not be, or infinite.
    case value(what: String, position: Int, value: Double)
    /// A matrix that must be the same both ways is not.
    case asymmetric(what: String, row: Int, column: Int, one: Double, other: Double)
    /// A coordinate lies outside -90...90 or -180...180 (latitude and longitude are perhaps swapped).
    case coordinate(what: String, code: String, latitude: Double, longitude: Double)
    /// A place far from all others that would lie among them with its coordinates exchanged.
    case swappedCoordinate(what: String, code: String, latitude: Double, longitude: Double)
    /// Nobody orders anything: there is nothing to place for.
    case noDemand
    /// Two candidates have the same code, or stand on exactly the same spot.
    case duplicateSite(code: String, other: String)
    /// A site number is outside the candidates.
    case unknownSite(Int)
    /// A site is both required and forbidden.
    case contradictorySite(Int)
    /// The bounds on the number of sites leave none: lower, upper, required and allowed sites.
    case siteCount(minimum: Int, maximum: Int, required: Int, allowed: Int)
    /// A region that no allowed candidate and no existing node may serve.
    case unreachableRegion(Int)
    /// Another error about a region, with the region's code.
    case region(code: String, PlacementError)
    /// Another error about a candidate site, with its code.
    case candidate(code: String, PlacementError)
    /// No choice of at most `maximum` sites reaches every region; `region` is one that stays out of reach.
    case tooFewSites(maximum: Int, region: Int)
    /// The sites that may be open have too little room for the demand, together or within reach.
    case tooLittleCapacity(capacity: Double, demand: Double)
    /// No choice that obeys the other rules keeps to the budget; one that costs `needed` to open would do.
    case tooSmallBudget(budget: Double, needed: Double)
    /// A client that is served from one site only and demands more than any site that reaches it can hold.
    case tooLargeDemand(region: Int, demand: Double, capacity: Double)
    /// The sites have room together, but not when every client is served from one site only.
    case noSingleSource(capacity: Double, demand: Double)
    /// The work limit ended the search before any choice that reaches every region was found.
    case noSolutionWithinLimits
    /// Two wishes that no solver fulfils together.
    case unsupported(what: String, with: String)
    /// An objective that is not one of `LocationProblem.Objective`.
    case unknownObjective(String)

    public var description: String {
        switch self {
        case .shape(let what, let count, let expected): "\(what) has \(count) entries, expected \(expected)"
        case .value(let what, let position, let value):
            "\(what) number \(position + 1) is \(value); expected a finite number, not negative for weights and distances"
        case .tooLarge(let what, let position, let value):
            "\(what) number \(position + 1) is \(value); the largest that can be reckoned with is 1e+15: count in larger "
                + "units"
        case .nobodyInReach(let candidate, let region, let kilometres, let radius):
            "no candidate reaches any region within the hour: candidate \(candidate) and region \(region), the closest, "
                + "are \(kilometres.rounded()) km apart by road, and a site reaches \(radius) km; check the coordinates "
                + "or widen the radius"
        case .asymmetric(let what, let row, let column, let one, let other):
            "\(what) from \(row + 1) to \(column + 1) is \(one), but \(other) the other way; make both the same"
        case .coordinate(let what, let code, let latitude, let longitude):
            "\(what) \(code) lies at latitude \(latitude), longitude \(longitude), outside -90...90 or -180...180; "
                + "check whether the two are swapped"
        case .swappedCoordinate(let what, let code, let latitude, let longitude):
            "\(what) \(code) lies at latitude \(latitude), longitude \(longitude), far from all other places, but among "
                + "them when the two are swapped; swap them or correct the coordinates"
        case .noDemand:
            "no region has any demand, so that no site is better than another; give demand, or check its dates and units"
        case .duplicateSite(let code, let other):
            code == other
                ? "candidate \(code) is listed twice; drop one of the two"
                : "candidates \(code) and \(other) stand on the same spot; drop one or correct its coordinates"
        case .unknownSite(let site): "site number \(site &+ 1) is not among the candidates"
        case .contradictorySite(let site):
            "site number \(site &+ 1) is both required and forbidden; drop one of the two"
        case .siteCount(let minimum, let maximum, let required, let allowed):
            "between \(minimum) and \(maximum) sites are asked for, but \(required) are required and \(allowed) allowed; "
                + "widen the bounds or change the required and forbidden sites"
        case .unreachableRegion(let region):
            "region number \(region &+ 1) is out of reach of every allowed site and existing node; "
                + "widen the service radius, allow a site or add a node that serves it"
        case .region(let code, let error): "region \(code): \(error)"
        case .candidate(let code, let error): "candidate \(code): \(error)"
        case .tooFewSites(let maximum, let region):
            "no choice of at most \(maximum) sites reaches every region (region number \(region &+ 1) stays out of reach); "
                + "raise the number of sites or the service radius"
        case .tooLittleCapacity(let capacity, let demand):
            "the sites have room for \(capacity) units, but \(demand) are demanded; "
                + "raise capacities or the number of sites, or widen their reach"
        case .tooSmallBudget(let budget, let needed):
            "the budget of \(budget) is too small: the cheapest choice known that obeys every other rule costs "
                + "\(needed) to open; raise the budget or change what is required"
        case .tooLargeDemand(let region, let demand, let capacity):
            "region number \(region &+ 1) demands \(demand) units, but no site within reach holds more than \(capacity); "
                + "let it be served from several sites or raise a capacity"
        case .noSingleSource(let capacity, let demand):
            "the sites have room for \(capacity) units and \(demand) are demanded, but no way of serving each region "
                + "from one site only fits; let regions be served from several sites or raise capacities"
        case .noSolutionWithinLimits:
            "the work limit ended the search before every region was reached; raise the work limit"
        case .unsupported(let what, let with):
            "\(what) and \(with) cannot be asked for together; leave one of them out"
        case .unknownObjective(let word):
            "'\(word)' is no objective; write one of "
                + LocationProblem.Objective.allCases.map(\.rawValue).joined(separator: ", ")
        }
    }
}
