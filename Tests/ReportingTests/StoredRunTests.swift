import Datasets
import Foundation
import Retail
import Scenarios
import Store
import Testing

@testable import Reporting

@Suite struct StoredRunTests {
    /// A workspace with one finished run, with what the pipeline keeps beside the results.
    private func store(in folder: String, name: String = "Stored") throws -> (workspace: Workspace, id: RunID) {
        let workspace = try Workspace.open(path: folder + "/work.sqlite")
        let id = try workspace.beginRun(
            RunInputs(
                name: name, scenario: "granary: 1\n", seed: .max, replications: 10, currency: "GBP",
                engineVersion: "1.2.3", dataFingerprint: "ab"))
        _ = try workspace.finishRun(
            id,
            RunOutcome(
                figures: SampleRun.figures, tables: SampleRun.tables, appendices: Self.appendices,
                suggestions: SampleRun.suggestions))
        return (workspace, id)
    }

    private static func keyed(_ name: String, _ values: [(String, Double)]) -> ResultTable {
        ResultTable(
            name,
            [
                Column("key", .text(values.map(\.0))), Column("unit", .text(values.map { _ in "" })),
                Column("value", .real(values.map(\.1))),
            ])
    }

    private static let appendices = [
        ResultTable(
            "facts",
            [
                Column("key", .text(["dataset", "first_day", "last_day"])),
                Column("value", .text(["uk-gifts", "2011-11-28", "2011-12-02"])),
            ]),
        ResultTable("assumptions", [Column("subject", .text(["volume"])), Column("text", .text(["times 500"]))]),
        ResultTable(
            "audit", [Column("check", .text(["orders_end_once"])), Column("entities", .integer([251_020]))]),
        ResultTable("products", [Column("sku", .text(["85123A"])), Column("name", .text(["T-LIGHT HOLDER"]))]),
        ResultTable(
            "places",
            [
                Column("code", .text(["CDC", "F1", "F2"])), Column("name", .text(["Daventry", "London", "Leeds"])),
                Column("kind", .text(["central", "front", "front"])),
                Column("latitude", .real([52.26, 51.5, 53.8])), Column("longitude", .real([-1.16, -0.1, -1.55])),
                Column("open", .integer([1, 1, 0])),
            ]),
        ResultTable(
            "map_regions",
            [
                Column("region", .text(["LON", "EXP"])), Column("name", .text(["Greater London", "Export"])),
                Column("latitude", .real([51.5, 50])), Column("longitude", .real([-0.1, 8])),
                Column("share", .real([0.9, 0.1])), Column("export", .integer([0, 1])),
                Column("served_by", .text(["F1", ""])),
            ]),
        keyed(
            "placement_summary",
            [
                ("fixed_cost", 100), ("transport_cost", 50), ("stock_cost", 20), ("lateness_cost", 30),
                ("lower_bound", 118), ("gap", 0.0169),
                ("coverage", 0.8), ("radius", 15), ("proved", 0),
            ]),
        ResultTable(
            "placement_curve",
            [
                Column("sites", .integer([1, 2])), Column("total_per_day", .real([120, 130])),
                Column("coverage", .real([0.8, 0.9])),
            ]),
    ]

    @Test("everything a run left in its workspace is in the report's input")
    func input() throws {
        try withTemporaryFolder { folder in
            let (workspace, id) = try store(in: folder)
            let input = try ReportInput(run: id, in: workspace, language: .english)
            #expect(input.name == "Stored" && input.dataset == "uk-gifts" && input.currency == .gbp)
            #expect(input.firstDay == SampleRun.days.first && input.lastDay == SampleRun.days.last)
            #expect(input.figures == SampleRun.figures)
            #expect(input.suggestions == SampleRun.suggestions)
            #expect(input.assumptions == [Assumption(subject: "volume", text: "times 500")])
            #expect(input.audit.map(\.detail) == ["held for 251,020 entities"])
            #expect(input.skuNames == ["85123A": "T-LIGHT HOLDER"])
            #expect(input.placement?.sites.map(\.isOpen) == [true, true, false])
            #expect(input.placement?.regions.map(\.servedBy) == ["F1", nil])
            #expect(input.placement?.proof?.totalCost == 200)
            #expect(input.placement?.curve.map(\.cost) == [120, 130])
            #expect(input.origin.seed == .max && input.origin.resultDigest.count == 64)
            #expect(input.commands.last?.contains("--seed \(UInt64.max)") == true)
            let page = HTMLReport.render(input, chartLibrary: nil)
            #expect(page.contains(input.origin.resultDigest) && page.contains("T-LIGHT HOLDER"))
        }
    }

    @Test("an export of a stored run holds its results, what is kept beside them, and its suggestions")
    func export() throws {
        try withTemporaryFolder { folder in
            let (workspace, id) = try store(in: folder)
            try RunExport.write(run: id, in: workspace, to: folder + "/export")
            let files = Set(listing(of: folder + "/export"))
            for name in (SampleRun.tables + Self.appendices).map(\.name) + ["suggestions", "figures"] {
                #expect(files.contains(name + ".csv"), "\(name)")
            }
            #expect(throws: ExportError.self) {
                try RunExport.write(run: RunID(99), in: workspace, to: folder + "/none")
            }
            #expect(!listing(of: folder).contains("none"))
        }
    }

    @Test("a comparison keeps every run's figures and says which difference is missing")
    func comparison() throws {
        let base = ComparedRun(
            name: "a", seed: 1, replications: 10, currency: "GBP", figures: Array(SampleRun.figures.prefix(2)))
        let other = ComparedRun(
            name: "b", seed: 1, replications: 10, currency: "GBP", figures: [SampleRun.figures[0]])
        let view = ComparisonView(try compare([base, other]))
        #expect(view.names == ["a", "b"] && view.rows.count == 2)
        #expect(view.rows[0].differences == [ComparisonView.Cell(mean: 0, halfWidth: 0)])
        #expect(view.rows[1].values[1] == nil && view.rows[1].differences == [nil])
        var input = SampleRun.input(.english)
        input.comparison = view
        #expect(HTMLReport.render(input, chartLibrary: nil).contains("id=\"comparison\""))
    }
}
