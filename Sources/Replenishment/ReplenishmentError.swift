/// What can be wrong with the input of a stock plan or a suggestion. Each case names the place and the cure.
public enum ReplenishmentError: Error, Equatable, CustomStringConvertible {
    /// A parameter is outside its range: name, value, what was expected.
    case parameter(name: String, value: Double, expected: String)
    /// A word or a list is not what it should be: name, text, what was expected.
    case text(name: String, value: String, expected: String)
    /// Two columns that must have the same length do not.
    case shape(what: String, count: Int, expected: Int)
    /// A row's demand is negative, infinite or not a number.
    case demand(sku: String, node: Int, day: Int, value: Double)
    /// A whole number left 64 bits.
    case overflow(String)

    public var description: String {
        switch self {
        case .parameter(let name, let value, let expected):
            "\(name) is \(value), expected \(expected); correct it in the scenario or the data set"
        case .text(let name, let value, let expected):
            "\(name) is '\(value)', expected \(expected)"
        case .shape(let what, let count, let expected):
            "\(what) has \(count) entries, expected \(expected); give one entry per row"
        case .demand(let sku, let node, let day, let value):
            "demand of SKU \(sku) at node \(node) on day \(day) is \(value), expected a number of 0 or more; "
                + "correct the forecast or its adjustments"
        case .overflow(let what): "\(what) does not fit 64 bits; check quantities and prices for typing errors"
        }
    }
}
