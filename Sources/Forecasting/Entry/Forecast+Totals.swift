public import Retail

extension Forecast {
    /// The means summed over series whose keys become equal under `group`, such as
    /// `{ SeriesKey(sku: $0.sku) }` for totals by SKU. Groups come in the order of their first series.
    ///
    /// - Returns: the groups, and their means row by row, groups x horizon.
    public func totals(by group: (SeriesKey) -> SeriesKey) -> (keys: [SeriesKey], means: [Double]) {
        var rows: [SeriesKey: Int] = [:]
        var order: [SeriesKey] = []
        var means: [Double] = []
        for s in keys.indices {
            let key = group(keys[s])
            let row: Int
            if let known = rows[key] {
                row = known
            } else {
                row = order.count
                rows[key] = row
                order.append(key)
                means.append(contentsOf: repeatElement(0, count: horizon))
            }
            for step in 0..<horizon { means[row * horizon + step] += mean(s, step) }
        }
        return (order, means)
    }
}
