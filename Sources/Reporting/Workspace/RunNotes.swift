import Retail

/// The tables a run keeps beside its results, read back: facts, names, the map, assumptions, the audit.
struct RunNotes {
    private let tables: [String: ResultTable]

    init(_ appendices: [ResultTable]) {
        tables = Dictionary(appendices.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Those a report shows as they are; the rest is worked into its parts.
    static let shown: Set<String> = ["promotions", "transfers", "placement_sites", "placement_comparison"]

    func fact(_ key: String) -> String {
        guard let facts = tables["facts"], let keys = facts.texts("key"), let values = facts.texts("value"),
            let row = keys.firstIndex(of: key)
        else { return "" }
        return values[row]
    }

    var assumptions: [Assumption] {
        guard let table = tables["assumptions"], let subjects = table.texts("subject"), let texts = table.texts("text")
        else { return [] }
        return zip(subjects, texts).map { Assumption(subject: $0, text: $1) }
    }

    /// A run whose books do not balance is never stored as done, so every check here passed.
    func audit(_ language: Language) -> [AuditCheck] {
        guard let table = tables["audit"], let checks = table.texts("check"), let counts = table.numbers("entities")
        else { return [] }
        let numbers = NumberText(language: language, currency: .cny)
        return zip(checks, counts).map { check, count in
            AuditCheck(
                name: check, passed: true,
                detail: Catalogue.text("report.checked_for", language, numbers.decimal(count, 0)))
        }
    }

    func names(_ table: String, code: String) -> [String: String] {
        guard let table = tables[table], let codes = table.texts(code), let names = table.texts("name") else {
            return [:]
        }
        return Dictionary(zip(codes, names).filter { !$1.isEmpty }, uniquingKeysWith: { first, _ in first })
    }

    /// Nil when the run has no places to show.
    var placement: PlacementView? {
        guard let places = tables["places"], let codes = places.texts("code"), let names = places.texts("name"),
            let kinds = places.texts("kind"), let latitudes = places.numbers("latitude"),
            let longitudes = places.numbers("longitude"), let open = places.numbers("open")
        else { return nil }
        let sites = codes.indices.map { i in
            PlacementView.Site(
                code: codes[i], name: names[i].isEmpty ? codes[i] : names[i],
                kind: NodeKind(rawValue: kinds[i]) ?? .front,
                location: Coordinate(latitude: latitudes[i], longitude: longitudes[i]), isOpen: open[i] != 0)
        }
        return PlacementView(sites: sites, regions: regions, curve: curve, proof: proof)
    }

    private var regions: [PlacementView.Point] {
        guard let table = tables["map_regions"], let codes = table.texts("region"), let names = table.texts("name"),
            let latitudes = table.numbers("latitude"), let longitudes = table.numbers("longitude"),
            let shares = table.numbers("share"), let exports = table.numbers("export"),
            let served = table.texts("served_by")
        else { return [] }
        return codes.indices.map { i in
            PlacementView.Point(
                code: codes[i], name: names[i].isEmpty ? codes[i] : names[i],
                location: Coordinate(latitude: latitudes[i], longitude: longitudes[i]), share: shares[i],
                isExport: exports[i] != 0, servedBy: served[i].isEmpty ? nil : served[i])
        }
    }

    private var curve: [PlacementView.CurvePoint] {
        guard let table = tables["placement_curve"], let sites = table.numbers("sites"),
            let costs = table.numbers("total_per_day"), let coverage = table.numbers("coverage")
        else { return [] }
        return sites.indices.map { .init(sites: Int(sites[$0]), cost: costs[$0], coverage: coverage[$0]) }
    }

    private var proof: PlacementView.Proof? {
        guard let table = tables["placement_summary"], let keys = table.texts("key"),
            let values = table.numbers("value")
        else { return nil }
        let summary = Dictionary(zip(keys, values), uniquingKeysWith: { first, _ in first })
        guard let fixed = summary["fixed_cost"], let transport = summary["transport_cost"] else { return nil }
        return PlacementView.Proof(
            fixedCost: fixed, transportCost: transport, stockCost: summary["stock_cost"] ?? 0,
            // Runs stored before lateness was counted as a cost have its absence as a benefit.
            latenessCost: summary["lateness_cost"] ?? -(summary["benefit"] ?? 0),
            lowerBound: summary["lower_bound"] ?? .nan, gap: summary["gap"] ?? .nan,
            coverage: summary["coverage"] ?? .nan, radius: summary["radius"] ?? .nan,
            isProved: summary["proved"] == 1)
    }
}
