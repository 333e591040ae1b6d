extension Catalogue {
    /// What a run rests on, as it is kept with it in English (`Phrase.said`): the notes of the reader and the pipeline.
    static let assumptions: [(english: String, chinese: String)] =
        subjects + fileDefaults + dataNotes + demandNotes + stockNotes

    /// What holds when a file is not there, as the data dictionary has it.
    private static let fileDefaults: [(english: String, chinese: String)] = [
        ("the SKUs are those of `demand`, with the defaults of the columns here", "商品取自 `demand`，各列采用默认值"),
        ("one central warehouse `main` at the first region", "第一个区域处的一个中央仓 `main`"),
        ("great circles times a factor", "大圆距离乘以系数"),
        (
            "the regions of `demand`, or one region `all`, at 0° north 0° east",
            "区域取自 `demand`，或位于北纬 0° 东经 0° 的一个区域 `all`"
        ),
        ("the channels of `demand`, or one channel `shop`, with the defaults here", "渠道取自 `demand`，或一个渠道 `shop`，采用默认值"),
        ("one segment `all` with share 1 and no returns", "一个客群 `all`，占比为 1，无退货"),
        ("one carrier `carrier` that serves every zone next day and standard", "一个承运商 `carrier`，各区可次日达与标准达"),
        (
            "3.00 for the first kilogram, 1.00 for each further one; 24 h next day, 72 h standard",
            "首重 1 千克 3.00，续重每千克 1.00；次日达 24 小时，标准达 72 小时"
        ),
        ("every day is open", "每天营业"),
        ("28 days of the latest mean demand at the first node", "第一个节点存 28 天的近期平均需求"),
        (
            "one supplier `supplier` with a lead time of 7 days (standard deviation 2)",
            "一个供应商 `supplier`，提前期 7 天（标准差 2）"
        ),
        ("every SKU comes from the first supplier at its unit cost, by the case", "各商品按箱、按单位成本购自第一个供应商"),
        ("currency GBP, zone UTC, name of the folder", "货币 GBP，时区 UTC，名称取文件夹名"),
    ]

    private static let subjects: [(english: String, chinese: String)] = [
        ("absent files", "未给出的文件"), ("baskets", "购物篮"), ("regions", "区域"), ("transfers", "调拨"),
        ("payment", "支付"), ("after_sales", "售后"), ("network", "网络"), ("prices", "价格"),
        ("adjustments", "预测调整"), ("calendar", "日历"), ("review", "补货检查"), ("forecast errors", "预测误差"),
        ("promotion {0}", "活动 {0}"), ("assortment {0}", "{0} 的选品"), ("fault {0}", "故障 {0}"),
        ("adjustment {0}", "调整 {0}"),
    ]

    private static let dataNotes: [(english: String, chinese: String)] = [
        ("columns not given, defaults used: {0}", "未给出的列采用默认值：{0}"),
        ("none given: {0}", "未给出：{0}"),
        ("not given: {0}", "未给出，采用默认：{0}"),
        ("unit_cost of {0} SKUs not given: 60 % of the list price", "{0} 个商品未给出 unit_cost：取吊牌价的 60 %"),
        (
            "{0} rows with {1} units lie on days that the calendar has as closed; they are kept",
            "{0} 行共 {1} 件落在日历中的休息日，予以保留"
        ),
        (
            """
            the public holidays of {0} for {1} are not in the table: only what follows from the law and the moon is used, \
            days off and make-up working days are not known; state them in events.csv
            """,
            "表中没有 {0} 在 {1} 的公共假日：只采用按法律与农历推得的日期，调休未知；请在 events.csv 中列出"
        ),
        ("kept in the workspace, names codes the data do not have", "存于工作区，但所指编码不在数据中"),
        (
            "{0} of {1} changes by people are laid over the model's forecast: {2} units",
            "{1} 项人工调整中有 {0} 项叠加在模型预测之上：{2} 件"
        ),
        ("the review is on the morning of {0}, the day after the history ends", "补货检查时间为 {0} 早晨，即历史数据结束的次日"),
        ("errors of two days in a row go together by {0} on average", "相邻两天预测误差的平均相关系数为 {0}"),
        (
            "transit times of {0} lanes are those of the data's parcels, not of the rate cards",
            "{0} 条线路的运输时长取自数据中的包裹，而非价卡"
        ),
    ]

    private static let demandNotes: [(english: String, chinese: String)] = [
        (
            "baskets are resampled from {0} past orders up to {1}, regions from {2}",
            "购物篮自截至 {1} 的 {0} 张历史订单重抽样，区域自 {2} 张"
        ),
        (
            "no past orders: baskets of one article, regions by population, orders spread over 08 to 22",
            "没有历史订单：每单一种商品，区域按人口分布，下单时间为 8 时至 22 时"
        ),
        (
            """
            orders and goods are {0} times those of the data, about {1} orders a day; orders are taken as independent, so \
            that their variance grows like the volume
            """,
            "订单与货量为数据的 {0} 倍，每天约 {1} 张订单；订单视为相互独立，方差随规模同比增长"
        ),
        (
            """
            each replication draws its demand from the forecast's joint distribution; articles and channels move together as \
            they did in the last weeks
            """,
            "每次重复的需求抽自预测的联合分布；商品与渠道之间的联动同最近几周"
        ),
        (
            """
            recommended articles come on top of the forecast, one for {0} % of orders, by what past baskets hold together
            """,
            "推荐商品在预测之外另加，{0} % 的订单各一件，依据历史购物篮的搭配"
        ),
        ("{0} % of forecast units are in no recent basket and are not simulated", "{0} % 的预测件数不在近期购物篮中，未参与模拟"),
        ("sells {0} times the units (price elasticity {1})", "销量为 {0} 倍（价格弹性 {1}）"),
        ("of which {0} times is a stated uplift", "其中 {0} 倍为声明的增幅"),
        ("brings {0} times the visits", "访问量为 {0} 倍"),
        ("changes neither visits nor quantities", "不改变访问量与销量"),
        ("not measured", "未经实测"),
        (
            "changed prices move demand by the stated elasticity {0}, whoever else sells", "改价按声明的弹性 {0} 影响需求，不计他人售价"
        ),
        (
            "the past holds neither prices that move nor promotions: effects are as stated, not measured",
            "历史中既无变动的价格也无活动：效应按声明，未经实测"
        ),
        (
            "prices and promotions act as measured on the past of the data, shrunk toward their category: {0}",
            "价格与活动效应由历史数据测得，并向其品类收缩：{0}"
        ),
        (
            """
            promotions that state no effect have none: with the effects measured the squared error of past forecasts was \
            {0} % higher
            """,
            "未声明效应的活动视为无效应：采用实测效应时，历史预测的均方误差高 {0} %"
        ),
        ("promotions that state no effect act as measured on the past: {0}", "未声明效应的活动按历史实测：{0}"),
        ("{0} planned promotions raise the demand of their days", "{0} 个计划中的活动提高其当日需求"),
        (
            "signals {0} days before {1}: {2} SKUs, {3} units forecast, now {4}",
            "{1} 前 {0} 天的信号：{2} 个商品，原预测 {3} 件，现为 {4} 件"
        ),
        (
            "signals {0} days before {1} are not used: no past promotion has signals and sales to learn from",
            "未采用 {1} 前 {0} 天的信号：没有兼有信号与销量的历史活动可供学习"
        ),
        ("signals of {0} are not used: its days are not forecast", "未采用 {0} 的信号：其日期不在预测范围内"),
        ("no segments: one for all buyers, without returns", "没有客群：全部买家为一个客群，无退货"),
        ("{0} promotions of the data set bring visits only", "数据集中的 {0} 活动只带来访问量"),
        (
            """
            time from order to payment as measured on Tmall in February 2020 (median 8 s, 95 % within 191 s); the part paid \
            is the channel's
            """,
            "下单至支付时长取 2020 年 2 月天猫实测（中位数 8 秒，95 % 在 191 秒内）；支付比例取自渠道"
        ),
        (
            "returns by segment times {0}, back after 7 days on average; {1} % written down",
            "退货率按客群乘以 {0}，平均 7 天退回；{1} % 减值"
        ),
    ]

    private static let stockNotes: [(english: String, chinese: String)] = [
        (
            "{0} of {1} articles fit its storage; {2} % of past orders hold no other",
            "{1} 个商品中可存放 {0} 个；{2} % 的历史订单不含其他商品"
        ),
        ("nobody asks for the hour: no front warehouses", "没有一小时达需求：不设前置仓"),
        ("no candidates: no front warehouses", "没有候选站点：不设前置仓"),
        (
            "an order served within the hour is worth {0} to the placement; {1} % of buyers ask for it",
            "选址中一小时送达的一单价值 {0}；{1} % 的买家有此需求"
        ),
        (
            """
            demand by region is each channel's demand times the region's part of past orders, the same for every article; it \
            is planned at the nearest warehouse
            """,
            "区域需求为渠道需求乘以该区域在历史订单中的份额，各商品相同；由最近的仓库承担"
        ),
        (
            "{0} of {1} stocked articles follow it; the others have no second, faster supplier or do not expire, and are ordered up to S",
            "{1} 个有库存的商品中 {0} 个采用该策略；其余没有更快的第二供应商或不会过期，补至目标水平 S"
        ),
        ("a transfer takes {0} hours on average, {1} hours into a front warehouse", "调拨平均 {0} 小时，进前置仓 {1} 小时"),
        ("{0} nodes have times of their own", "{0} 个节点有自己的时长"),
        ("no stock given: every article opens at its order-up-to level", "未给出库存：各商品期初为其补货目标水平"),
        ("the run opens with the data set's stock times the volume", "期初库存为数据集库存乘以规模"),
        ("the run opens with the data set's stock times the volume times {0}", "期初库存为数据集库存乘以规模再乘以 {0}"),
        (
            "{0} units were moved forward to front warehouses from the warehouses behind them",
            "{0} 件由后方仓库前移至前置仓"
        ),
        ("{0} units reserved before the run are left out of it", "运行前已预占的 {0} 件不计入"),
        ("has no effect: {0} is a candidate site that this scenario does not open", "不起作用：{0} 是本场景未开设的候选站点"),
    ]
}
