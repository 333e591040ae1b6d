public import Retail

/// The number of a run in its workspace: counts up, is never given twice.
public struct RunID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public var number: Int64
    public init(_ number: Int64) { self.number = number }
    /// A run as people write it; nil unless it is a positive whole number.
    public init?(_ text: some StringProtocol) {
        guard let number = Int64(text), number > 0 else { return nil }
        self.number = number
    }
    public var description: String { String(number) }
    public static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}

public enum RunStatus: String, Sendable, CaseIterable, Codable {
    case running
    case done
    case failed
    /// Stopped before its end: cancelled by a person, or its process died.
    case interrupted
}

/// What must be known to repeat a run; stored before the run begins.
public struct RunInputs: Sendable, Equatable {
    public var name: String
    /// The resolved scenario, as text that can be run again.
    public var scenario: String
    /// Levers changed on the command line or in the form, as `path=value`.
    public var overrides: [String]
    public var seed: UInt64
    public var replications: Int
    /// ISO 4217 code of every amount of the run.
    public var currency: String
    public var engineVersion: String
    public var processor: String
    /// SHA-256 of the data set's files; empty until the data are read.
    public var dataFingerprint: String
    /// Digest of the forecast in this workspace that the run draws on; nil until it is known.
    public var forecastDigest: String?
    /// SHA-256 of the stock plan; nil until it is known.
    public var planDigest: String?

    public init(
        name: String, scenario: String, overrides: [String] = [], seed: UInt64, replications: Int,
        currency: String = "", engineVersion: String, processor: String = Processor.current,
        dataFingerprint: String = "", forecastDigest: String? = nil, planDigest: String? = nil
    ) {
        self.name = name
        self.scenario = scenario
        self.overrides = overrides
        self.seed = seed
        self.replications = replications
        self.currency = currency
        self.engineVersion = engineVersion
        self.processor = processor
        self.dataFingerprint = dataFingerprint
        self.forecastDigest = forecastDigest
        self.planDigest = planDigest
    }
}

/// What a finished run leaves behind.
public struct RunOutcome: Sendable, Equatable {
    public var figures: [Figure]
    /// The result tables that the result digest is made of.
    public var tables: [ResultTable]
    /// Tables kept beside the results: placement, map, assumptions. Not part of the digest.
    public var appendices: [ResultTable]
    public var suggestions: [SuggestionRow]
    /// Name of the data set and the day that the suggestions are for.
    public var dataset: String
    public var today: Day

    public init(
        figures: [Figure], tables: [ResultTable], appendices: [ResultTable] = [], suggestions: [SuggestionRow] = [],
        dataset: String = "", today: Day = Day(number: 0)
    ) {
        self.figures = figures
        self.tables = tables
        self.appendices = appendices
        self.suggestions = suggestions
        self.dataset = dataset
        self.today = today
    }
}

/// A run as the workspace knows it.
public struct Run: Sendable, Equatable, Identifiable {
    public var id: RunID
    public var inputs: RunInputs
    public var status: RunStatus
    /// The part done, 0 to 1, and the name of the stage, as last reported.
    public var progress: Double
    public var stage: String
    /// Seconds since 1970-01-01 00:00 UTC.
    public var started: Int64
    public var finished: Int64?
    /// Nil until the run is done; see `resultDigest(tables:figures:)`.
    public var resultDigest: String?
    /// Why it failed or was interrupted; empty otherwise.
    public var message: String
    /// Where its HTML report was written; nil when none was.
    public var reportPath: String?
}
