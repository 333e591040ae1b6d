import Placement
public import Retail

/// The answers a placement gives beside its sites, as tables.
extension PreparedScenario {
    /// One row per front warehouse and article it holds or could hold: its place in the ranking, whether it is held and
    /// up to how many units, how many orders find what they ask of it, in how many past orders it is, and the share of
    /// past orders filled whole with the articles up to it.
    public func assortmentTable(site: String? = nil) -> ResultTable {
        var (sites, skus, names): ([String], [String], [String]) = ([], [], [])
        var (ranks, held): ([Int64], [Int64]) = ([], [])
        var (popularity, fill, room): ([Double], [Double], [Double]) = ([], [], [])
        var (units, found): ([Double], [Double]) = ([], [])
        for one in assortments {
            let code = network.nodes[one.node.position].code
            guard site == nil || site == code else { continue }
            let ranking = one.ranking()
            let filled = one.fill(ranking)
            let shares = one.problem.baskets.popularity
            for (position, sku) in ranking.enumerated() {
                sites.append(code)
                skus.append(dataset.skus[sku.position].code)
                names.append(dataset.skus[sku.position].name)
                ranks.append(Int64(position + 1))
                let level = one.levels[sku.position]
                let own = one.problem.levels[sku.position]
                held.append(level > 0 ? 1 : 0)
                units.append(one.units[sku.position])
                found.append(level > 0 ? own[level - 1].availability : 0)
                popularity.append(shares[sku.position])
                fill.append(filled[position])
                room.append(level > 0 ? own[level - 1].room : own.first?.room ?? 0)
            }
        }
        return ResultTable(
            "placement_assortment",
            [
                Column("site", .text(sites)), Column("rank", .integer(ranks)), Column("sku", .text(skus)),
                Column("name", .text(names)), Column("held", .integer(held)),
                Column("held_units", unit: "units", .real(units)),
                Column("found_in_stock", unit: "share", .real(found)),
                Column("orders_with_it", unit: "share", .real(popularity)), Column("room", unit: "dm³", .real(room)),
                Column("whole_order_fill", unit: "share", .real(fill)),
            ])
    }

    /// Text of a scenario file that opens exactly the sites of this plan, with the data set at `data`.
    public func placedScenarioText(path: String, overrides: [String], data: String) throws(PipelineError) -> String {
        let open = placement?.solution.openSites.map { dataset.candidates[$0].code } ?? []
        let sites = open.isEmpty ? "none" : "[" + open.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
        return try Workbench.load(
            path, overrides: overrides + ["network.front_warehouses=\(sites)", "data=\"\(data)\""]
        ).text
    }
}
