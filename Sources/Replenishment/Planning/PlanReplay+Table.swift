public import Retail

extension PlanReplay {
    /// One line for each row: what was promised, what came out, and where it was not kept, why.
    public func table(_ names: SuggestionNames, plan: StockPlan, language: Language = .english) -> ResultTable {
        var targets: [Int64: StockTarget] = [:]
        for target in plan.targets { targets[PositionTable.key(target.sku, target.node)] = target }
        let order: [Verdict] = [.below, .above, .kept, .few]
        let list = rows.sorted {
            (order.firstIndex(of: $0.verdict) ?? 0, -$0.units, $0.sku, $0.node) < (
                order.firstIndex(of: $1.verdict) ?? 0, -$1.units, $1.sku, $1.node
            )
        }
        return ResultTable(
            "plan_check",
            [
                Column("sku", .text(list.map { names.skuCode($0.sku) })),
                Column("name", .text(list.map { names.sku($0.sku) })),
                Column("node", .text(list.map { names.nodeCode($0.node) })),
                Column("service", .text(list.map { Catalogue.text("service.\($0.promised.kind)", language) })),
                Column("promised", unit: "share", .real(list.map(\.promised.level))),
                Column("planned", unit: "share", .real(list.map(\.planned))),
                Column("reached", unit: "share", .real(list.map(\.reached))),
                Column("plus_minus", unit: "share", .real(list.map(\.halfWidth))),
                Column("cycles", unit: "cycles", .integer(list.map { Int64($0.cycles) })),
                Column("check", .text(list.map { Catalogue.text("verdict.\($0.verdict.rawValue)", language) })),
                Column(
                    "reason",
                    .text(
                        list.map { row in
                            Self.reason(row, targets[PositionTable.key(row.sku, row.node)], language)
                        })),
            ])
    }

    /// Why a promise was not kept, or kept by far: what about the row its formulas do not hold exactly for.
    private static func reason(_ row: Row, _ target: StockTarget?, _ language: Language) -> String {
        guard let target else { return "" }
        let basis = target.basis
        let key: String
        let lot = Double(target.orderUpTo - target.reorderPoint)
        switch row.verdict {
        case .kept: return ""
        case .few: key = "few"
        case .above:
            let perReview = target.mean * Double(basis.reviewPeriod) / (basis.leadTime + Double(basis.reviewPeriod))
            let overtakes = basis.leadTimeDeviation > 0.3 * Double(basis.reviewPeriod)
            key =
                lot > 1.5 * perReview && basis.reviewPeriod > 1
                ? "above.lot"
                : perReview < 1 && basis.service.kind == "cycle"
                    ? "above.quiet" : overtakes && lot <= 1 ? "above.crossing" : "above.form"
        case .below:
            key =
                basis.leadTimeDeviation > 0.3 * max(1, basis.leadTime)
                ? "below.lead_time" : target.mean < 5 ? "below.slow" : "below.skew"
        }
        return Catalogue.text(
            "check.\(key)", language, decimal(basis.leadTime, 0), decimal(basis.leadTimeDeviation, 1),
            decimal(target.mean, 1), grouped(target.orderUpTo - target.reorderPoint))
    }
}
