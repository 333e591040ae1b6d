public import Datasets
import Foundation
public import Retail
public import Store

/// Purchase suggestions as a workbook: a summary sheet and a sheet for each supplier, ready to sign and send.
public enum SuggestionWorkbook {
    /// Writes the workbook; the same suggestions give the same bytes.
    /// - Throws: `FileError` when the file cannot be opened or the disk is full; nothing is left behind then.
    public static func write(
        _ lines: [SuggestionRow], currency: Currency, language: Language, to path: String
    ) throws(FileError) {
        try Workbook.write(
            sheets(lines, currency: currency, language: language),
            title: Catalogue.text("report.suggestions", language), to: path)
    }

    /// The sheets: summary first, then suppliers by descending value, lines by the day they must be ordered.
    public static func sheets(_ lines: [SuggestionRow], currency: Currency, language: Language) -> [Sheet] {
        let groups = Dictionary(grouping: lines, by: \.supplier)
            .map { SupplierGroup(code: $0.key, lines: $0.value.sorted(by: comesFirst), currency: currency) }
            .sorted { ($1.value.minor, $0.code) < ($0.value.minor, $1.code) }
        return [summary(groups, currency, language)] + groups.map { detail($0, currency, language) }
    }

    private struct SupplierGroup {
        var code: String
        var lines: [SuggestionRow]
        var currency: Currency
        var value: Amount { lines.reduce(.zero) { $0 + $1.orderValue(in: currency) } }
        /// Lines of which anything is ordered.
        var ordered: Int64 { Int64(lines.count { $0.orderQuantity > 0 }) }
        var units: Int64 { lines.reduce(0) { $0 + $1.orderQuantity } }
    }

    private static func comesFirst(_ a: SuggestionRow, _ b: SuggestionRow) -> Bool {
        (a.orderBy, b.value, a.sku, a.node) < (
            b.orderBy, a.value, b.sku, b.node
        )
    }

    private static func summary(_ groups: [SupplierGroup], _ currency: Currency, _ language: Language) -> Sheet {
        func heading(_ name: String, _ unit: String = "") -> String { Self.heading(name, unit, language) }
        let total = groups.reduce(Amount.zero) { $0 + $1.value }
        return Sheet(
            name: Catalogue.text("report.summary", language),
            columns: [
                .init(
                    heading("supplier"), .text, width: 16,
                    .text(groups.map(\.code) + [Catalogue.text("report.total", language)])),
                .init(
                    heading("supplier_name"), .text, width: 32,
                    .text(groups.map { $0.lines.first?.supplierName ?? "" } + [""])),
                .init(
                    heading("lines"), .whole, width: 10,
                    .integer(groups.map(\.ordered) + [groups.reduce(0) { $0 + $1.ordered }])),
                .init(
                    heading("quantity", "units"), .whole, width: 14,
                    .integer(groups.map(\.units) + [groups.reduce(0) { $0 + $1.units }])),
                .init(
                    heading("value", currency.code), .money(currency), width: 16,
                    .real((groups.map(\.value) + [total]).map { $0.major(in: currency) })),
                .init(
                    heading("order_by"), .date, width: 14,
                    .text(groups.map { $0.lines.map(\.orderBy).min()?.description ?? "" } + [""])),
            ], endsInTotal: true)
    }

    /// Columns a buyer reads first come first; how the quantity came about stands to the right.
    private static let order = [
        "sku", "sku_name", "node", "quantity", "suggested", "unit_cost", "value", "order_by", "receipt", "stockout",
        "first_gap", "urgency", "margin_at_risk", "reason", "state", "decided_by", "decided_reason", "valid_until",
        "drift", "marks", "order_code", "volume", "on_hand", "reserved", "in_transit", "on_order", "backordered",
        "expiring",
        "position", "demand_mean", "demand_p10",
        "demand_p50", "demand_p90", "safety_stock", "safety_stock_source", "reorder_point", "reorder_point_source",
        "order_up_to", "minimum_quantity", "order_multiple", "need", "after_minimum", "after_multiple", "rounding",
        "after_break", "after_order_value",
        "after_container", "after_limits", "after_budget", "below_order_value", "below_container", "forced_days",
        "part",
        "effective_cost", "next_supplier", "next_supplier_cost", "cover_before", "cover_after",
        "stockout_probability", "supplier",
    ]

    private static func detail(_ group: SupplierGroup, _ currency: Currency, _ language: Language) -> Sheet {
        let table = suggestionTable(group.lines, currency: currency, language: language)
        let columns = order.compactMap { name in
            table.columns.first { $0.name == name }.map { column(of: $0, currency, language) }
        }
        return Sheet(
            name: group.lines.first.map { $0.supplierName.isEmpty ? group.code : $0.supplierName } ?? group.code,
            columns: columns, frozenColumns: 2)
    }

    static func column(of column: Column, _ currency: Currency, _ language: Language) -> Sheet.SheetColumn {
        let heading = heading(column.name, column.unit == "share" ? "" : column.unit, language)
        switch column.name {
        case "sku_name": return .init(heading, .text, width: 36, column.values)
        case "reason": return .init(heading, .prose, width: 70, column.values)
        case "order_by", "receipt", "stockout", "first_gap", "valid_until":
            return .init(heading, .date, width: 13, column.values)
        case "value", "margin_at_risk": return .init(heading, .money(currency), width: 14, column.values)
        // Unit costs are kept to a ten-thousandth of the major unit, so that quantity times cost gives the value.
        case "safety_stock_source", "reorder_point_source", "decided_reason":
            return .init(heading, .text, width: 30, column.values)
        case "unit_cost", "effective_cost", "next_supplier_cost":
            return .init(heading, .decimal(4), width: 12, column.values)
        case "stockout_probability": return .init(heading, .percent, width: 12, column.values)
        default:
            let style: Sheet.Style
            switch column.values {
            case .text: style = .text
            case .integer: style = .whole
            case .real: style = .decimal(1)
            }
            return .init(heading, style, width: 13, column.values)
        }
    }

    private static func heading(_ name: String, _ unit: String, _ language: Language) -> String {
        let text = words("column", name, language)
        guard !unit.isEmpty else { return text }
        return "\(text) (\(Catalogue.contains("unit." + unit) ? Catalogue.text("unit." + unit, language) : unit))"
    }
}
