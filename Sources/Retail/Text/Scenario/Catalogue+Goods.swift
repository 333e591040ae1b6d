extension Catalogue {
    /// Presales, lots and riders in a run's tables and report.
    static let goods: [CatalogueEntry] = [
        .init("setting.handling.capture_every", "How often orders are fetched from the shops", "抓单间隔"),
        .init("setting.handling.opens", "When clerks begin, after midnight", "审单班次开始（零点起）"),
        .init(
            "setting.handling.closes", "When clerks stop, after midnight; as they begin: round the clock",
            "审单班次结束（零点起）；与开始相同则全天"),
        .init("setting.after_sales.cancellation_time", "Mean time from payment to cancellation", "付款至取消的平均时长"),
        .init("setting.replenishment.transfer_cost", "Cost of moving a unit between our nodes", "仓间调拨每件费用"),
        .init(
            "setting.costs.settlement_errors", "Part of settlement lines that differ from what was expected",
            "结算行与预期不符的比例"),
        .init(
            "setting.costs.settlement_error_size", "How much those differ, as a part of the line", "不符结算行的差异幅度"),
        .init("table.presales", "Presales", "预售"),
        .init("table.lot_ages", "How long the goods left may still be sold", "期末库存剩余有效期"),
        .init("table.expired_goods", "Goods that expired", "过期报损"),
        .init("table.riders", "Riders of the front warehouses", "前置仓骑手"),
        .init("report.presales", "Presales", "预售"),
        .init(
            "report.presales_lead", "{0} orders left a deposit; of those whose time has come {1} paid the balance.",
            "{0} 单已付定金；到期订单中 {1} 已付尾款。"),
        .init("report.ageing", "Lots and expiry", "批次与效期"),
        .init(
            "report.ageing_lead",
            "{0} units expired on the shelves; {1} of what is left may be sold for less than a week.",
            "{0} 件在架过期；期末库存中 {1} 的剩余有效期不足一周。"),
        .init("report.riders", "Riders", "骑手"),
        .init(
            "report.riders_lead", "{0} parcels went out within the hour service; {1} waited for a rider.",
            "{0} 个小时达包裹出库；其中 {1} 个等待骑手。"),
        .init("column.promotion", "Promotion", "活动"),
        .init("column.deposits", "Deposits paid", "已付定金"),
        .init("column.deposited", "Deposits", "定金金额"),
        .init("column.balances_paid", "Balances paid", "已付尾款"),
        .init("column.forfeited", "Forfeited", "弃付尾款"),
        .init("column.paid_share", "Balance paid", "尾款支付率"),
        .init("column.units_moved", "Moved ahead", "下沉件数"),
        .init("column.expires", "May be sold for", "剩余有效期"),
        .init("column.expired", "Expired", "过期"),
        .init("column.expired_share", "Of what left the shelf", "占出库比例"),
        .init("column.riders", "Riders", "骑手"),
        .init("column.waits", "Waited for a rider", "等待骑手"),
        .init("column.wait", "Mean wait", "平均等待"),
        .init("column.riding", "On the way", "骑行时长"),
        .init("column.utilisation", "Utilisation", "利用率"),
        .init("column.oversell_rate", "Oversold orders", "超卖率"),
        .init("code.what.units_bought_fast", "Units from fast second suppliers", "快速供应商补货件数"),
        .init("code.expires.expired", "no longer", "已过期"),
        .init("code.expires.within_7_days", "under 7 days", "7 天内"),
        .init("code.expires.within_30_days", "7 to 29 days", "7–29 天"),
        .init("code.expires.within_90_days", "30 to 89 days", "30–89 天"),
        .init("code.expires.later", "90 days and longer", "90 天及以上"),
        .init("code.expires.never", "without limit", "无限期"),
    ]
}
