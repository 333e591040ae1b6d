import Retail
import Simulation

/// The opening stock's lots as the simulator takes them.
struct LotStep {
    let rows: StockRows
    let owners: [String]

    /// - Parameter lots: at the scale of the run, at nodes of the network, row by row.
    init(_ lots: [LotRecord], rows: StockRows, start: Day) {
        var rows = rows
        guard !lots.isEmpty else {
            self.rows = rows
            owners = []
            return
        }
        let owners = [""] + Set(lots.map(\.owner)).subtracting([""]).sorted()
        rows.lots = lots.filter { rows.index($0.sku, $0.node) != nil }.map { lot in
            LotPlan(
                sku: lot.sku, node: lot.node, quantity: lot.quantity,
                expires: lot.expires.map { CivilTime($0 + 1).instant(from: start) },
                owner: owners.firstIndex(of: lot.owner) ?? 0, isSecond: lot.grade == .second)
        }
        self.rows = rows
        self.owners = owners.map { $0.isEmpty ? "own" : $0 }
    }
}
