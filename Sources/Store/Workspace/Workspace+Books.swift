import Datasets
import Foundation
import GRDB
public import Retail

extension Workspace {
    /// Keeps a book of suggestions, all of it or nothing.
    /// - Parameter now: seconds since 1970-01-01 00:00 UTC; nil: the clock's.
    public func storeBook(_ book: OrderBook, now: Int64? = nil) throws(StoreError) -> BookID {
        try write { try $0.insert(book, now: now ?? secondsSince1970()) }
    }

    /// All books, newest first.
    public func books() throws(StoreError) -> [OrderBookEntry] {
        try read { database in
            try Row.fetchAll(database, sql: Self.entries + " ORDER BY books.id DESC").map(OrderBookEntry.init)
        }
    }

    public func book(_ id: BookID) throws(StoreError) -> OrderBookEntry {
        let path = path
        return try read { database in
            let row = try Row.fetchOne(database, sql: Self.entries + " WHERE books.id = ?", arguments: [id.number])
            guard let row else { throw StoreError.noSuchBook(path: path, id: id.number) }
            return OrderBookEntry(row)
        }
    }

    /// The book of a run; nil where it left no suggestions.
    public func book(of run: RunID) throws(StoreError) -> OrderBookEntry? {
        let path = path
        return try read { database in
            let row = try Row.fetchOne(database, sql: Self.entries + " WHERE run = ?", arguments: [run.number])
            if row == nil { try database.require(run, path) }
            return row.map(OrderBookEntry.init)
        }
    }

    /// The newest book that was made alone, of one data set or of any.
    public func latestBook(dataset: String? = nil) throws(StoreError) -> OrderBookEntry? {
        try read { database in
            let filter = " WHERE run IS NULL" + (dataset == nil ? "" : " AND dataset = ?")
            return try Row.fetchOne(
                database, sql: Self.entries + filter + " ORDER BY books.id DESC LIMIT 1",
                arguments: StatementArguments(dataset.map { [$0] } ?? [])
            ).map(OrderBookEntry.init)
        }
    }

    /// The lines of a book in its order, each with what became of it.
    ///
    /// - Parameter today: the day on which expiry is judged; nil: the book's own.
    public func lines(of id: BookID, today: Day? = nil) throws(StoreError) -> [SuggestionRow] {
        let path = path
        let entry = try book(id)
        let history = try decisions(dataset: entry.dataset).byLine
        return try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM book_lines WHERE book = ? ORDER BY position", arguments: [id.number]
            ).map { row in
                var line = try SuggestionRow(row, path)
                line.status = LineStatus(
                    line.line, history: history[line.key] ?? [], today: today ?? entry.today, book: id)
                return line
            }
        }
    }

    /// The tables beside the lines of a book, checked against their checksums.
    public func tables(of id: BookID) throws(StoreError) -> [ResultTable] {
        let path = path
        return try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM book_tables WHERE book = ? ORDER BY position", arguments: [id.number]
            ).map { row in
                let bytes = [UInt8](row["content"] as Data)
                do {
                    guard Fingerprint.sha256(bytes) == row["checksum"] as String else { throw BlobDefect.checksum }
                    return try TableCoding.decode(bytes)
                } catch {
                    throw StoreError.damaged(
                        path: path, what: "table \(row["name"] as String) of book \(id): \(error)")
                }
            }
        }
    }

    /// The purchase suggestions of a run, in the order they were stored.
    public func suggestions(_ id: RunID) throws(StoreError) -> [SuggestionRow] {
        guard let book = try book(of: id) else { return [] }
        return try lines(of: book.id)
    }

    private static let entries = """
        SELECT books.*, (SELECT count(*) FROM book_lines WHERE book = books.id) AS lines,
        (SELECT total(value) FROM book_lines WHERE book = books.id) AS worth FROM books
        """
}

extension OrderBookEntry {
    fileprivate init(_ row: Row) {
        let worth: Double = row["worth"]
        self.init(
            id: BookID(row["id"]), dataset: row["dataset"], source: row["source"], today: Day(number: row["today"]),
            currency: row["currency"], run: (row["run"] as Int64?).map { RunID($0) }, made: row["made"],
            lineCount: row["lines"], value: Amount(minor: worth < 9e18 ? Int64(worth) : .max))
    }
}

extension Database {
    @discardableResult
    func insert(_ book: OrderBook, now: Int64) throws -> BookID {
        try execute(
            sql: """
                INSERT INTO books (dataset, source, today, currency, data_fingerprint, forecast_digest, run, made)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                book.dataset, book.source, book.today.number, book.currency, book.dataFingerprint,
                book.forecastDigest, book.run?.number, now,
            ])
        let id = BookID(lastInsertedRowID)
        try insert(lines: book.lines, book: id)
        for (position, table) in book.tables.enumerated() {
            let bytes = TableCoding.encode(table)
            try execute(
                sql: "INSERT INTO book_tables VALUES (?, ?, ?, ?, ?)",
                arguments: [id.number, table.name, position, Fingerprint.sha256(bytes), Data(bytes)])
        }
        return id
    }
}
