import Foundation
import Testing

@Suite("Checkpoints save what changes")
struct CheckpointCoverageTests {
    /// Columns of a coded struct that follow from the world, or hold nothing between two slices.
    private static let derived: [String: Set<String>] = [
        "StockState": [
            "offsets", "lines", "openingQuotas", "isQuota", "ratios", "buffers", "lags", "lagging", "lagPlaces",
            "nodeLags", "shelfLives",
        ],
        "Stations": ["offsets", "opens", "closes"],
        "Ledger": ["journal", "keepsJournal", "order", "time"],
        "Reforecast": ["planned", "dispersions"],
        "Docks": ["storage", "volumes", "offsets", "rowsByNode", "capacities"],
        "DemandStage": [
            "cellEntities", "orders", "segmentShares", "shape", "tierSums", "channelOffsets", "lineOffsets",
            "basketLines", "basketSums", "multipliers", "board", "secondCounts", "sensitivities", "shows", "attach",
            "isPlain", "paidShares", "sorter", "uniforms", "moments", "nextMoment", "drawnMinute",
        ],
        "Priorities": ["ranks"],
        "CampaignReserves": ["windows", "promotions", "whole"],
    ]

    private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("every column and variable of a part that is saved is saved, or known to follow from the world")
    func everyColumn() throws {
        let folder = root.appending(path: "Sources/Simulation")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let property = try Regex(
            #"^    (?:private |fileprivate )?(?:private\(set\) )?(let|var) (\w+)(?:: | = )(.*)$"#
        ).anchorsMatchLineEndings()
        var coded = 0
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for part in text.components(separatedBy: "\nstruct ").dropFirst() {
                let body = part.components(separatedBy: "\n}\n")[0]
                guard let start = body.range(of: "func code(_ codec: inout StateCodec)") else { continue }
                coded += 1
                let name = String(body.prefix { $0.isLetter })
                let saving = body[start.upperBound...]
                for match in body.matches(of: property) {
                    let (kind, variable, type) = (match[1].substring, match[2].substring, match[3].substring)
                    guard let kind, let variable, let type, !type.contains("{") else { continue }
                    let isColumn = type.contains("FixedColumn") || type.contains("GrowingColumn")
                    guard isColumn || kind == "var" else { continue }
                    let isSaved =
                        saving.contains("(\(variable))") || saving.contains("(&\(variable))")
                        || saving.contains(" \(variable).code(")
                    let isDerived = Self.derived[name]?.contains(String(variable)) ?? false
                    #expect(isSaved || isDerived, "\(name).\(variable) is neither saved nor known to be derived")
                }
            }
        }
        #expect(coded >= 7)
    }
}
