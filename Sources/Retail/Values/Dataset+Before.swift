extension Dataset {
    /// The data set as it was known before a step of the demand's axis: later cells and what belongs to them are cut
    /// off, series without cells dropped. Plans (calendar, prices, promotions, listings) stay.
    public func before(_ end: Int) -> Dataset {
        guard end < demand.axis.count else { return self }
        var cut = self
        cut.demand = demand.before(end)
        cut.demandPrices = []
        cut.demandInStock = []
        for s in demand.keys.indices {
            let from = demand.offsets[s]
            let kept = min(demand.offsets[s + 1] - from, end - Int(demand.starts[s]))
            guard kept > 0 else { continue }
            if !demandPrices.isEmpty { cut.demandPrices += demandPrices[from..<from + kept] }
            if !demandInStock.isEmpty { cut.demandInStock += demandInStock[from..<from + kept] }
        }
        return cut
    }
}
