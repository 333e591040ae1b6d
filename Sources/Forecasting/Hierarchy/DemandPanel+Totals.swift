import Retail

extension DemandPanel {
    /// The totals of a hierarchy as series of their own, level by level, with the series themselves below them.
    ///
    /// A total is missing where nothing is known of any of its series. Where some are missing (sold out, say) on a day
    /// on which others are known, the mean of their nearest known neighbours in the season stands in for them.
    func withTotals(_ hierarchy: Hierarchy, calendar: BusinessCalendar, season: Int?) -> DemandPanel {
        var result = DemandPanel(axis: axis)
        let season = season ?? axis.step.defaultSeason
        let filled = keys.indices.map { s -> [Double] in
            let cells = cells(s)
            guard cells.contains(where: \.isNaN), cells.contains(where: \.isFinite) else { return cells }
            // Leading gaps are no demand: the series has not begun.
            let first = cells.firstIndex(where: \.isFinite) ?? 0
            var known = Array(cells[first...])
            fillGaps(&known, season: season)
            return [Double](repeating: .nan, count: first) + known
        }
        for (number, level) in hierarchy.levels.enumerated().dropLast() {
            let width = axis.count
            var sums = [Double](repeating: 0, count: level.groups.count * width)
            var known = [Bool](repeating: false, count: sums.count)
            for (s, group) in level.of.enumerated() {
                let row = Int(group) * width + Int(starts[s])
                for (k, value) in filled[s].enumerated() where value.isFinite {
                    sums[row + k] += value
                    if !missing[offsets[s] + k] { known[row + k] = true }
                }
            }
            for (g, name) in level.groups.enumerated() {
                let row = g * width..<(g + 1) * width
                let first = row.first { known[$0] } ?? row.lowerBound
                result.append(
                    name: name, key: totalKey(hierarchy, number, g), start: first - row.lowerBound,
                    (first..<row.upperBound).map { known[$0] ? sums[$0] : .nan })
            }
        }
        for s in keys.indices {
            result.append(name: names[s], key: keys[s], start: Int(starts[s]), cells(s))
        }
        return result
    }

    /// What the series of a group share of channel, region and SKU by the attributes of their level.
    private func totalKey(_ hierarchy: Hierarchy, _ level: Int, _ group: Int) -> SeriesKey {
        let level = hierarchy.levels[level]
        guard let member = level.of.firstIndex(of: Int32(group)) else { return SeriesKey() }
        let key = keys[member]
        return SeriesKey(
            sku: level.attributes.contains("sku") ? key.sku : nil,
            channel: level.attributes.contains("channel") ? key.channel : nil,
            region: level.attributes.contains("region") ? key.region : nil)
    }
}
