import Retail

/// What is to be expected of one stock row if nothing is ordered today.
struct RowOutlook {
    let position: StockPosition
    let daily: DailyDemand
    /// Days from the first day of `daily` to today.
    let offset: Int
    let today: Day
    /// Demand over lead time plus review.
    let law: DemandLaw
    /// Expected units a day over that time.
    let perDay: Double
    let stockout: Day?
    let firstGap: Day?

    /// - Parameter family: name of the law that the row's target was planned with; nil: chosen by the moments.
    init(
        position: StockPosition, feed: Feed, daily: DailyDemand, offset: Int, today: Day, days: Int, family: String?,
        chooser: inout LawChooser
    ) throws(ReplenishmentError) {
        self.position = position
        self.daily = daily
        self.offset = offset
        self.today = today
        let review = Double(max(1, feed.reviewPeriod))
        law = try chooser.choose(daily, from: offset, feed: feed, review: review, family: family ?? "").law
        perDay = law.mean / (feed.leadTime + review)
        (stockout, firstGap) = Projection.dates(
            free: position.onHand - position.reserved - position.backordered, receipts: position.receipts,
            daily: daily, offset: offset, today: today, days: days)
    }

    /// Units free for demand to come, everything on order counted.
    var free: Double { Double(position.free) }

    /// P(demand over lead time plus review exceeds what is free).
    var stockoutProbability: Double { free < 0 ? 1 : law.upperTail(free) }

    /// Expected units short by the next chance to order, with `extra` more units.
    func short(_ extra: Double = 0) -> Double {
        let units = free + extra
        return law.loss(max(0, units)) + max(0, -units)
    }

    /// Expected units asked for from one day up to another.
    func demand(from first: Day, to end: Day) -> Double {
        guard first < end else { return 0 }
        return daily.cumulative(from: offset + (first - today), span: Double(end - first)).mean
    }
}

/// Money for units at a price in major units; saturates.
func money(_ units: Double, at price: Double, _ currency: Currency) -> Amount {
    let minor = units * price * Double(currency.minorPerMajor)
    return Amount(minor: minor < 9e18 ? (minor > -9e18 ? Int64(minor.rounded()) : .min) : .max)
}
