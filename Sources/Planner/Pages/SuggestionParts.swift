import Replenishment
import Reporting
import Retail
import Store

/// A suggestion taken apart: what the stock is, what demand asks for, and how the quantity came about.
enum SuggestionParts {
    static func all(_ line: SuggestionRow, _ text: NumberText, _ language: Language) -> [[String: Any]] {
        // What differs from line to line.
        let notes = [
            "minimum": Catalogue.text("planner.part.minimum.note", language, text.whole(line.minimumQuantity)),
            "multiple": Catalogue.text(
                "planner.part.multiple.note", language, text.whole(line.orderMultiple),
                words("rounding", line.quantity.rounding.rawValue, language)),
            "safety": safetyStockSource(line.line, language), "reorder": reorderPointSource(line.line, language),
        ]
        func part(_ key: String, _ rows: [(String, String)]) -> [String: Any] {
            [
                "heading": Catalogue.text("planner.part.\(key)", language),
                "rows": rows.map { name, value in
                    [
                        "name": Catalogue.text("planner.part.\(name)", language), "value": value,
                        "note": notes[name] ?? Catalogue.text("planner.part.\(name).note", language),
                    ]
                },
            ]
        }
        let whole = text.whole
        func units(_ value: Double) -> String { text.decimal(value, 1) }
        func days(_ value: Double) -> String { text.decimal(value, 1) + " " + text.unit("days") }
        // Unit costs are kept finer than the currency's smallest coin.
        let unitCost = text.currencySign + text.decimal(line.unitCost.major, 4)
        let volume = Double(line.volume) / 1_000
        return [
            part(
                "quantity",
                [
                    ("need", whole(line.quantity.need)), ("minimum", whole(line.quantity.afterMinimum)),
                    ("multiple", whole(line.quantity.afterMultiple)), ("break", whole(line.quantity.afterBreak)),
                    ("order_value", whole(line.quantity.afterOrderValue)),
                    ("container", whole(line.quantity.afterContainer)), ("limits", whole(line.quantity.afterLimits)),
                    ("budget", whole(line.quantity.afterBudget)),
                    ("unit_cost", unitCost),
                    ("value", text.money(line.value.major(in: text.currency), digits: 2)),
                    ("volume", text.decimal(volume, volume < 10 ? 1 : 0) + " " + text.unit("litres")),
                ]),
            part(
                "position",
                [
                    ("on_hand", whole(line.onHand)), ("reserved", whole(line.reserved)),
                    ("in_transit", whole(line.inTransit)), ("on_order", whole(line.onOrder)),
                    ("backordered", whole(line.backordered)), ("expiring", whole(line.expiring)),
                    ("inventory_position", whole(line.position)),
                ]),
            part(
                "demand",
                [
                    ("mean", units(line.demandMean)), ("p10", units(line.demandP10)), ("p50", units(line.demandP50)),
                    ("p90", units(line.demandP90)), ("safety", whole(line.safetyStock)),
                    ("reorder", whole(line.reorderPoint)), ("up_to", whole(line.orderUpTo)),
                ]),
            part(
                "time",
                [
                    ("order_by", line.orderBy.description), ("receipt", line.receipt.description),
                    ("stockout", line.stockout?.description ?? "–"),
                    ("first_gap", line.firstGap?.description ?? "–"), ("cover_before", days(line.daysOfCoverBefore)),
                    ("cover_after", days(line.daysOfCoverAfter)),
                    ("probability", text.percent(line.stockoutProbability)),
                    ("at_risk", text.money(line.marginAtRisk.major(in: text.currency), digits: 2)),
                ]),
        ]
    }
}
