import Reporting
import Retail
import Store

/// The words for a code: the catalogue's under `prefix.code` where it has them, else the code with spaces.
func words(_ prefix: String, _ code: String, _ language: Language, otherwise: String? = nil) -> String {
    let key = prefix + "." + code
    return Catalogue.contains(key)
        ? Catalogue.text(key, language) : otherwise ?? String(code.map { $0 == "_" ? " " : $0 })
}

/// Numbers in the reader's language and the run's currency.
func numbers(_ run: Run, _ language: Language) -> NumberText {
    NumberText(language: language, currency: Currency(code: run.inputs.currency) ?? .cny)
}

/// `2011-11-28 09:30` of seconds since 1970, UTC.
func momentText(_ seconds: Int64) -> String {
    let text = CivilTime(seconds: seconds).description
    return String(text.map { $0 == "T" ? " " : $0 }.prefix(16))
}

extension Run {
    /// The run's stage as last reported, in words.
    func stageText(_ language: Language) -> String {
        stage.isEmpty ? Catalogue.text("planner.waiting", language) : words("stage", stage, language)
    }
}
