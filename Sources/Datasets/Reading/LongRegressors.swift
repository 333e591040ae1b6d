import Retail

/// Columns of a long file beside its values, past and to come.
public struct LongRegressors: Sendable, Equatable {
    public var names: [String]
    /// For each series, row-major steps x columns from its first cell on; NaN where empty.
    public var values: [[Float]]

    /// The names in the header of a file.
    static func header(_ path: String, _ file: String) throws(DatasetError) -> [String] {
        do {
            var scanner = try CSVScanner(path: path)
            guard try scanner.next() else { return [] }
            var names: [String] = []
            for field in scanner.fields.indices {
                names.append(String(decoding: Parse.trimmed(scanner.bytes(field)).prefix(240), as: UTF8.self))
            }
            return names
        } catch let failure as ScanFailure {
            throw DatasetError(issues: [failure.issue(file: file)])
        } catch let failure as FileError {
            throw DatasetError(failure)
        } catch {
            return []
        }
    }

    /// The long format with further columns; those not taken are read over as text.
    static func schema(_ extras: [String], taken: [String]?) -> TableSchema {
        TableSchema(
            "demand", "A panel in the long format with regressors.", key: ["unique_id", "ds"], absent: "an error",
            Schema.longPanel.columns
                + extras.map { name in
                    taken?.contains(name) ?? true
                        ? ColumnSchema(
                            name, .real, .optional(""), min: -1e12, max: 1e12, "a regressor; empty: not known")
                        : ColumnSchema(name, .text, .optional(""), "not taken")
                })
    }

    /// Cuts each series behind its last value, and gives it its columns, those to come too.
    static func split(
        _ panel: DemandPanel, _ cells: [[Float]], _ names: [String], taken: [String]?
    ) -> (panel: DemandPanel, regressors: LongRegressors?) {
        let columns = names.indices.filter { taken?.contains(names[$0]) ?? true }
        var past = DemandPanel(axis: panel.axis)
        var regressors = LongRegressors(names: columns.map { names[$0] }, values: [])
        var steps = 0
        for series in panel.keys.indices {
            let range = panel.offsets[series]..<panel.offsets[series + 1]
            // A series without any value keeps its cells, so that it is named and not lost.
            let end = range.last { !panel.missing[$0] }.map { $0 + 1 } ?? range.upperBound
            let start = Int(panel.starts[series])
            steps = max(steps, start + end - range.lowerBound)
            past.append(
                name: panel.names[series], key: panel.keys[series], start: start,
                Array(panel.cells(series).prefix(end - range.lowerBound)))
            var rows: [Float] = []
            rows.reserveCapacity(range.count * columns.count)
            for cell in range { for column in columns { rows.append(cells[column][cell]) } }
            regressors.values.append(rows)
        }
        past.axis.count = steps
        return (past, columns.isEmpty ? nil : regressors)
    }
}
