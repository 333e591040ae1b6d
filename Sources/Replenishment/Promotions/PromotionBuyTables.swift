public import Retail

extension SuggestionTables {
    /// One line for each article and node of a promotion.
    public static func promotionBuys(
        _ buys: [PromotionBuy], names: SuggestionNames, language: Language = .english
    ) -> ResultTable {
        func text(_ name: String, _ value: (PromotionBuy) -> String) -> Column { Column(name, .text(buys.map(value))) }
        func real(_ name: String, _ unit: String, _ value: (PromotionBuy) -> Double) -> Column {
            Column(name, unit: unit, .real(buys.map(value)))
        }
        func step(_ change: Int) -> (PromotionBuy) -> PromotionBuy.Outcome? {
            { buy in buy.steps.first { $0.change == change } }
        }
        let currency = names.currency.code
        let main = [
            text("sku") { names.skuCode($0.sku) }, text("name") { names.sku($0.sku) },
            text("node") { names.nodeCode($0.node) }, text("supplier") { names.supplierCode($0.supplier) },
            Column("quantity", unit: "units", .integer(buys.map(\.quantity))),
            text("latest_order") { $0.latestOrder.description }, text("arrives") { $0.arrival.description },
            text("dock_date") { $0.dock.description },
            text("timing") { Catalogue.text("promotion_timing.\($0.timing.rawValue)", language) },
            real("promotion_mean", "units", \.mean), real("promotion_p50", "units", \.p50),
            real("promotion_p90", "units", \.p90), real("without_promotion", "units", \.ordinary),
            Column("available", unit: "units", .integer(buys.map(\.available))),
            Column("wanted", unit: "units", .integer(buys.map(\.wanted))),
            real("service_level", "share", \.service), real("cost_of_shortage", currency, \.shortage),
            real("cost_of_leftover", currency, \.overage),
            text("second_order") { $0.canReorder ? "yes" : "no" }, real("unit_cost", currency, \.unitCost.major),
            real("value", currency) { $0.value.major(in: names.currency) },
        ]
        let outcomes = [(-10, "less_10"), (0, "as_suggested"), (10, "more_10")].flatMap { change, name in
            [
                real("leftover_\(name)", "units") { step(change)($0)?.leftover ?? .nan },
                real("lost_margin_\(name)", currency) { step(change)($0)?.lostMargin ?? .nan },
            ]
        }
        return ResultTable("promotion_buys", main + outcomes)
    }

    /// What comes of 30 % less to 30 % more, one line for each step of each article and node.
    public static func promotionSteps(_ buys: [PromotionBuy], names: SuggestionNames) -> ResultTable {
        let rows = buys.flatMap { buy in buy.steps.map { (buy, $0) } }
        func real(_ name: String, _ unit: String, _ value: (PromotionBuy.Outcome) -> Double) -> Column {
            Column(name, unit: unit, .real(rows.map { value($0.1) }))
        }
        let currency = names.currency.code
        return ResultTable(
            "promotion_steps",
            [
                Column("sku", .text(rows.map { names.skuCode($0.0.sku) })),
                Column("node", .text(rows.map { names.nodeCode($0.0.node) })),
                real("change", "share") { Double($0.change) / 100 },
                Column("quantity", unit: "units", .integer(rows.map(\.1.quantity))),
                real("leftover", "units", \.leftover), real("short", "units", \.short),
                real("cost_of_leftovers", currency, \.leftoverCost), real("lost_margin", currency, \.lostMargin),
            ])
    }
}
