import Foundation
import Retail

/// A location problem as a JSON file states it, every list in the order of its sites and clients; sites are counted
/// from 1. `null` in a list of costs means that a site may not serve a client, in one of capacities no limit.
public struct LocationInstance: Sendable, Decodable {
    /// By site; with tiers those of the fronts.
    public var fixedCosts: [Double]
    /// Sites x clients: cost of one unit.
    public var unitCosts: [[Double?]]
    /// By client, where demand is not stated in cases.
    public var demands: [Double]?
    public var cases: [Case]?
    /// Cost of a unit that no site serves.
    public var fallback: [Double?]?
    /// `expected`, `worst_cost` or `worst_regret`.
    public var objective: String?
    public var capacities: [Double?]?
    public var singleSource: Bool?
    public var stock: Stock?
    public var tiers: [Tier]?
    public var atLeast: Int?
    public var atMost: Int?
    public var open: [Int]?
    public var forbid: [Int]?
    public var budget: Double?
    public var alternatives: [[Int]]?

    public struct Case: Sendable, Decodable {
        public var probability: Double
        public var demands: [Double]
    }

    public struct Stock: Sendable, Decodable {
        /// By site.
        public var working: [Double]
        public var safety: [Double]
        /// By client; nil where it is the demand.
        public var means: [Double]?
        /// Clients x clients, or one list of variances.
        public var covariance: [[Double]]
    }

    public struct Tier: Sendable, Decodable {
        public var fixedCosts: [Double]
        /// This tier's sites x those of the tier below.
        public var unitCosts: [[Double?]]
        public var atMost: Int?
        public var open: [Int]?
        public var forbid: [Int]?
    }

    /// - Throws: `FileError`, or a `DataIssue` that names the key.
    public static func read(path: String) throws -> LocationInstance {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError(
                path: path, action: .open, reason: "it is not there or may not be read", cure: "check the path")
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        func issue(_ keys: [any CodingKey], _ expected: Phrase) -> DataIssue {
            let field = keys.map { key in
                // The decoder names keys in its own spelling; the file's has underscores.
                key.intValue.map { "\($0 + 1)" }
                    ?? key.stringValue.map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined()
            }.joined(separator: ".")
            return DataIssue(
                file: name, field: field.isEmpty ? nil : field, expected: expected,
                cure: "see docs/placement.md for the keys of a location problem")
        }
        do { return try decoder.decode(LocationInstance.self, from: data) } catch {
            switch error {
            case DecodingError.keyNotFound(let key, let context):
                throw issue(context.codingPath + [key], "the key is missing")
            case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
                throw issue(context.codingPath, "is of another kind than it must be")
            default: throw issue([], "is not a JSON file")
            }
        }
    }
}
