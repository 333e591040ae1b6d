import Retail
import Simulation

/// The data set's lots at the scale of the run: each row's opening stock cut into its lots, to the unit.
struct LotStep {
    let rows: StockRows
    let owners: [String]

    init(_ dataset: Dataset, _ network: Network, rows: StockRows, start: Day) {
        var rows = rows
        guard !dataset.lots.isEmpty else {
            self.rows = rows
            owners = []
            return
        }
        let owners = [""] + Set(dataset.lots.map(\.owner)).subtracting([""]).sorted()
        let places = NodePlaces(dataset, network)
        var onHand: [Int: Int64] = [:]
        for record in dataset.stock {
            guard let node = places.node(record.node), let row = rows.index(record.sku, node)?.position else {
                continue
            }
            onHand[row, default: 0] += Int64(record.onHand)
        }
        var byRow: [Int: [LotRecord]] = [:]
        for lot in dataset.lots where lot.quantity > 0 {
            guard let node = places.node(lot.node), let row = rows.index(lot.sku, node)?.position else { continue }
            byRow[row, default: []].append(lot)
        }
        var lots: [LotPlan] = []
        for (row, records) in byRow.sorted(by: { $0.key < $1.key }) {
            let known = records.reduce(Int64(0)) { $0 + Int64($1.quantity) }
            let opening = Int64(rows.rows[row].opening)
            // What the lots do not explain of the stock on record is a part of its own.
            let rest = max(0, (onHand[row] ?? 0) - known)
            let parts = try? allocateByLargestRemainder(
                opening, over: records.map { Int64($0.quantity) } + [rest])
            for (place, record) in records.enumerated() {
                lots.append(
                    LotPlan(
                        sku: record.sku, node: rows.rows[row].node, quantity: Quantity(clamping: parts?[place] ?? 0),
                        expires: record.expires.map { CivilTime($0 + 1).instant(from: start) },
                        owner: owners.firstIndex(of: record.owner) ?? 0, isSecond: record.grade == .second))
            }
        }
        rows.lots = lots
        self.rows = rows
        self.owners = owners.map { $0.isEmpty ? "own" : $0 }
    }
}
