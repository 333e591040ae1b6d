extension Catalogue {
    /// Laws measured on past orders, and the command that measures them.
    static let calibration: [CatalogueEntry] =
        law(
            "payment.lag", "Time from order to payment, by quantiles", "下单至支付时长（分位数）",
            "as measured on Tmall in February 2020", "天猫 2020 年 2 月实测")
        + law(
            "after_sales.return_time", "Time from door to our dock of a return, by quantiles", "签收至退货入仓时长（分位数）",
            "7 days on average", "平均 7 天")
        + law("carriers.lanes[].transit", "Transit time, by quantiles", "在途时长（分位数）", "from the rate card", "依费率表")
        + law(
            "carriers.lanes[].spread", "Factor by which bills differ from the card, by quantiles", "账单与费率表之比（分位数）",
            "bills are by the card", "账单与费率表一致", value: "factor")
        + law(
            "carriers.lanes[].heavy_spread", "The same for parcels above the first weight", "超过首重包裹的账单与费率表之比",
            "as below it", "同首重以内", value: "factor")
        + [
            .init("setting.demand.hours", "Part of a day's orders in each hour", "一天各小时的订单占比"),
            .init("setting.demand.hours.default", "from the data set's past orders", "依数据集历史订单"),
            .init("setting.demand.hours[].hour", "Hour of the day, 0 to 23", "小时，0 至 23"),
            .init(
                "setting.demand.hours[].share", "Its part of the day's orders; all add up to 100 %", "占全天订单比例；合计 100 %"),
            .init("setting.payment.paid_share", "Part of orders that is paid, in every channel", "各渠道的支付率"),
            .init("setting.payment.paid_share.default", "each channel's in the data set", "依数据集各渠道"),
            .init("setting.after_sales.return_rate", "Part of delivered lines sent back, in every segment", "各客群的退货率"),
            .init("setting.after_sales.return_rate.default", "each segment's in the data set", "依数据集各客群"),
            .init(
                "setting.carriers.lanes",
                "What was measured of the ways between places; the first that fits a pair holds",
                "实测线路；取首个匹配者"),
            .init("setting.carriers.lanes.default", "none: rate cards hold", "无：依费率表"),
            .init("setting.carriers.lanes[].from", "Code of the node", "出发节点编码"),
            .init("setting.carriers.lanes[].from.default", "every node", "任一节点"),
            .init("setting.carriers.lanes[].to", "Code of the region", "目的区域编码"),
            .init("setting.carriers.lanes[].to.default", "every region", "任一区域"),
            .init("setting.carriers.lanes[].tier", "Service tier", "时效层"),
            .init("setting.carriers.lanes[].tier.default", "every tier", "任一时效层"),
            .init("setting.carriers.lanes[].within", "Longest distance", "最长距离"),
            .init("setting.carriers.lanes[].within.default", "any distance", "任意距离"),
            .init("setting.carriers.lanes[].first_weight", "First weight, grams", "首重（克）"),
            .init("setting.carriers.lanes[].first_price", "Price of the first weight", "首重价格"),
            .init("setting.carriers.lanes[].first_price.default", "from the rate card", "依费率表"),
            .init("setting.carriers.lanes[].step_weight", "Each further step, grams", "续重步长（克）"),
            .init("setting.carriers.lanes[].step_price", "Price of a step begun", "续重价格"),
            .init("scenario.carrier_without_rate.expected", "a carrier with a rate card", "有费率的承运商"),
            .init(
                "scenario.carrier_without_rate.cure", "add a row of it to rates.csv, or take it out of carriers.csv",
                "请在 rates.csv 增加其费率，或从 carriers.csv 删除"),
            .init(
                "scenario.region_without_rate.expected", "a region some carrier goes to by an ordinary tier",
                "有普通时效费率可达的区域"),
            .init(
                "scenario.region_without_rate.cure",
                "add a rate for zone {0} to rates.csv, or correct the region's zone",
                "请在 rates.csv 增加分区 {0} 的费率，或更正区域的分区"),
            .init("scenario.lane_without_rate.expected", "a tier that some rate card offers", "费率表提供的时效层"),
            .init(
                "scenario.lane_without_rate.cure", "add a rate of tier {0} to rates.csv, or leave `tier` out",
                "请在 rates.csv 增加 {0} 的费率，或删除 `tier`"),
            .init("scenario.law.expected", "a sound law (it {0})", "合理的分布（{0}）"),
            .init("scenario.law.cure", "list rising shares with values that do not fall", "请按递增的占比列出不减的数值"),
            .init("cli.orders_written", "orders written", "已写出订单"),
            .init("cli.calibrated", "written: {0}; a scenario takes it with `extends`", "已写入：{0}；场景可用 `extends` 引用"),
        ]

    private static func law(
        _ path: String, _ english: String, _ chinese: String, _ absent: String, _ absentChinese: String,
        value: String = "time"
    ) -> [CatalogueEntry] {
        [
            .init("setting.\(path)", english, chinese), .init("setting.\(path).default", absent, absentChinese),
            .init("setting.\(path)[].share", "Part of cases that take at most this", "不超过此值的占比"),
            .init(
                "setting.\(path)[].\(value)", value == "time" ? "The time at that share" : "The factor at that share",
                value == "time" ? "该占比处的时长" : "该占比处的系数"),
        ]
    }
}
