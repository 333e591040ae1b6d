import Retail

/// The stored form of a result table, version 1. All numbers are little-endian.
///
///     "GRTB" | version u16 | name | rows u64 | columns u32 | column ...
///     column: name | unit | kind u8 | values
///     kind 0: rows x i64 | kind 1: rows x IEEE 754 binary64 | kind 2: rows x text
///     text: byte count u32 | UTF-8 bytes
///
/// The same bytes are stored and hashed, so that a result digest can be checked from the workspace alone.
enum TableCoding {
    static let version: UInt16 = 1

    static func append(_ table: ResultTable, to writer: inout ByteWriter) {
        writer.append(tag: "GRTB")
        writer.append(version)
        writer.append(table.name)
        writer.append(UInt64(table.rowCount))
        writer.append(UInt32(table.columns.count))
        for column in table.columns {
            writer.append(column.name)
            writer.append(column.unit)
            switch column.values {
            case .integer(let values):
                writer.append(UInt8(0))
                writer.append(values)
            case .real(let values):
                writer.append(UInt8(1))
                writer.append(values)
            case .text(let values):
                writer.append(UInt8(2))
                for value in values { writer.append(value) }
            }
        }
    }

    static func encode(_ table: ResultTable) -> [UInt8] {
        var writer = ByteWriter()
        append(table, to: &writer)
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws(BlobDefect) -> ResultTable {
        var reader = ByteReader(bytes)
        try reader.expect(tag: "GRTB")
        let found: UInt16 = try reader.integer()
        guard found == version else { throw .unknownVersion(found) }
        let name = try reader.text()
        let rows: UInt64 = try reader.integer()
        guard let rows = Int(exactly: rows) else { throw .truncated }
        let columnCount: UInt32 = try reader.integer()
        var columns: [Column] = []
        for _ in 0..<columnCount {
            let columnName = try reader.text()
            let unit = try reader.text()
            let kind: UInt8 = try reader.integer()
            let values: ColumnValues
            switch kind {
            case 0: values = .integer(try reader.integers(rows))
            case 1: values = .real(try reader.reals(rows))
            case 2: values = .text(try reader.texts(rows))
            default: throw .badValue("kind of column \(columnName)")
            }
            columns.append(Column(columnName, unit: unit, values))
        }
        try reader.finish()
        return ResultTable(name, columns)
    }
}
