import NumericCore
import Retail

/// Replications, in order, into one result: figures with 95 % intervals, tables as means.
func combine(_ results: [ReplicationResult], currency: Currency) -> RunResult {
    let figures = FigureKey.allCases.enumerated().map { index, key in
        let values = results.map { $0.figures[index] }
        return Figure(
            key: key.rawValue, unit: key.unit(currency: currency.code), mean: mean(values),
            halfWidth: halfWidth(values), replications: values)
    }
    let tables = (results.first?.tables ?? []).enumerated().map { index, first in
        var columns = first.keys
        for (place, value) in first.values.enumerated() {
            let cells = value.cells.indices.map { cell in results.map { $0.tables[index].values[place].cells[cell] } }
            columns.append(Column(value.name, unit: value.unit, .real(cells.map(mean))))
            if first.name == "profit_and_loss" {
                columns.append(Column("half_width", unit: value.unit, .real(cells.map(halfWidth))))
            }
        }
        return ResultTable(first.name, columns)
    }
    let checks = Replication.laws.enumerated().map { index, law in
        AuditReport.Check(key: law, entities: results.reduce(0) { $0 + $1.audited[index] })
    }
    return RunResult(
        figures: figures, tables: tables, audit: AuditReport(checks: checks), engineVersion: Simulator.engineVersion)
}

func mean(_ values: [Double]) -> Double { meanAndHalfWidth(values).mean }

/// Half-width of the 95 % confidence interval of the mean; 0 for fewer than two values, which tell no spread.
func halfWidth(_ values: [Double]) -> Double { meanAndHalfWidth(values).halfWidth ?? 0 }
