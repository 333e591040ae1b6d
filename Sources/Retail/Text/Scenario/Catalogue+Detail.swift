extension Catalogue {
    /// Settings that once were constants: promises, transfers, the shape of a peak, small print of the books.
    static let detail: [CatalogueEntry] = [
        .init(
            "setting.routing.promise",
            "Whole days until the end of which a parcel of each tier is promised; released after the cut-off, a day more",
            "各时效层承诺送达的整天数（当日止）；过截单时间再加一天"),
        .init("setting.routing.promise.same_day", "Same day", "当日达"),
        .init("setting.routing.promise.next_day", "Next day", "次日达"),
        .init("setting.routing.promise.standard", "Standard", "标准"),
        .init("setting.routing.promise.export", "Standard, to an export region", "标准，发往境外"),
        .init(
            "setting.handling.retry_every", "How often an order held back from a full node is looked at again",
            "因仓满暂缓的订单多久复查一次"),
        .init(
            "setting.fulfilment.pick_variation", "Standard deviation of a picking time, as a part of its mean",
            "拣货时长的标准差（占均值比例）"),
        .init("setting.replenishment.transfer_time", "Mean time of a transfer between two nodes", "节点间调拨平均时长"),
        .init("setting.replenishment.transfer_deviation", "Standard deviation of that time", "调拨时长标准差"),
        .init(
            "setting.replenishment.front_transfer_time",
            "Mean time of a transfer into a front warehouse; a node may have its own in nodes.csv",
            "调入前置仓的平均时长；各节点可在 nodes.csv 另定"),
        .init("setting.replenishment.front_transfer_deviation", "Standard deviation of that time", "该时长标准差"),
        .init(
            "setting.replenishment.transfers_from", "Time of day of the first look at what to transfer", "每日首次调拨检查时刻"),
        .init("setting.replenishment.transfers_every", "Time between two such looks on one day", "同日两次调拨检查的间隔"),
        .init(
            "setting.replenishment.purchases_at", "Time of day at which orders to suppliers are placed", "每日向供应商下单时刻"),
        .init(
            "setting.costs.settlement_tolerance", "Differences of a settlement line up to this are written off",
            "结算差异在此金额内自动核销"),
        .init("setting.costs.settlement_tolerance.default", "one minor unit of the currency", "货币最小单位"),
        .init("setting.demand.evening_at", "Middle of the evening hump, after midnight", "晚高峰中心时刻（零点起）"),
        .init("setting.demand.evening_breadth", "Breadth of the evening hump: its standard deviation", "晚高峰宽度（标准差）"),
        .init(
            "setting.demand.spikes[].fast_decay", "Time in which the first wave falls to 37 %", "首波衰减至 37 % 的时间"),
        .init(
            "setting.demand.spikes[].slow_decay", "Time in which the second wave falls to 37 %", "次波衰减至 37 % 的时间"),
        .init(
            "setting.promotions[].paid_at_once",
            "Part of a presale's balances paid in the first minutes of their window",
            "尾款期开始数分钟内支付的比例"),
        .init(
            "setting.promotions[].paid_within_hour",
            "Part paid within the first hours; the rest at any moment of the window", "头一两小时内支付的比例；其余在窗口内均匀分布"),
        .init(
            "setting.promotions[].ebb", "Time in which visits to a flash sale fall to 37 % of their rush",
            "秒杀流量衰减至 37 % 的时间"),
        .init(
            "setting.stock.count_losses", "Part of count errors where less is there than the books say", "账实差异中盘亏的比例"),
        .init(
            "scenario.shares_over_whole.expected", "parts of at most 100 % together, not {0}", "各部分合计不超过 100 %，现为 {0}"),
        .init("scenario.shares_over_whole.cure", "lower one of them", "请降低其中之一"),
        .init(
            "scenario.balance_too_early.expected", "a moment after the last deposit, {0}", "晚于定金截止时刻 {0} 的时间"),
        .init(
            "scenario.balance_too_early.cure", "let the balance fall due later, or end the presale earlier",
            "请推迟尾款开始，或提前结束预售"),
        .init("scenario.not_whole_days.expected", "whole days, such as `3 d`", "整天数，例如 `3 d`"),
        .init("scenario.not_whole_days.cure", "round it to days", "请取整为天"),
    ]
}
