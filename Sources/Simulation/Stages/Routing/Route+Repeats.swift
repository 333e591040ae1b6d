import Retail

/// Several lines of one SKU in an order (a gift of what is bought, lines of merged orders, parts sent back): they take
/// from the same shelves, so they are planned as one line, and what the plan sends is shared out among them afterwards.
extension Replication {
    /// Puts the scratch's lines of equal SKUs together. The lines as they were are kept.
    /// - Returns: whether there were any.
    mutating func joinRepeats() -> Bool {
        if !hasRepeats() { return false }
        scratch.kept.removeAll()
        for line in 0..<scratch.lines.count { scratch.kept.append(scratch.lines[line]) }
        scratch.lines.removeAll()
        for index in 0..<scratch.kept.count {
            let line = scratch.kept[index]
            var place = 0
            while place < scratch.lines.count && scratch.lines[place].sku != line.sku { place += 1 }
            if place == scratch.lines.count {
                scratch.lines.append(line)
            } else {
                scratch.lines[place].quantity += line.quantity
                scratch.lines[place].due += line.due
                scratch.lines[place].subsidy += line.subsidy
            }
        }
        return true
    }

    private mutating func hasRepeats() -> Bool {
        for line in 1..<max(1, scratch.lines.count) {
            for other in 0..<line where scratch.lines[other].sku == scratch.lines[line].sku { return true }
        }
        return false
    }

    /// Shares the parts of the plan out among the lines as they were: what is sent goes to what was bought before it
    /// goes to gifts. Each line's money follows its units.
    mutating func partRepeats() {
        scratch.joined.removeAll()
        for isSent in [true, false] {
            for index in 0..<scratch.parts.count where (scratch.parts[index].row >= 0) == isSent {
                var part = scratch.parts[index]
                for isGift in [false, true] {
                    for line in 0..<scratch.kept.count where part.quantity > 0 {
                        let kept = scratch.kept[line]
                        guard kept.sku == part.sku, kept.quantity > 0, (kept.sale == LineRow.gift) == isGift else {
                            continue
                        }
                        let piece = min(part.quantity, kept.quantity)
                        let isRest = piece == kept.quantity
                        let due = isRest ? kept.due : kept.due * Int64(piece) / Int64(kept.quantity)
                        let subsidy = isRest ? kept.subsidy : kept.subsidy * Int64(piece) / Int64(kept.quantity)
                        scratch.joined.append(
                            LineRow(
                                sku: part.sku, quantity: piece, row: part.row, parcel: part.parcel, sale: kept.sale,
                                due: due, subsidy: subsidy))
                        scratch.kept[line].quantity -= piece
                        scratch.kept[line].due -= due
                        scratch.kept[line].subsidy -= subsidy
                        part.quantity -= piece
                    }
                }
            }
        }
        scratch.parts.removeAll()
        for index in 0..<scratch.joined.count { scratch.parts.append(scratch.joined[index]) }
    }
}
