import Foundation
import GRDB
public import Retail

extension Workspace {
    /// The changes kept for a data set, oldest first, withdrawn ones among them.
    public func adjustments(dataset: String) throws(StoreError) -> [KeptAdjustment] {
        let path = path
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT adjustments.*, withdrawals.author AS withdrawn_by FROM adjustments
                    LEFT JOIN withdrawals ON withdrawals.adjustment = adjustments.id
                    WHERE dataset = ? ORDER BY adjustments.id
                    """, arguments: [dataset]
            ).map { try KeptAdjustment($0, path) }
        }
    }

    /// Keeps changes to a data set's forecasts, all of them or none.
    ///
    /// - Parameter at: seconds since 1970-01-01 00:00 UTC.
    /// - Throws: `invalid` where nobody's name is given, or the value is not a number.
    public func keep(_ adjustments: [Adjustment], of dataset: Dataset, at: Int64) throws(StoreError) {
        let path = path
        for adjustment in adjustments {
            guard adjustment.author.contains(where: { !$0.isWhitespace }) else {
                throw .invalid(path: path, what: "a change to the forecast needs the name of its author")
            }
            guard adjustment.value.isFinite, adjustment.kind == .add || adjustment.value >= 0,
                adjustment.from <= adjustment.through
            else {
                throw .invalid(
                    path: path, what: "a change from \(adjustment.from) by \(adjustment.author) makes no sense")
            }
        }
        let kept = adjustments.map { KeptAdjustment($0, of: dataset, at: at) }
        try write { database in
            for adjustment in kept { try database.insert(adjustment, dataset: dataset.name) }
        }
    }

    /// Takes a change out of force; it stays on record.
    ///
    /// - Throws: `invalid` where the data set has no such change in force, or nobody's name is given.
    public func withdraw(
        adjustment id: Int64, dataset: String, by author: String, at: Int64
    ) throws(StoreError) {
        guard author.contains(where: { !$0.isWhitespace }) else {
            throw .invalid(path: path, what: "to withdraw a change takes a name")
        }
        guard let found = try adjustments(dataset: dataset).first(where: { $0.id == id }) else {
            throw .invalid(path: path, what: "there is no change \(id) to forecasts of \(dataset)")
        }
        if let by = found.withdrawnBy {
            throw .invalid(path: path, what: "change \(id) was withdrawn by \(by) before")
        }
        try write { database in
            try database.execute(
                sql: "INSERT INTO withdrawals (adjustment, author, at) VALUES (?, ?, ?)", arguments: [id, author, at])
        }
    }

    /// A data set with the changes kept here that are in force after its own; those that name codes it does not have
    /// are said in its assumptions.
    public func adjusting(_ dataset: Dataset) throws(StoreError) -> Dataset {
        var result = dataset
        for kept in try adjustments(dataset: dataset.name) where kept.withdrawnBy == nil {
            if let adjustment = kept.adjustment(for: dataset) {
                result.adjustments.append(adjustment)
            } else {
                result.assumptions.append(
                    Assumption(
                        subject: "adjustment \(kept.id)",
                        text: "kept in the workspace, names codes the data do not have"))
            }
        }
        return result
    }
}

extension Database {
    fileprivate func insert(_ kept: KeptAdjustment, dataset: String) throws {
        let (kind, codes): (String, [String]) =
            switch kept.scope {
            case .everything: ("everything", [])
            case .category(let levels): ("category", levels)
            case .skus(let skus): ("skus", skus)
            }
        let change = kept.change
        try execute(
            sql: """
                INSERT INTO adjustments (dataset, scope, codes, channel, region, first, last, kind, value, author, reason,
                    expires, made, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                dataset, kind, String(decoding: try JSONEncoder().encode(codes), as: UTF8.self), kept.channel,
                kept.region,
                change.from.number, change.through.number, change.kind.rawValue, change.value, change.author,
                change.reason, change.expires?.number, change.made?.number, kept.at,
            ])
    }
}

extension KeptAdjustment {
    fileprivate init(_ row: Row, _ path: String) throws {
        guard let codes = try? JSONDecoder().decode([String].self, from: Data((row["codes"] as String).utf8)),
            let kind = Adjustment.Kind(rawValue: row["kind"])
        else { throw StoreError.damaged(path: path, what: "a change to the forecast cannot be read") }
        switch row["scope"] as String {
        case "category": scope = .category(codes)
        case "skus": scope = .skus(codes)
        default: scope = .everything
        }
        (id, channel, region, at) = (row["id"], row["channel"], row["region"], row["at"])
        withdrawnBy = row["withdrawn_by"]
        change = Adjustment(
            scope: .everything, channel: nil, region: nil, from: Day(number: row["first"]),
            through: Day(number: row["last"]), kind: kind, value: row["value"], author: row["author"],
            reason: row["reason"], expires: (row["expires"] as Int32?).map(Day.init(number:)),
            made: (row["made"] as Int32?).map(Day.init(number:)))
    }
}
