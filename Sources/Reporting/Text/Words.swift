import Retail

/// The words for a code: the catalogue's under `prefix.code` when it has them, else the code made readable.
/// Tables carry codes (`gmv_paid`, `one_hour`), people read words.
func words(_ prefix: String, _ code: String, _ language: Language) -> String {
    let key = prefix + "." + code
    return Catalogue.contains(key) ? Catalogue.text(key, language) : readable(code)
}

/// `lost_margin` as `Lost margin`. Codes with capitals or digits first (SKU codes, node codes) stay as they are.
func readable(_ code: String) -> String {
    guard let first = code.first, first.isLowercase, first.isASCII,
        code.utf8.allSatisfy({ $0 == 95 || $0 >= 97 || ($0 >= 48 && $0 <= 57) })
    else { return code }
    let spaced = code.split(separator: "_").joined(separator: " ")
    guard let initial = spaced.first else { return code }
    return initial.uppercased() + spaced.dropFirst()
}
