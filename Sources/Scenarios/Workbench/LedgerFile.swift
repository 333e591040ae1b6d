import Datasets
import Foundation
import Retail
public import Simulation

/// The single postings of one replication of a run as a CSV file.
public enum LedgerFile {
    /// Writes them, as they are made, to a file that appears whole or not at all.
    ///
    /// - Returns: sides of postings written.
    /// - Throws: `FileError` when the file cannot be written, `SimulationError` when the world cannot run.
    public static func write(_ world: World, seed: UInt64, replication: Int, to path: String) throws -> Int {
        let partial = path + ".partial"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let file = FileHandle(forWritingAtPath: partial)
        else {
            throw FileError(
                path: path, action: .write, reason: "the file cannot be made",
                cure: "name a file in a folder that exists and can be written")
        }
        do {
            try file.write(contentsOf: Data(header.utf8))
            var rows = 0
            var failure: (any Error)?
            try Simulator.postings(world, seed: seed, replication: replication) { postings in
                if postings.isEmpty || failure != nil { return }
                rows += postings.count
                do { try file.write(contentsOf: Data(text(postings, world).utf8)) } catch { failure = error }
            }
            if let failure { throw failure }
            try file.close()
            _ = try? FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: partial, toPath: path)
            return rows
        } catch {
            try? file.close()
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
    }

    private static let header = "time,order,account,debit,credit,channel,category,day\n"

    private static func text(_ postings: [LedgerPosting], _ world: World) -> String {
        var text = ""
        for posting in postings {
            let time = CivilTime(
                seconds: Int64(world.clock.start.number) * 86_400 + posting.time.microseconds / 1_000_000)
            let amount = decimal(abs(posting.amount.minor), digits: world.currency.minorDigits)
            text += "\(time),\(posting.order.map(\.description) ?? ""),\(posting.account),"
            text += posting.amount.minor > 0 ? "\(amount)," : ",\(amount)"
            text += ",\(quoted(posting.channel ?? "")),\(quoted(posting.category ?? "")),\(posting.day)\n"
        }
        return text
    }

    private static func decimal(_ minor: Int64, digits: Int) -> String {
        guard digits > 0 else { return "\(minor)" }
        let text = String(repeating: "0", count: max(0, digits + 1 - "\(minor)".count)) + "\(minor)"
        return text.dropLast(digits) + "." + text.suffix(digits)
    }

    private static func quoted(_ text: String) -> String {
        let isPlain = !text.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
        return isPlain ? text : "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
