public import Datasets
import Foundation
public import Retail
public import Store

/// A draft purchase order: what is to be bought from one supplier.
public struct PurchaseOrder: Sendable, Equatable {
    public var supplier: String
    public var supplierName: String
    /// Code of the draft: supplier and day.
    public var code: String
    public var day: Day
    /// The supplier's terms, where they are known.
    public var terms: Supplier?
    public var lines: [SuggestionRow]

    /// One order for each supplier with anything to buy, the dearest first; lines by the day they must be ordered.
    public static func drafts(
        _ rows: [SuggestionRow], day: Day, suppliers: [Supplier], currency: Currency
    ) -> [PurchaseOrder] {
        let terms = Dictionary(suppliers.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let open = rows.filter { $0.orderQuantity > 0 && [.proposed, .approved].contains($0.status.state) }
        return Dictionary(grouping: open, by: \.supplier).map { code, lines in
            PurchaseOrder(
                supplier: code, supplierName: lines.first?.supplierName ?? "",
                code: "\(code)-\(day.description.filter { $0 != "-" })", day: day, terms: terms[code],
                lines: lines.sorted { ($0.orderBy, $0.sku, $0.node) < ($1.orderBy, $1.sku, $1.node) })
        }.sorted { ($1.value(currency), $0.supplier) < ($0.value(currency), $1.supplier) }
    }

    public func value(_ currency: Currency) -> Amount { lines.reduce(.zero) { $0 + $1.orderValue(in: currency) } }
    public var units: Int64 { lines.reduce(0) { $0 + $1.orderQuantity } }

    /// Writes `<code>.xlsx` and `<code>.csv` into a folder, which is made when it does not exist.
    /// - Returns: the paths written.
    public func write(to folder: String, currency: Currency, language: Language) throws(FileError) -> [String] {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw FileError(
                path: folder, action: .open, reason: "the folder could not be made",
                cure: "check the path and its permissions")
        }
        let safe = code.unicodeScalars.map { scalar -> Character in
            let isPlain =
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "-_".unicodeScalars.contains(scalar)
            return isPlain ? Character(scalar) : "_"
        }
        let stem = folder + "/" + String(safe.prefix(100))
        try Workbook.write([sheet(currency, language)], title: code, to: stem + ".xlsx")
        try AtomicFile.write(spreadsheetCSV(table(currency, language)), to: stem + ".csv")
        return [stem + ".xlsx", stem + ".csv"]
    }

    /// Columns of a draft order.
    private static let columns = [
        "sku", "sku_name", "node", "quantity", "unit_cost", "value", "receipt", "order_by", "suggested", "state",
        "decided_reason", "minimum_quantity", "order_multiple", "volume", "supplier",
    ]

    /// The lines as a table, codes as column names.
    public func table(_ currency: Currency, _ language: Language) -> ResultTable {
        let all = suggestionTable(lines, currency: currency, language: language)
        return ResultTable("purchase_order", Self.columns.compactMap { name in all.columns.first { $0.name == name } })
    }

    /// The order as a sheet: its head, then its lines, then the total.
    public func sheet(_ currency: Currency, _ language: Language) -> Sheet {
        var sheet = Sheet(
            name: supplierName.isEmpty ? supplier : supplierName,
            columns: table(currency, language).columns.map {
                SuggestionWorkbook.column(of: $0, currency, language)
            }, frozenColumns: 2, endsInTotal: true)
        for c in sheet.columns.indices {
            switch sheet.columns[c].values {
            case .text(let texts):
                sheet.columns[c].values = .text(texts + [c == 0 ? Catalogue.text("report.total", language) : ""])
            case .integer(let numbers):
                sheet.columns[c].values = .integer(numbers + [Self.columns[c] == "quantity" ? units : 0])
                sheet.columns[c].leavesTotalEmpty = Self.columns[c] != "quantity"
            case .real(let numbers):
                let total =
                    Self.columns[c] == "value"
                    ? value(currency).major(in: currency)
                    : Self.columns[c] == "volume" ? numbers.reduce(0, +) : .nan
                sheet.columns[c].values = .real(numbers + [total])
            }
        }
        sheet.head = head(currency, language)
        return sheet
    }

    private func head(_ currency: Currency, _ language: Language) -> [Sheet.HeadLine] {
        func label(_ key: String) -> String { Catalogue.text("order.\(key)", language) }
        var head: [Sheet.HeadLine] = [
            .init(label("title"), .text(code)),
            .init(label("supplier"), .text("\(supplier) \(supplierName)")),
            .init(label("day"), .date(day)),
            .init(label("currency"), .text(currency.code)),
        ]
        if let terms {
            head += [
                .init(label("payment_days"), .number(Double(terms.paymentDays))),
                .init(label("pay_by"), .date(day + Int(terms.paymentDays))),
                .init(label("returns"), .text(words("answer", terms.acceptsReturns ? "yes" : "no", language))),
                .init(label("consignment"), .text(words("answer", terms.isConsignment ? "yes" : "no", language))),
                .init(
                    label("tax"),
                    .text(
                        terms.taxRate == .zero
                            ? "-"
                            : "\(NumberText(language: language, currency: currency).percent(terms.taxRate.fraction)) "
                                + label(terms.pricesIncludeTax ? "tax_included" : "tax_added"))),
            ]
        }
        return head
    }
}
