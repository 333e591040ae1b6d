/// Why a placement problem cannot be solved. Each case names what binds and what to change.
public enum PlacementError: Error, Equatable, CustomStringConvertible {
    /// Two arrays that must agree in length do not.
    case shape(what: String, count: Int, expected: Int)
    /// A cost, weight or distance is not a number, negative where it must not be, or infinite.
    case value(what: String, position: Int, value: Double)
    /// A coordinate lies outside -90...90 or -180...180 (latitude and longitude are perhaps swapped).
    case coordinate(what: String, code: String, latitude: Double, longitude: Double)
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
    /// No choice of at most `maximum` sites reaches every region; `region` is one that stays out of reach.
    case tooFewSites(maximum: Int, region: Int)
    /// The sites that may be open have too little room for the demand, together or within reach.
    case tooLittleCapacity(capacity: Double, demand: Double)
    /// The work limit ended the search before any choice that reaches every region was found.
    case noSolutionWithinLimits

    public var description: String {
        switch self {
        case .shape(let what, let count, let expected): "\(what) has \(count) entries, expected \(expected)"
        case .value(let what, let position, let value):
            "\(what) number \(position) is \(value); expected a finite number, not negative for weights and distances"
        case .coordinate(let what, let code, let latitude, let longitude):
            "\(what) \(code) lies at latitude \(latitude), longitude \(longitude), outside -90...90 or -180...180; "
                + "check whether the two are swapped"
        case .duplicateSite(let code, let other):
            code == other
                ? "candidate \(code) is listed twice; drop one of the two"
                : "candidates \(code) and \(other) stand on the same spot; drop one or correct its coordinates"
        case .unknownSite(let site): "site number \(site) is not among the candidates"
        case .contradictorySite(let site): "site number \(site) is both required and forbidden; drop one of the two"
        case .siteCount(let minimum, let maximum, let required, let allowed):
            "between \(minimum) and \(maximum) sites are asked for, but \(required) are required and \(allowed) allowed; "
                + "widen the bounds or change the required and forbidden sites"
        case .unreachableRegion(let region):
            "region number \(region) is out of reach of every allowed site and existing node; "
                + "widen the service radius, allow a site or add a node that serves it"
        case .tooFewSites(let maximum, let region):
            "no choice of at most \(maximum) sites reaches every region (region number \(region) stays out of reach); "
                + "raise the number of sites or the service radius"
        case .tooLittleCapacity(let capacity, let demand):
            "the sites have room for \(capacity) units, but \(demand) are demanded; "
                + "raise capacities or the number of sites, or widen their reach"
        case .noSolutionWithinLimits:
            "the work limit ended the search before every region was reached; raise the work limit"
        }
    }
}
