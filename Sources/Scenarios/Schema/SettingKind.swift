public import Retail

/// What may stand at a key of a scenario file: the kind of value, its unit and its range.
///
/// Counts and pure factors are bare numbers. Durations, shares, money and distances always carry their unit, so that
/// nobody has to guess whether `15` was minutes or seconds.
public indirect enum SettingKind: Sendable, Equatable {
    /// The file's version.
    case version
    /// Words for people, at most so many characters.
    case text(Int)
    /// A file or folder, relative to the file it stands in.
    case path
    /// `2011-11-28`.
    case day
    /// `2011-11-28T09:30`.
    case moment
    /// IANA time zone such as `Europe/London`.
    case zone
    case integer(ClosedRange<Int64>)
    /// A pure number.
    case factor(ClosedRange<Double>)
    /// Seconds; units s, min, h, d.
    case duration(ClosedRange<Int64>)
    /// Per cent.
    case rate(ClosedRange<Double>)
    /// Major units of a currency, up to four decimals.
    case amount(ClosedRange<Double>)
    /// Events per second; units /s, /min, /h, /d. The range is per second.
    case frequency(ClosedRange<Double>)
    /// A whole number, or the word.
    case integerOr(ClosedRange<Int64>, String)
    /// Kilometres.
    case distance(ClosedRange<Double>)
    case choice([String])
    /// A code of the data set.
    case code
    /// One of the words, or a list of codes of the data set.
    case choiceOrCodes([String])
    /// `everything`, `{category: [Home, Lights]}` or `{skus: [85123A, 22423]}`.
    case scope
    /// A value for each channel code.
    case perChannel(SettingKind)
    /// A list of mappings; their keys are settings with `[]` in their path.
    case list
    /// A mapping; its keys are settings below its path.
    case section
    /// A whole scenario, as a mapping.
    case scenario

    /// The kind in words, with its range.
    public func words(_ language: Language) -> String {
        func say(_ key: String, _ arguments: String...) -> String {
            Catalogue.text("kind.\(key)", language, arguments: arguments)
        }
        func number(_ value: Double) -> String {
            value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
        }
        switch self {
        case .version: return say("version")
        case .text(let maximum): return say("text", "\(maximum)")
        case .path: return say("path")
        case .day: return say("day")
        case .moment: return say("moment")
        case .zone: return say("zone")
        case .integer(let range): return say("integer", "\(range.lowerBound)", "\(range.upperBound)")
        case .factor(let range): return say("factor", number(range.lowerBound), number(range.upperBound))
        case .duration(let range):
            return say("duration", durationText(range.lowerBound), durationText(range.upperBound))
        case .rate(let range): return say("rate", number(range.lowerBound), number(range.upperBound))
        case .amount(let range): return say("amount", number(range.lowerBound), number(range.upperBound))
        case .frequency: return say("frequency")
        case .integerOr(let range, let word):
            return say("integer_or", "\(range.lowerBound)", "\(range.upperBound)", word)
        case .distance(let range): return say("distance", number(range.lowerBound), number(range.upperBound))
        case .choice(let words): return say("choice", words.joined(separator: ", "))
        case .code: return say("code")
        case .choiceOrCodes(let words): return say("choice_or_codes", words.joined(separator: ", "))
        case .scope: return say("scope")
        case .perChannel(let kind): return say("per_channel", kind.words(language))
        case .list: return say("list")
        case .section: return say("section")
        case .scenario: return say("scenario")
        }
    }

    /// A value of this kind as one would write it.
    public var example: String {
        switch self {
        case .version: "1"
        case .text: "Promotion week"
        case .path: "data/my-shop"
        case .day: "2011-11-28"
        case .moment: "2011-11-28T09:30"
        case .zone: "Europe/London"
        case .integer(let range): String(min(max(10, range.lowerBound), range.upperBound))
        case .factor(let range): range.contains(1.5) ? "1.5" : String(range.lowerBound)
        case .duration: "90 s"
        case .rate: "3 %"
        case .amount: "12.50 GBP"
        case .frequency: "3.6 /h"
        case .integerOr(let range, _): String(min(max(4, range.lowerBound), range.upperBound))
        case .distance: "40 km"
        case .choice(let words): words.first ?? ""
        case .code: "web"
        case .choiceOrCodes(let words): words.first ?? "[leeds]"
        case .scope: "everything"
        case .perChannel(let kind): "{web: \(kind.example)}"
        case .list: "[]"
        case .section, .scenario: "{}"
        }
    }
}

/// A number of seconds in the largest unit that holds it whole: `90 s`, `15 min`, `2 d`.
func durationText(_ seconds: Int64) -> String {
    for (unit, length) in [("d", Int64(86_400)), ("h", 3_600), ("min", 60)]
    where seconds != 0 && seconds % length == 0 {
        return "\(seconds / length) \(unit)"
    }
    return "\(seconds) s"
}
