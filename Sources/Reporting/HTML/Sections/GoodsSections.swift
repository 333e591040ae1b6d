import Retail

/// Each presale from the order to the paid balance, where there are any.
enum PresaleSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let table = context.table("presales"), table.rowCount > 0, let deposits = table.numbers("deposits"),
            let paid = table.numbers("balances_paid"), let forfeited = table.numbers("forfeited")
        else { return nil }
        let due = paid.reduce(0, +) + forfeited.reduce(0, +)
        let share = due > 0 ? paid.reduce(0, +) / due : 1
        return SectionView(
            anchor: "presales", title: context.text("presales"),
            lead: context.text(
                "presales_lead", context.numbers.whole(Int64(deposits.reduce(0, +))), context.numbers.percent(share, 1)),
            blocks: [
                BlockView(
                    grid: context.view(
                        table.withoutEmptyColumns(), caption: words("table", table.name, context.language),
                        bars: ["paid_share"]))
            ])
    }
}

/// What expired, and how long the goods left may still be sold, where lots are told apart.
enum AgeingSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let ages = context.table("lot_ages"), ages.rowCount > 0, let units = ages.numbers("units"),
            let expires = ages.texts("expires"), let expired = context.table("expired_goods"),
            let gone = expired.numbers("expired")
        else { return nil }
        func caption(_ table: ResultTable) -> String { words("table", table.name, context.language) }
        let all = units.reduce(0, +)
        let short = units.indices.filter { ["expired", "within_7_days"].contains(expires[$0]) }
            .reduce(0) { $0 + units[$1] }
        var blocks = [
            BlockView(
                grid: context.view(
                    ages.picking(units.indices.filter { units[$0] > 0 }), caption: caption(ages), bars: ["units"]))
        ]
        if gone.contains(where: { $0 > 0 }) {
            blocks.append(
                BlockView(
                    grid: context.view(
                        expired.picking(gone.indices.filter { gone[$0] > 0 }), caption: caption(expired),
                        bars: ["expired"])))
        }
        return SectionView(
            anchor: "ageing", title: context.text("ageing"),
            lead: context.text(
                "ageing_lead", context.numbers.whole(Int64(gone.reduce(0, +).rounded())),
                context.numbers.percent(all > 0 ? short / all : 0, 1)), blocks: blocks)
    }
}

/// The riders of the front warehouses, where they are counted.
enum RiderSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let table = context.table("riders"), table.rowCount > 0, let parcels = table.numbers("parcels"),
            let waits = table.numbers("waits")
        else { return nil }
        return SectionView(
            anchor: "riders", title: context.text("riders"),
            lead: context.text(
                "riders_lead", context.numbers.whole(Int64(parcels.reduce(0, +).rounded())),
                context.numbers.whole(Int64(waits.reduce(0, +).rounded()))),
            blocks: [
                BlockView(
                    grid: context.view(
                        table, caption: words("table", table.name, context.language), bars: ["utilisation"]))
            ])
    }
}

extension ResultTable {
    /// Without the columns of numbers that are 0 in every row: what a scenario does not use says nothing.
    func withoutEmptyColumns() -> ResultTable {
        ResultTable(
            name,
            columns.filter { column in
                guard let cells = numbers(column.name) else { return true }
                return cells.contains { $0 != 0 }
            })
    }
}
