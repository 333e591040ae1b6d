import CXLSXWriter
import Retail

/// The cell formats of one workbook, each made once.
struct WorkbookFormats {
    typealias Format = UnsafeMutablePointer<lxw_format>

    let header: Format?
    private let plain: Styles
    private let bold: Styles

    private struct Styles {
        var text: Format?
        var prose: Format?
        var whole: Format?
        var decimals: [Format?]
        var percent: Format?
        var date: Format?
    }

    init(_ book: UnsafeMutablePointer<lxw_workbook>) {
        header = workbook_add_format(book)
        format_set_bold(header)
        format_set_text_wrap(header)
        format_set_align(header, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        format_set_bg_color(header, 0xE8EEF4)
        format_set_bottom(header, UInt8(LXW_BORDER_THIN.rawValue))
        plain = Self.styles(book, bold: false)
        bold = Self.styles(book, bold: true)
    }

    func format(_ style: Sheet.Style, bold isBold: Bool) -> Format? {
        let styles = isBold ? bold : plain
        switch style {
        case .text: return styles.text
        case .prose: return styles.prose
        case .whole: return styles.whole
        case .decimal(let digits): return styles.decimals[min(max(0, digits), 4)]
        case .money(let currency): return styles.decimals[min(max(0, currency.minorDigits), 4)]
        case .percent: return styles.percent
        case .date: return styles.date
        }
    }

    private static func styles(_ book: UnsafeMutablePointer<lxw_workbook>, bold: Bool) -> Styles {
        func format(_ pattern: String, wrapped: Bool = false) -> Format? {
            let format = workbook_add_format(book)
            if !pattern.isEmpty { format_set_num_format(format, pattern) }
            if wrapped { format_set_text_wrap(format) }
            if bold {
                format_set_bold(format)
                format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
            }
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
            return format
        }
        return Styles(
            text: format("@"), prose: format("@", wrapped: true), whole: format("#,##0"),
            decimals: [
                format("#,##0"), format("#,##0.0"), format("#,##0.00"), format("#,##0.000"), format("#,##0.0000"),
            ],
            percent: format("0.0%"), date: format("yyyy-mm-dd"))
    }
}

/// Sheet names a spreadsheet accepts: at most 31 UTF-16 units, none of `[]:*?/\`, no apostrophe at either end,
/// none twice whatever the case.
struct SheetNames {
    private var taken: Set<String> = []

    mutating func next(_ wanted: String) -> String {
        var clean = String(
            String.UnicodeScalarView(
                wanted.unicodeScalars.map { $0.value < 32 || "[]:*?/\\".unicodeScalars.contains($0) ? " " : $0 }))
        while clean.first == "'" || clean.first == " " { clean.removeFirst() }
        // `History` is a name the spreadsheet keeps for itself.
        if clean.isEmpty || clean.lowercased() == "history" { clean = "Sheet " + clean }
        for number in 1... {
            let suffix = number == 1 ? "" : " (\(number))"
            var stem = clean
            while stem.utf16.count + suffix.utf16.count > 31 { stem.removeLast() }
            while stem.last == "'" || stem.last == " " { stem.removeLast() }
            let name = stem + suffix
            if taken.insert(name.lowercased()).inserted { return name }
        }
        return clean
    }
}
