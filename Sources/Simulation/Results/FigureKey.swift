/// The headline figures of a run: the key is the raw value, its words are in the catalogue under `figure.<key>`.
public enum FigureKey: String, Sendable, CaseIterable {
    // What was asked for and sold.
    case orders
    case unitsDemanded = "units_demanded"
    case gmvPlaced = "gmv_placed"
    case gmvPaid = "gmv_paid"
    case netRevenue = "net_revenue"
    case contributionMargin = "contribution_margin"
    case operatingResult = "operating_result"
    // Service.
    case fillRate = "fill_rate"
    case orderFillRate = "order_fill_rate"
    case lostSales = "lost_sales"
    case lostMargin = "lost_margin"
    case oversoldOrders = "oversold_orders"
    case oversellRate = "oversell_rate"
    case onTimeShare = "on_time_share"
    case oneHourShare = "one_hour_share"
    case orderToShipMedian = "order_to_ship_median"
    case orderToShipP95 = "order_to_ship_p95"
    case orderToRelease = "order_to_release"
    case orderToReleaseMedian = "order_to_release_median"
    case orderToReleaseP95 = "order_to_release_p95"
    case onTimeShipping = "on_time_shipping"
    case perfectOrderShare = "perfect_order_share"
    case throttledShare = "throttled_share"
    // Orders' fates.
    case unpaidShare = "unpaid_share"
    case cancelledShare = "cancelled_share"
    case returnShare = "return_share"
    case forfeitedShare = "forfeited_share"
    case mergedShare = "merged_share"
    case pickupShare = "pickup_share"
    // Operations.
    case peakOrdersPerMinute = "peak_orders_per_minute"
    case peakPickUtilisation = "peak_pick_utilisation"
    case automaticReviewShare = "automatic_review_share"
    case ordersPerClerkHour = "orders_per_clerk_hour"
    case splitShare = "split_share"
    case parcelsPerOrder = "parcels_per_order"
    case freightPerOrder = "freight_per_order"
    case costPerOrder = "cost_per_order"
    case transferUnits = "transfer_units"
    case reroutedShare = "rerouted_share"
    case routingSaving = "routing_saving"
    case linesPerPickHour = "lines_per_pick_hour"
    case overtimeHours = "overtime_hours"
    case carriedOver = "carried_over"
    case contactsPerOrder = "contacts_per_order"
    // Stock and money.
    case stockEndValue = "stock_end_value"
    case turnoverDays = "turnover_days"
    case matchedShare = "matched_share"

    /// Unit for display; amounts of money have the currency's code.
    func unit(currency: String) -> String {
        switch self {
        case .orders, .oversoldOrders: "orders"
        case .unitsDemanded, .lostSales, .transferUnits: "units"
        case .gmvPlaced, .gmvPaid, .netRevenue, .contributionMargin, .operatingResult, .lostMargin, .stockEndValue,
            .freightPerOrder, .costPerOrder, .routingSaving:
            currency
        case .fillRate, .orderFillRate, .onTimeShare, .oneHourShare, .unpaidShare, .cancelledShare, .returnShare,
            .peakPickUtilisation, .automaticReviewShare, .splitShare, .matchedShare,
            .onTimeShipping, .perfectOrderShare, .throttledShare, .reroutedShare, .oversellRate, .forfeitedShare,
            .mergedShare, .pickupShare:
            "share"
        case .orderToShipMedian, .orderToShipP95, .overtimeHours: "hours"
        case .linesPerPickHour: "lines/hour"
        case .carriedOver: "parcels"
        case .contactsPerOrder: ""
        case .orderToRelease, .orderToReleaseMedian, .orderToReleaseP95: "minutes"
        case .peakOrdersPerMinute: "orders/minute"
        case .ordersPerClerkHour: "orders/hour"
        case .parcelsPerOrder: "parcels"
        case .turnoverDays: "days"
        }
    }
}
