import Retail

/// Where the warehouses stand, what another number of sites would cost and cover, and how close to the best possible
/// the plan is proved to be.
enum PlacementSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let placement = context.input.placement, !placement.sites.isEmpty else { return nil }
        var blocks: [BlockView] = []
        if let svg = MapSVG.draw(placement, context) {
            blocks.append(BlockView(picture: PictureView(svg: svg, legend: legend(placement, context))))
        }
        let exported = placement.regions.filter(\.isExport)
        if !exported.isEmpty {
            let share = exported.reduce(0) { $0 + $1.share }
            blocks.append(BlockView(note: context.text("export_note", context.numbers.percent(share))))
        }
        if !placement.curve.isEmpty { blocks.append(curve(placement, context)) }
        for (name, caption) in [("placement_sites", "site_values"), ("placement_comparison", "network_today")] {
            guard let table = context.table(name) else { continue }
            blocks.append(BlockView(fold: context.fold(context.view(table, caption: context.text(caption)))))
        }
        blocks.append(BlockView(fold: context.fold(sites(placement, context))))
        blocks.append(BlockView(fold: context.fold(regions(placement, context))))
        return SectionView(
            anchor: "placement", title: context.text("placement"), lead: lead(placement, context), blocks: blocks)
    }

    private static func lead(_ placement: PlacementView, _ context: ReportContext) -> String {
        let numbers = context.numbers
        guard let proof = placement.proof else { return context.text("network_lead", String(placement.sites.count)) }
        let candidates = placement.sites.filter { $0.kind == .front || !$0.isOpen }
        let cost = context.text(
            "placement_cost", numbers.money(proof.totalCost), numbers.money(proof.fixedCost),
            numbers.money(proof.transportCost), numbers.money(proof.stockCost), numbers.money(proof.latenessCost))
        return context.sentences(
            context.text(
                "placement_lead", String(candidates.filter(\.isOpen).count), String(candidates.count),
                numbers.percent(proof.coverage), numbers.decimal(proof.radius, 0)),
            cost,
            context.text(
                proof.isProved ? "placement_proved" : "placement_bound", numbers.money(proof.lowerBound),
                numbers.percent(proof.gap, 2)))
    }

    private static func legend(_ placement: PlacementView, _ context: ReportContext) -> [LegendView] {
        var items: [LegendView] = []
        for kind in NodeKind.allCases {
            for isOpen in [true, false]
            where placement.sites.contains(where: { $0.kind == kind && $0.isOpen == isOpen }) {
                let word = words("code.kind", kind.rawValue, context.language)
                let mark =
                    "<svg viewBox=\"0 0 22 22\"><path class=\"site \(isOpen ? "open" : "closed")\" d=\"\(MapSVG.shape(kind, 11, 11))\"/></svg>"
                items.append(
                    LegendView(mark: mark, meaning: isOpen ? word : context.text("legend_closed", word)))
            }
        }
        items.append(
            LegendView(
                mark: "<svg viewBox=\"0 0 22 22\"><circle class=\"region\" cx=\"11\" cy=\"11\" r=\"9\"/></svg>",
                meaning: context.text("legend_region")))
        if placement.regions.contains(where: { $0.servedBy != nil }) {
            items.append(
                LegendView(
                    mark:
                        "<svg viewBox=\"0 0 22 22\"><g class=\"served\"><line x1=\"1\" y1=\"11\" x2=\"21\" y2=\"11\"/></g></svg>",
                    meaning: context.text("legend_served")))
        }
        return items
    }

    private static func curve(_ placement: PlacementView, _ context: ReportContext) -> BlockView {
        let points = placement.curve.sorted { $0.sites < $1.sites }
        let chosen = points.firstIndex { $0.sites == placement.sites.filter { $0.isOpen && $0.kind == .front }.count }
        func panel(_ id: String, _ key: String, _ format: String, _ values: [Double]) -> ChartPanel {
            let spec = ChartSpec(
                kind: .line, labels: points.map { String($0.sites) },
                series: [.init(name: context.text(key), role: .first, values: values)], format: format, unit: "",
                beginsAtZero: format == "share", marked: chosen, axisTitle: context.text("sites_axis"))
            return ChartPanel(
                chartID: id, panelTitle: context.text(key), description: context.text(key), json: spec.json, size: "240"
            )
        }
        let panels = [
            panel("curve-cost", "cost_curve", "money", points.map(\.cost)),
            panel("curve-cover", "cover_curve", "share", points.map(\.coverage)),
        ]
        let table = ResultTable(
            "curve",
            [
                Column("sites", .integer(points.map { Int64($0.sites) })),
                Column("cost_per_day", unit: context.input.currency.code, .real(points.map(\.cost))),
                Column("coverage", unit: "share", .real(points.map(\.coverage))),
            ])
        let view = context.view(table, caption: context.text("curve_table"), totals: chosen.map { [$0] } ?? [])
        return BlockView(chart: ChartView(panels: context.hasCharts ? panels : [], numbers: context.fold(view)))
    }

    private static func sites(_ placement: PlacementView, _ context: ReportContext) -> TableView {
        let order = placement.sites.indices.sorted { a, b in
            let (x, y) = (placement.sites[a], placement.sites[b])
            return x.isOpen != y.isOpen ? x.isOpen : a < b
        }
        let sites = order.map { placement.sites[$0] }
        let served = sites.map { site in
            placement.regions.filter { $0.servedBy == site.code }.reduce(0) { $0 + $1.share }
        }
        let table = ResultTable(
            "sites",
            [
                Column("node", .text(sites.map(\.code))), Column("name", .text(sites.map(\.name))),
                Column("kind", .text(sites.map(\.kind.rawValue))),
                Column("status", .text(sites.map { context.text($0.isOpen ? "site_open" : "site_closed") })),
                Column("demand_served", unit: "share", .real(served)),
            ])
        return context.view(table, caption: context.text("sites_table"), bars: ["demand_served"])
    }

    private static func regions(_ placement: PlacementView, _ context: ReportContext) -> TableView {
        let rows = placement.regions.sorted { ($1.share, $0.code) < ($0.share, $1.code) }
        let names = Dictionary(placement.sites.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        let table = ResultTable(
            "regions",
            [
                Column("region", .text(rows.map(\.code))), Column("name", .text(rows.map(\.name))),
                Column("demand_share", unit: "share", .real(rows.map(\.share))),
                Column(
                    "served_by", .text(rows.map { $0.servedBy.map { names[$0] ?? $0 } ?? context.text("unserved") })),
            ])
        return context.view(table, caption: context.text("regions_table"), bars: ["demand_share"])
    }
}
