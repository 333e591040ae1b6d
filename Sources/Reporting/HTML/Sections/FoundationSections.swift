import Retail

/// What is stated rather than measured.
enum AssumptionSection {
    static func build(_ context: ReportContext) -> SectionView? {
        let assumptions = context.input.assumptions
        guard !assumptions.isEmpty else { return nil }
        let heads = [("subject", "t"), ("assumption", "t")].map {
            TableView.Head(text: words("column", $0.0, context.language), headUnit: nil, css: $0.1)
        }
        let rows = assumptions.map {
            TableView.Row(cells: [
                .init(text: Phrase.said($0.subject, in: context.language), css: "t", isHead: true),
                .init(text: Phrase.said($0.text, in: context.language), css: "t"),
            ])
        }
        return SectionView(
            anchor: "assumptions", title: context.text("assumptions"),
            lead: context.text("assumptions_lead", String(assumptions.count)),
            blocks: [
                BlockView(grid: TableView(caption: context.text("assumptions_table"), heads: heads, rows: rows))
            ])
    }
}

/// Whether the books balance.
enum AuditSection {
    static func build(_ context: ReportContext) -> SectionView? {
        let checks = context.input.audit
        guard !checks.isEmpty else { return nil }
        let failed = checks.count { !$0.passed }
        let heads = ["check", "result", "detail"].map {
            TableView.Head(text: words("column", $0, context.language), headUnit: nil, css: "t")
        }
        let rows = checks.map { check in
            TableView.Row(cells: [
                .init(text: words("audit", check.name, context.language), css: "t", isHead: true),
                .init(text: context.text(check.passed ? "passed" : "failed"), css: check.passed ? "t" : "t bad"),
                .init(text: check.detail, css: "t"),
            ])
        }
        return SectionView(
            anchor: "audit", title: context.text("audit"),
            lead: failed == 0
                ? context.text("audit_passed", String(checks.count))
                : context.text("audit_failed", String(failed), String(checks.count)),
            blocks: [BlockView(grid: TableView(caption: context.text("audit_table"), heads: heads, rows: rows))])
    }
}

/// Commands and digests with which anyone gets the same numbers.
enum RepeatSection {
    static func build(_ context: ReportContext) -> SectionView? {
        let origin = context.input.origin
        let facts: [(String, String)] = [
            ("run_id", origin.runID), ("seed", String(origin.seed)), ("replications", String(origin.replications)),
            ("engine_version", origin.engineVersion), ("data_fingerprint", origin.dataFingerprint),
            ("forecast_digest", origin.forecastDigest), ("plan_digest", origin.planDigest),
            ("result_digest", origin.resultDigest),
        ].filter { !$0.1.isEmpty }
        let heads = ["property", "value_of"].map {
            TableView.Head(text: words("column", $0, context.language), headUnit: nil, css: "t")
        }
        let rows = facts.map { name, value in
            TableView.Row(cells: [
                .init(text: words("column", name, context.language), css: "t", isHead: true),
                .init(text: value, css: "t"),
            ])
        }
        var blocks: [BlockView] = []
        if !context.input.commands.isEmpty {
            blocks.append(
                BlockView(
                    code: CodeView(
                        codeTitle: context.text("commands"), codeText: context.input.commands.joined(separator: "\n"),
                        codeOpen: true)))
        }
        blocks.append(BlockView(grid: TableView(caption: context.text("origin_table"), heads: heads, rows: rows)))
        if !context.input.scenarioText.isEmpty {
            blocks.append(
                BlockView(
                    code: CodeView(
                        codeTitle: context.text("scenario_text"), codeText: context.input.scenarioText, codeOpen: false)
                ))
        }
        return SectionView(
            anchor: "repeat", title: context.text("repeat"), lead: context.text("repeat_lead"), blocks: blocks)
    }
}
