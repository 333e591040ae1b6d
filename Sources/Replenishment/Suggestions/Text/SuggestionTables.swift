public import Retail

/// Transfers and targets in the one form in which results are stored, exported and reported.
public enum SuggestionTables {
    /// One row per transfer suggestion.
    public static func transfers(
        _ transfers: [TransferSuggestion], names: SuggestionNames, language: Language = .english
    ) -> ResultTable {
        func whole(_ name: String, _ value: (TransferSuggestion) -> Int64) -> Column {
            Column(name, unit: "units", .integer(transfers.map(value)))
        }
        func text(_ name: String, _ value: (TransferSuggestion) -> String) -> Column {
            Column(name, .text(transfers.map(value)))
        }
        return ResultTable(
            "transfer_suggestions",
            [
                text("sku") { names.skuCode($0.sku) },
                text("name") { names.sku($0.sku) },
                text("move") { $0.kind.rawValue },
                text("from") { names.nodeCode($0.from) },
                text("to") { names.nodeCode($0.to) },
                whole("units") { $0.quantity },
                whole("need") { $0.need },
                whole("available") { $0.available },
                whole("position") { $0.position },
                whole("reorder_point") { $0.reorderPoint },
                whole("order_up_to") { $0.orderUpTo },
                text("receipt") { $0.receipt.description },
                text("stockout") { $0.stockout?.description ?? "" },
                Column(
                    "saved", unit: names.currency.code,
                    .real(transfers.map { $0.saved.major(in: names.currency) })),
                text("reason") { SuggestionEngine.reason($0, names: names, language: language) },
            ])
    }

    /// One row per exception, dearest first.
    public static func exceptions(
        _ exceptions: [SuggestionException], names: SuggestionNames, language: Language = .english
    ) -> ResultTable {
        func text(_ name: String, _ value: (SuggestionException) -> String) -> Column {
            Column(name, .text(exceptions.map(value)))
        }
        return ResultTable(
            "exceptions",
            [
                text("exception") { $0.kind.rawValue },
                Column(
                    "at_stake", unit: names.currency.code,
                    .real(exceptions.map { $0.amount.major(in: names.currency) })),
                text("sku") { $0.sku.map { names.skuCode($0) } ?? "" },
                text("name") { $0.sku.map { names.sku($0) } ?? "" },
                text("node") { $0.node.map { names.nodeCode($0) } ?? "" },
                text("supplier") { $0.supplier.map { names.supplierCode($0) } ?? "" },
                Column("units", unit: "units", .integer(exceptions.map(\.quantity))),
                text("day") { $0.day?.description ?? "" },
                Column("days", unit: "days", .real(exceptions.map { ($0.days * 10).rounded() / 10 })),
                text("reason") { SuggestionEngine.reason($0, names: names, language: language) },
            ])
    }

    /// One row per supplier: what past orders show, beside what the terms say.
    public static func scorecards(_ cards: [Scorecard], suppliers: [Supplier]) -> ResultTable {
        func real(_ name: String, _ unit: String, _ value: (Scorecard) -> Double?) -> Column {
            Column(name, unit: unit, .real(cards.map { value($0) ?? .nan }))
        }
        func stated(_ name: String, _ unit: String, _ value: (Supplier) -> Double) -> Column {
            Column(name, unit: unit, .real(cards.map { value(suppliers[$0.supplier.position]) }))
        }
        return ResultTable(
            "suppliers",
            [
                Column("supplier", .text(cards.map { suppliers[$0.supplier.position].code })),
                Column("supplier_name", .text(cards.map { suppliers[$0.supplier.position].name })),
                Column("supplier_tier", .text(cards.map { suppliers[$0.supplier.position].tier.rawValue })),
                Column("order_lines", unit: "lines", .integer(cards.map { Int64($0.lines) })),
                Column("received_lines", unit: "lines", .integer(cards.map { Int64($0.received) })),
                stated("lead_time_stated", "days", \.leadTime),
                real("lead_time_measured", "days", \.leadTime),
                stated("lead_time_deviation_stated", "days", \.leadTimeDeviation),
                real("lead_time_deviation_measured", "days", \.leadTimeDeviation),
                Column("lead_time_used", .text(cards.map { $0.isMeasured ? "measured" : "terms" })),
                real("on_time_share", "share", \.onTime), real("delay_when_late", "days", \.delay),
                real("fill_share", "share", \.fill), real("faulty_share", "share", \.faulty),
                stated("payment_days", "days") { Double($0.paymentDays) },
                Column(
                    "accepts_returns", .integer(cards.map { suppliers[$0.supplier.position].acceptsReturns ? 1 : 0 })),
                Column("consignment", .integer(cards.map { suppliers[$0.supplier.position].isConsignment ? 1 : 0 })),
            ])
    }

    /// One row per stock target.
    public static func targets(
        _ plan: StockPlan, names: SuggestionNames, language: Language = .english
    ) -> ResultTable {
        let targets = plan.targets
        return ResultTable(
            "stock_targets",
            [
                Column("sku", .text(targets.map { names.skuCode($0.sku) })),
                Column("name", .text(targets.map { names.sku($0.sku) })),
                Column("node", .text(targets.map { names.nodeCode($0.node) })),
                Column("demand_mean", unit: "units", .real(targets.map(\.mean))),
                Column("demand_deviation", unit: "units", .real(targets.map(\.deviation))),
                Column("safety_stock", unit: "units", .integer(targets.map(\.safetyStock))),
                Column("reorder_point", unit: "units", .integer(targets.map(\.reorderPoint))),
                Column("order_up_to", unit: "units", .integer(targets.map(\.orderUpTo))),
                Column("law", .text(targets.map { $0.law.isEmpty ? "" : Catalogue.text("law.\($0.law)", language) })),
                Column("law_fit", unit: "share", .real(targets.map { $0.basis.fit ?? .nan })),
                Column("service", .text(targets.map { Catalogue.text("service.\($0.basis.service.kind)", language) })),
                Column("service_level", unit: "share", .real(targets.map(\.basis.service.level))),
                // With what whole units add.
                Column("service_planned", unit: "share", .real(targets.map { $0.planned ?? .nan })),
                Column("waste", unit: "share", .real(targets.map { $0.waste ?? .nan })),
                Column("lead_time", unit: "days", .real(targets.map(\.basis.leadTime))),
                Column("lead_time_deviation", unit: "days", .real(targets.map(\.basis.leadTimeDeviation))),
                Column("lead_time_source", .text(targets.map { sourceText($0.basis.leadTimeSource, language) })),
                Column("review_period", unit: "days", .integer(targets.map { Int64($0.basis.reviewPeriod) })),
            ])
    }

    private static func sourceText(_ source: LeadTimeSource, _ language: Language) -> String {
        switch source {
        case .terms: Catalogue.text("lead_time.terms", language)
        case .assumed: Catalogue.text("lead_time.assumed", language)
        case .measured(let orders): Catalogue.text("lead_time.measured", language, String(orders))
        }
    }
}
