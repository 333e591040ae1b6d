import Retail

/// The reference of the scenario file, made from the table: `docs/scenario-file.md`.
public enum ScenarioManual {
    public static func markdown() -> String {
        var lines = introduction
        for section in sections {
            lines.append("## \(section.title)")
            lines.append("")
            if !section.meaning.isEmpty { lines += [section.meaning, ""] }
            lines.append("| key | 中文 | value | default | meaning |")
            lines.append("|---|---|---|---|---|")
            for setting in section.settings { lines.append(row(setting)) }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }

    private struct Section {
        var title: String
        var meaning: String
        var settings: [Setting]
    }

    private static var sections: [Section] {
        let top = SettingTable.children(of: "")
        var result = [
            Section(title: "Head", meaning: "", settings: top.filter { $0.kind != .section && $0.kind != .list })
        ]
        for setting in top where setting.kind == .section || setting.kind == .list {
            let path = setting.kind == .list ? setting.path + "[]" : setting.path
            result.append(
                Section(
                    title: "`\(setting.key)`", meaning: setting.meaning(.english) + " (\(setting.meaning(.chinese))).",
                    settings: SettingTable.children(of: path)))
        }
        return result
    }

    private static func row(_ setting: Setting) -> String {
        let note = setting.defaultNote(.english)
        var fallback = setting.isRequired ? "required" : setting.fallback.map { "`\($0)`" } ?? note
        if case .amount = setting.kind, setting.fallback != nil, !setting.isRequired {
            fallback += " in the data set's currency"
        }
        let mark = setting.isMutableInRun ? " ⟳" : ""
        let cells = [
            "`\(setting.path)`\(mark)", setting.meaning(.chinese), setting.kind.words(.english), fallback,
            setting.meaning(.english),
        ]
        return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }

    private static let introduction = """
        # The scenario file

        A scenario is one YAML file that says what happens, with what, and for how long. This page is generated from
        the table that the reader itself uses (so is
        `scenarios/scenario.schema.json`, the JSON Schema that gives editors completion: put
        `# yaml-language-server: $schema=scenario.schema.json` on a line of its own).

        - The first key is `granary: 1`, the version of this format. A file of a newer version is refused.
        - Durations, shares, money and distances always carry their unit: `90 s`, `15 min`, `2 h`, `2 d`, `3 %`,
          `12.50 GBP`, `40 km`. A bare number is refused there. Counts and pure factors are bare numbers.
        - Amounts are in the currency of the data set; another currency is an error, not a conversion.
        - Unknown keys, keys given twice and values out of range are errors with file, line and column; all errors of
          a scenario are reported at once (up to 50).
        - `extends: other.yaml` takes everything but its name and description from another file; only the differences
          are written. The path is
          relative to the file it stands in and may not lead out of the folder of the scenario that was asked for.
          Mappings merge key by key; anything else, lists too, is replaced as a whole: a file that gives `promotions`
          gives all of them.
        - `--set path=value` changes one key without a file, in the same notation and under the same checks:
          `--set demand.volume=2`, `--set "payment.time_out=15 min"`, `--set promotions.flash.cap=500` (an item of a
          list by its code or by its position from 0). Overrides are laid in last, in order.
        - Anchors and aliases of YAML work, at most 10 aliases to a file; a file has at most 256 KiB.
        - `branch_at: 2011-11-30T12:05` beside `extends` changes the plan in the middle of a run: until that moment the
          run is the extended scenario's, order by order, and from then on this one's. ⟳ marks the keys that may
          differ. What a promotion has given away of its cap stays given; open warehouses and stock stay as they are.

        """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}
