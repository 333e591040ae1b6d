import Datasets
import Foundation
import Retail
import Simulation
import Synchronization

/// Saved states of a run in a folder, one file a replication, so that a run that was stopped, however it was stopped,
/// goes on where it was and gives the same bytes.
///
/// Each file is a short text head (engine version, digest of the run's inputs, digest of the state) and the state.
/// Files appear whole or not at all; a run that is done removes its own.
final class CheckpointFolder: Sendable {
    private let folder: String
    /// SHA-256 of everything the run's numbers follow from.
    private let run: String
    private let interval: Duration
    private let saved = Mutex<[Int: ContinuousClock.Instant]>([:])

    /// - Parameters:
    ///   - inputs: what the run's numbers follow from: scenario, seed, digests.
    ///   - interval: time between two saved states of a replication.
    init(_ folder: String, inputs: [String], interval: Duration = .seconds(10)) throws(FileError) {
        self.folder = folder
        self.interval = interval
        run = Fingerprint.sha256(inputs.map { "\($0.utf8.count) \($0)" }.joined(separator: "\n"))
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw FileError(
                path: folder, action: .open, reason: "the folder cannot be made", cure: "name one that can be written")
        }
    }

    var checkpoints: Checkpoints {
        Checkpoints(
            load: { try self.load($0) }, isDue: { self.isDue($0) }, save: { try self.save($1, of: $0) })
    }

    /// Removes the states of a run that is done.
    func clear(replications: Int) {
        for number in 0..<replications { try? FileManager.default.removeItem(atPath: path(number)) }
    }

    private func path(_ replication: Int) -> String { "\(folder)/replication-\(replication + 1).state" }

    private func isDue(_ replication: Int) -> Bool {
        let now = ContinuousClock.now
        return saved.withLock { saved in
            guard let last = saved[replication] else {
                saved[replication] = now
                return false
            }
            guard now - last >= interval else { return false }
            saved[replication] = now
            return true
        }
    }

    private func head(_ state: [UInt8]) -> String {
        """
        granary checkpoint 1
        engine \(Simulator.engineVersion)
        run \(run)
        state \(Fingerprint.sha256(state))

        """
    }

    private func save(_ state: [UInt8], of replication: Int) throws(FileError) {
        try AtomicFile.write(Array(head(state).utf8) + state, to: path(replication))
    }

    private func load(_ replication: Int) throws(CheckpointFileError) -> [UInt8]? {
        let path = path(replication)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CheckpointFileError(path: path, problem: .unreadable)
        }
        let lines = data.split(separator: UInt8(ascii: "\n"), maxSplits: 4, omittingEmptySubsequences: false)
        guard lines.count == 5, lines[0].elementsEqual("granary checkpoint 1".utf8) else {
            throw CheckpointFileError(path: path, problem: .foreign)
        }
        if !lines[1].elementsEqual("engine \(Simulator.engineVersion)".utf8) {
            let found = String(decoding: lines[1].dropFirst("engine ".utf8.count).prefix(20), as: UTF8.self)
            throw CheckpointFileError(path: path, problem: .otherEngine(found))
        }
        let state = [UInt8](lines[4])
        guard lines[3].elementsEqual("state \(Fingerprint.sha256(state))".utf8) else {
            throw CheckpointFileError(path: path, problem: .damaged)
        }
        guard lines[2].elementsEqual("run \(run)".utf8) else {
            throw CheckpointFileError(path: path, problem: .otherRun)
        }
        return state
    }
}

/// A saved state that cannot be taken up.
struct CheckpointFileError: Error, CustomStringConvertible {
    enum Problem {
        case unreadable, foreign, damaged, otherRun
        case otherEngine(String)
    }

    var path: String
    var problem: Problem

    var description: String {
        let what =
            switch problem {
            case .unreadable: "cannot be read; check the file's permissions"
            case .foreign: "is not a saved state of a run; name another folder"
            case .damaged: "is damaged: its bytes do not match their digest; remove it to run from the start"
            case .otherRun:
                "belongs to a run of another scenario, data set or seed; name another folder, or remove it"
            case .otherEngine(let version):
                "was saved by engine version \(version), this is \(Simulator.engineVersion); "
                    + "remove it to run from the start"
            }
        return "\(path) \(what)"
    }
}
