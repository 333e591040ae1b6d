/// Why a run has no result.
public enum SimulationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The world cannot run; every fault found, each with its place and cure.
    case invalid([WorldFault])
    /// The books do not balance: a fault of the program, with the first offender named.
    case audit(AuditFault)
    /// A count or amount left its integer range.
    case overflow(String)
    case cancelled
    /// A saved state cannot be taken up, or kept: what is wrong.
    case checkpoint(String)

    public var description: String {
        switch self {
        case .invalid(let faults): faults.map(\.description).joined(separator: "\n")
        case .audit(let fault): "the audit failed: \(fault)"
        case .overflow(let what): "\(what) is too large to be counted; check quantities, prices and volume"
        case .cancelled: "the run was cancelled"
        case .checkpoint(let what): "checkpoint: \(what)"
        }
    }
}

/// Something in a world that does not fit.
public struct WorldFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where: `stock`, `promotion FLASH`, `region Cornwall` ...
    public var place: String
    /// What is wrong and what to do.
    public var message: String

    public init(_ place: String, _ message: String) {
        self.place = place
        self.message = message
    }

    public var description: String { "\(place): \(message)" }
}

/// A law of the books that did not hold.
public struct AuditFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Which law, as in `AuditReport.Check.key`.
    public var check: String
    /// The first entity it fails for: an order id, a SKU at a node, an account.
    public var offender: String
    public var expected: Int64
    public var found: Int64

    public init(check: String, offender: String, expected: Int64, found: Int64) {
        self.check = check
        self.offender = offender
        self.expected = expected
        self.found = found
    }

    public var description: String { "\(check): \(offender) should be \(expected) but is \(found)" }
}
