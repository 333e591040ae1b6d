import Datasets
import Foundation
public import Placement
public import Retail
public import Scenarios

/// A placement as a folder: tables, the map, the network in the columns of the data set, and a scenario that runs it.
public enum PlacementExport {
    /// The tables of a placement, by file name.
    public static func tables(_ prepared: PreparedScenario, curve: [PlacementCurvePoint]) -> [ResultTable] {
        guard let placed = prepared.placement else { return [] }
        let (problem, solution, data) = (placed.problem, placed.solution, prepared.dataset)
        var tables = [
            PlacementTables.sites(solution, problem: problem, candidates: data.candidates, currency: data.currency),
            PlacementTables.regions(solution, problem: problem, regions: data.regions, candidates: data.candidates),
            PlacementTables.curve(curve, candidates: data.candidates, currency: data.currency),
            PlacementTables.summary(solution, problem: problem, currency: data.currency),
            prepared.assortmentTable(),
        ]
        if let today = problem.withoutCandidates() {
            tables.append(
                PlacementTables.comparison(today: today, plan: solution, problem: problem, currency: data.currency))
        }
        if let cases = PlacementTables.cases(solution, problem: problem, currency: data.currency) {
            tables.append(cases)
        }
        return tables
    }

    /// Writes `placement_*.csv`, `nodes.csv` (the network that the plan makes), `map.svg` and `scenario.yaml` into a
    /// folder, with the candidates and measured ways beside it where they are not the data set's own.
    ///
    /// - Parameter scenarioPath: the scenario the plan was made for, and what was changed in it.
    /// - Returns: the files written.
    @discardableResult
    public static func write(
        _ prepared: PreparedScenario, curve: [PlacementCurvePoint], scenarioPath: String, overrides: [String],
        language: Language, to folder: String
    ) throws -> [String] {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw FileError(
                path: folder, action: .open, reason: "the folder could not be made",
                cure: "check the path and its permissions")
        }
        var written: [String] = []
        func write(_ bytes: [UInt8], _ name: String) throws {
            try AtomicFile.write(bytes, to: folder + "/" + name)
            written.append(folder + "/" + name)
        }
        for table in tables(prepared, curve: curve) {
            try write(Array(Reporting.render(table, as: .csv, language: language).utf8), table.name + ".csv")
        }
        let nodes = DatasetWriter.nodes(prepared.network.nodes, currency: prepared.dataset.currency)
        try write(nodes, "nodes.csv")
        if let svg = map(prepared, language) { try write(Array(svg.utf8), "map.svg") }
        var places: [String] = []
        let wishes = prepared.scenario.network.wishes
        if wishes.candidates != nil {
            try write(
                DatasetWriter.nodes(prepared.dataset.candidates, currency: prepared.dataset.currency), "candidates.csv")
            places.append("network.candidates=candidates.csv")
        }
        if let travel = wishes.travel {
            let name = travel.hasSuffix(".gz") ? "travel.csv.gz" : "travel.csv"
            guard let bytes = FileManager.default.contents(atPath: travel) else {
                throw FileError(
                    path: travel, action: .open, reason: "it is not there any more", cure: "put it back and place again"
                )
            }
            try write(Array(bytes), name)
            places.append("network.travel=\(name)")
        }
        let data = URL(fileURLWithPath: prepared.scenario.dataFolder).standardizedFileURL.path
        let text = try prepared.placedScenarioText(path: scenarioPath, overrides: overrides + places, data: data)
        try write(Array(text.utf8), "scenario.yaml")
        return written
    }

    /// The network drawn, as a file that stands alone.
    public static func map(_ prepared: PreparedScenario, _ language: Language) -> String? {
        let data = prepared.dataset
        let open = Set(prepared.network.nodes.map(\.code))
        let weights = prepared.placement?.problem.weights ?? []
        let total = max(1e-12, weights.reduce(0, +))
        func site(_ node: Node, _ isOpen: Bool) -> PlacementView.Site {
            PlacementView.Site(
                code: node.code, name: node.name.isEmpty ? node.code : node.name, kind: node.kind,
                location: node.location, isOpen: isOpen)
        }
        let view = PlacementView(
            sites: prepared.network.nodes.map { site($0, true) }
                + data.candidates.filter { !open.contains($0.code) }.map { site($0, false) },
            regions: data.regions.indices.map { region in
                let one = data.regions[region]
                let server = prepared.placement?.solution.assignment[region]
                return PlacementView.Point(
                    code: one.code, name: one.name.isEmpty ? one.code : one.name, location: one.location,
                    share: region < weights.count ? weights[region] / total : 0, isExport: one.isExport,
                    servedBy: server.map { data.candidates[$0].code })
            }, proof: nil)
        let input = ReportInput(
            name: prepared.scenario.name, language: language, currency: data.currency, dataset: data.name,
            origin: RunOrigin(
                seed: prepared.scenario.seed, replications: prepared.scenario.replications, engineVersion: "",
                dataFingerprint: data.fingerprint))
        guard let svg = MapSVG.draw(view, ReportContext(input, hasCharts: false)) else { return nil }
        // Standing alone, it brings its own name space and colours.
        return svg.replacingOccurrences(
            of: "<svg class=\"map\"", with: "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\"", options: [],
            range: svg.range(of: "<svg class=\"map\"")
        ).replacingOccurrences(
            of: "</title>\n", with: "</title>\n" + style, options: [],
            range: svg.range(of: "</svg>").map { svg.startIndex..<$0.lowerBound })
    }

    private static let style = """
        <style>svg{background:#fff;font-family:sans-serif}.graticule line{stroke:#ddd}.graticule text{fill:#888;\
        font-size:10px}.served line{stroke:#2a6f97;stroke-opacity:.5}.region{fill:#94b8d0;fill-opacity:.6}\
        .site.open{fill:#c1440e}.site.closed{fill:#fff;stroke:#888}.names text{fill:#222}.names .closed{fill:#888}\
        .scale path{fill:none;stroke:#444}.scale text{font-size:11px;fill:#444}</style>

        """
}
