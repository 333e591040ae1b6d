import Foundation
import Retail

/// What people and spreadsheets write where a plain number or date is expected, told apart so that the cure can name
/// the value as it should stand.
enum Slips {
    /// The column of a file that a header means: a slip of the keyboard, or a word that people use for it.
    static func column(_ header: String, of names: [String]) -> String? {
        if let near = nearestName(to: header, in: names) { return near }
        let plain = header.lowercased().replacing(" ", with: "_")
        return usualNames[plain]?.first { names.contains($0) }
    }

    /// What other programs call our columns.
    private static let usualNames: [String: [String]] = [
        "item": ["sku"], "item_id": ["sku"], "product": ["sku"], "product_id": ["sku"], "article": ["sku"],
        "sku_id": ["sku"], "商品": ["sku"], "商品编码": ["sku"], "货号": ["sku"], "day": ["date"], "ds": ["date"],
        "日期": ["date"], "qty": ["quantity"], "units": ["quantity"], "amount": ["quantity"], "sales": ["quantity"],
        "y": ["quantity"], "数量": ["quantity"], "销量": ["quantity"], "价格": ["price", "list_price"],
        "price": ["list_price"], "cost": ["unit_cost"], "成本": ["unit_cost"], "渠道": ["channel", "code"],
        "区域": ["region", "code"], "仓库": ["node", "code"], "warehouse": ["node", "code"], "供应商": ["supplier", "code"],
        "id": ["code", "sku"], "编码": ["code", "sku"], "名称": ["name"], "title": ["name"], "订单": ["order"],
        "order_id": ["order"], "库存": ["on_hand", "stock"],
    ]

    /// A number that is one to a reader: with thousands separators, a decimal comma, full-width digits, a currency or
    /// a per cent sign. Nil where the text is none of these.
    static func number(_ text: String) -> (fault: Phrase, plain: String)? {
        var fault: Phrase?
        func found(_ phrase: Phrase) { if fault == nil { fault = phrase } }
        var plain = halfWidth(text)
        if plain != text { found("has full-width characters") }
        let bare = plain.trimmingCharacters(in: signs)
        if bare != plain { found("has a currency sign") }
        plain = bare
        var isPercent = false
        if plain.hasSuffix("%") {
            found("is written in per cent")
            plain = plain.dropLast().trimmingCharacters(in: .whitespaces)
            isPercent = true
        }
        for separator in [",", " ", "'", "_", "\u{A0}", "\u{202F}", "\u{2019}"] where plain.contains(separator) {
            let parts = plain.split(separator: Character(separator), omittingEmptySubsequences: false)
            let head = parts[0].drop { $0 == "-" || $0 == "+" }
            let groups = parts.dropFirst()
            let whole = groups.last?.split(separator: ".", omittingEmptySubsequences: false).first ?? ""
            if (1...3).contains(head.count), groups.dropLast().allSatisfy({ $0.count == 3 }), whole.count == 3 {
                found("has thousands separators")
                plain = parts.joined()
            } else if separator == ",", parts.count == 2 {
                found("has a decimal comma")
                plain = parts.joined(separator: ".")
            }
        }
        guard let fault, plain.utf8.allSatisfy({ "0123456789.+-".utf8.contains($0) }), let value = Double(plain),
            value.isFinite
        else { return nil }
        return (fault, isPercent ? "\((value * 10_000).rounded() / 1_000_000)" : plain)
    }

    /// A date, with a time where `keepsTime`, that is one to a reader, as it should be written: in another order, with
    /// other separators or none, without leading zeros. Nil where the order of day and month cannot be told.
    static func date(_ text: String, keepsTime: Bool) -> String? {
        let folded = halfWidth(text)
        let groups = folded.split { !$0.isASCII || !$0.isNumber }.map(String.init)
        guard folded.utf8.count <= 40, !folded.contains(where: { $0 == "-" && folded.first == $0 }) else { return nil }
        let date: (year: String, month: String, day: String)
        var rest = groups.dropFirst(3)
        if let first = groups.first, first.count == 8 {
            date = (String(first.prefix(4)), String(first.dropFirst(4).prefix(2)), String(first.suffix(2)))
            rest = groups.dropFirst(1)
        } else if groups.count >= 3, groups[0].count == 4 {
            date = (groups[0], groups[1], groups[2])
        } else if groups.count >= 3, groups[2].count == 4, let one = Int(groups[0]), let two = Int(groups[1]) {
            guard one > 12 || two > 12 || one == two else { return nil }
            date = one > 12 ? (groups[2], groups[1], groups[0]) : (groups[2], groups[0], groups[1])
        } else {
            return nil
        }
        let day = "\(date.year)-\(padded(date.month))-\(padded(date.day))"
        guard Array(day.utf8).withUnsafeBytes({ Parse.day($0) }) != nil else { return nil }
        guard keepsTime, rest.count >= 2 else { return day }
        let moment = day + "T" + rest.prefix(3).map(padded).joined(separator: ":")
        return Array(moment.utf8).withUnsafeBytes({ Parse.time($0) }) == nil ? nil : moment
    }

    private static func padded(_ text: String) -> String { text.count == 1 ? "0" + text : text }

    /// Full-width forms as their ASCII counterparts.
    static func halfWidth(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isWide = (0xFF01...0xFF5E).contains(scalar.value) && scalar.value != 0xFFE5
            scalars.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        return String(scalars)
    }

    private static let signs = CharacterSet(charactersIn: "¥￥$€£元块 \u{A0}")
}
