public import Replenishment
public import Retail

extension PlanTrial {
    /// One line for each article and node, the promises not kept first.
    public func table(_ names: SuggestionNames, language: Language = .english) -> ResultTable {
        let order: [PlanReplay.Verdict] = [.below, .above, .kept, .few]
        let list = rows.sorted {
            (order.firstIndex(of: $0.verdict) ?? 0, -$0.asked, $0.sku, $0.node) < (
                order.firstIndex(of: $1.verdict) ?? 0, -$1.asked, $1.sku, $1.node
            )
        }
        return ResultTable(
            "plan_trial",
            [
                Column("sku", .text(list.map { names.skuCode($0.sku) })),
                Column("name", .text(list.map { names.sku($0.sku) })),
                Column("node", .text(list.map { names.nodeCode($0.node) })),
                Column("promised", unit: "share", .real(list.map(\.promised))),
                Column("planned", unit: "share", .real(list.map(\.planned))),
                Column("reached", unit: "share", .real(list.map(\.reached))),
                Column("plus_minus", unit: "share", .real(list.map(\.halfWidth))),
                Column("asked_units", unit: "units", .real(list.map(\.asked))),
                Column("expected_units", unit: "units", .real(list.map(\.expected))),
                Column("check", .text(list.map { Catalogue.text("verdict.\($0.verdict.rawValue)", language) })),
                Column(
                    "reason",
                    .text(list.map { row in row.why.map { Catalogue.text("trial.\($0.rawValue)", language) } ?? "" })),
            ])
    }
}
