extension Catalogue {
    /// Bare queueing and inventory models: their settings, figures and errors.
    static let models: [CatalogueEntry] = modelErrors + queueingSettings + inventorySettings + modelFigures

    private static let modelErrors: [CatalogueEntry] = [
        .init("term.station", "station", "工位"),
        .init("kind.frequency", "a rate such as 3.6 /h, per s, min, h or d", "速率，如 3.6 /h，单位 /s、/min、/h 或 /d"),
        .init("kind.integer_or", "a whole number from {0} to {1}, or `{2}`", "{0} 至 {1} 的整数，或 `{2}`"),
        .init("scenario.not_in_model.expected", "keys of a bare model beside `{0}`", "裸模型 `{0}` 之外不应有此键"),
        .init(
            "scenario.not_in_model.cure",
            "keep granary, name, description, seed, replications and `{0}`, or remove `{0}`",
            "只保留 granary、name、description、seed、replications 与 `{0}`，或删去 `{0}`"),
        .init("scenario.is_model.expected", "a promotion day with a data set", "带数据集的促销日场景"),
        .init(
            "scenario.is_model.cure", "this is a bare `{0}` model: `granary run` and `granary validate` take it",
            "这是裸 `{0}` 模型：请用 `granary run` 或 `granary validate`"),
        .init("scenario.model.expected", "a model that can run ({0})", "可运行的模型（{0}）"),
        .init("scenario.model.cure", "change the model at this place", "请修改此处的模型设置"),
    ]

    private static let queueingSettings: [CatalogueEntry] = [
        .init(
            "setting.queueing", "A bare queueing model instead of a promotion day; with it no data set is named",
            "裸排队模型，代替促销日；无需数据集"),
        .init(
            "setting.queueing.measure",
            "Long-run averages (every station must keep up), or the transient from an empty system",
            "长期平均（各工位须处理得过来），或自空系统起的瞬态"),
        .init("setting.queueing.unit", "Unit of time of the figures", "指标的时间单位"),
        .init("setting.queueing.warm_up", "Time at the beginning that is not counted", "预热时间，不计入统计"),
        .init("setting.queueing.length", "Time that is counted, for each replication", "每次重复计入统计的时长"),
        .init("setting.queueing.arrivals", "How customers arrive: a Poisson process", "顾客到达：泊松过程"),
        .init(
            "setting.queueing.arrivals.law", "Rate over time: constant, a sinusoid, or with bursts that decay",
            "到达率：恒定、正弦，或带衰减尖峰"),
        .init("setting.queueing.arrivals.rate", "Mean rate, without bursts", "平均到达率（不含尖峰）"),
        .init(
            "setting.queueing.arrivals.amplitude",
            "Swing of the sinusoid, as a part of the rate: rate (1 + amplitude sin 2πt/period), t from the end of the warm-up",
            "正弦振幅占比：rate (1 + amplitude sin 2πt/period)，t 自预热结束起"),
        .init("setting.queueing.arrivals.period", "Period of the sinusoid", "正弦周期"),
        .init("setting.queueing.arrivals.bursts", "Bursts on top of the rate", "叠加的尖峰"),
        .init("setting.queueing.arrivals.bursts.default", "none", "无"),
        .init(
            "setting.queueing.arrivals.bursts[].height", "What the burst adds to the rate when it begins", "尖峰开始时增加的到达率"
        ),
        .init(
            "setting.queueing.arrivals.bursts[].decay", "Time constant of its exponential decay", "指数衰减的时间常数"),
        .init("setting.queueing.arrivals.bursts[].at", "When it begins, after the warm-up", "开始时刻（预热之后）"),
        .init("setting.queueing.stations", "Stations one after another, each first in, first out", "依次的工位，均先到先服务"),
        .init(
            "setting.queueing.stations[].name", "Name, put before its figures when there are several stations",
            "名称；多个工位时作指标前缀"),
        .init("setting.queueing.stations[].name.default", "station_1, station_2 ...", "station_1、station_2……"),
        .init("setting.queueing.stations[].servers", "Servers in parallel", "并行服务台数"),
        .init("setting.queueing.stations[].service", "Law of the service time", "服务时间分布"),
        .init("setting.queueing.stations[].mean", "Mean service time; this or `rate`", "平均服务时间；与 `rate` 二选一"),
        .init("setting.queueing.stations[].mean.default", "from `rate`", "由 `rate` 得出"),
        .init("setting.queueing.stations[].rate", "Service rate of one server; this or `mean`", "单台服务率；与 `mean` 二选一"),
        .init("setting.queueing.stations[].rate.default", "from `mean`", "由 `mean` 得出"),
        .init("setting.queueing.stations[].phases", "Phases of an Erlang law", "爱尔朗分布的阶数"),
        .init("setting.queueing.stations[].phases.default", "must be given for erlang", "erlang 时必填"),
        .init(
            "setting.queueing.stations[].variation",
            "Squared coefficient of variation of a gamma, log-normal or hyperexponential law (above 1; balanced means)",
            "gamma、对数正态或超指数（大于 1，均值平衡）分布的变异系数平方"),
        .init("setting.queueing.stations[].variation.default", "must be given for these laws", "上述分布必填"),
        .init("setting.queueing.stations[].waiting_room", "Places to wait; who finds none is lost", "等待位数；无位者流失"),
        .init("setting.queueing.stations[].waiting_room.default", "without limit", "不限"),
        .init(
            "setting.queueing.stations[].rework", "Part of services after which the customer must go back", "服务后返工的比例"),
        .init("setting.queueing.stations[].rework_to", "Name of the station they go back to", "返工去往的工位名称"),
        .init("setting.queueing.stations[].rework_to.default", "the same station", "本工位"),
        .init(
            "setting.queueing.observe",
            "Counts: arrivals `from` a time `to` another, or customers in the system `at` a time; all after the warm-up",
            "计数：`from` 至 `to` 的到达数，或 `at` 时刻的系统人数；均自预热结束起"),
        .init("setting.queueing.observe.default", "none", "无"),
        .init("setting.queueing.observe[].from", "First moment of a count of arrivals", "到达计数的起点"),
        .init("setting.queueing.observe[].from.default", "none", "无"),
        .init("setting.queueing.observe[].to", "One past its last moment", "到达计数的终点（不含）"),
        .init("setting.queueing.observe[].to.default", "none", "无"),
        .init("setting.queueing.observe[].at", "Moment at which customers in the system are counted", "清点系统人数的时刻"),
        .init("setting.queueing.observe[].at.default", "none", "无"),
        .init(
            "setting.queueing.observe[].every",
            "The count is taken again each such time, to the end of the length; its variance is then over these",
            "按此间隔重复计数，直至结束；方差亦由此得出"),
        .init("setting.queueing.observe[].every.default", "counted once", "只计一次"),
    ]

    private static let inventorySettings: [CatalogueEntry] = [
        .init(
            "setting.inventory", "A bare inventory system instead of a promotion day; with it no data set is named",
            "裸库存系统，代替促销日；无需数据集"),
        .init(
            "setting.inventory.review",
            "Periodic (arrivals, review and order, demand, then cost on what is left) or continuous (after each demand)",
            "定期检查（到货、检查并订货、需求，再按期末库存计费）或连续检查（每次需求后）"),
        .init("setting.inventory.period", "Time between reviews, and the time costs are per", "订货检查周期，也是费用的计时单位"),
        .init("setting.inventory.warm_up", "Time at the beginning that is not counted", "预热时间，不计入统计"),
        .init("setting.inventory.length", "Time that is counted, for each replication", "每次重复计入统计的时长"),
        .init("setting.inventory.policy", "When and how much is ordered", "订货策略"),
        .init(
            "setting.inventory.reorder_point", "r or s: at this inventory position or less an order is placed",
            "订货点 r 或 s：库存水位不高于此即订货"),
        .init("setting.inventory.reorder_point.default", "must be given for r_q and s_S", "r_q 与 s_S 必填"),
        .init("setting.inventory.order_up_to", "S: the position after an order", "目标库存 S：订货后的库存水位"),
        .init("setting.inventory.order_up_to.default", "must be given for base_stock and s_S", "base_stock 与 s_S 必填"),
        .init("setting.inventory.quantity", "Q: orders are multiples of this", "订货批量 Q 的整倍数"),
        .init("setting.inventory.quantity.default", "must be given for r_q", "r_q 必填"),
        .init("setting.inventory.window", "Periods in the moving average of demand", "移动平均的期数"),
        .init("setting.inventory.window.default", "must be given for moving_average", "moving_average 必填"),
        .init("setting.inventory.unfilled", "Whether demand that finds no stock waits or is lost", "缺货需求等待补货或流失"),
        .init("setting.inventory.demand", "What is asked for", "需求"),
        .init(
            "setting.inventory.demand.law",
            "Law of a period's demand; in continuous review units come one by one (negative binomial: in batches)",
            "每期需求的分布；连续检查时逐件到来（负二项：成批）"),
        .init("setting.inventory.demand.mean", "Mean demand", "平均需求"),
        .init(
            "setting.inventory.demand.deviation", "Standard deviation of a period's demand (negative_binomial, normal)",
            "每期需求的标准差（negative_binomial、normal）"),
        .init("setting.inventory.demand.deviation.default", "must be given for these laws", "上述分布必填"),
        .init("setting.inventory.lead_time", "From order to shelf; orders may overtake one another", "从订货到上架；订单可相互超越"),
        .init("setting.inventory.lead_time.law", "Law of the lead time", "提前期分布"),
        .init(
            "setting.inventory.lead_time.mean", "Mean lead time; an order of none is there before the period's demand",
            "平均提前期；为零则当期需求前到货"),
        .init("setting.inventory.lead_time.phases", "Phases of an Erlang law", "爱尔朗分布的阶数"),
        .init("setting.inventory.lead_time.phases.default", "must be given for erlang", "erlang 时必填"),
        .init("setting.inventory.lead_time.variation", "Squared coefficient of variation", "变异系数平方"),
        .init(
            "setting.inventory.lead_time.variation.default", "must be given for gamma, log_normal, hyperexponential",
            "gamma、log_normal、hyperexponential 必填"),
        .init("setting.inventory.costs", "Costs, in one currency", "费用，同一货币"),
        .init("setting.inventory.costs.holding", "Of a unit held for a period", "每件每期持有费用"),
        .init("setting.inventory.costs.backorder", "Of a unit waited for during a period", "每件每期缺货等待费用"),
        .init("setting.inventory.costs.lost", "Of a unit lost", "每件流失费用"),
        .init("setting.inventory.costs.order", "Of an order", "每次订货费用"),
    ]

    private static let modelFigures: [CatalogueEntry] = [
        .init("figure.wait_probability", "Customers who wait", "需等待的比例"),
        .init("figure.wait_mean", "Mean wait", "平均等待"),
        .init("figure.wait_median", "Wait, median", "等待中位数"),
        .init("figure.wait_p95", "Wait, 95 % within", "等待 95 分位"),
        .init("figure.wait_p99", "Wait, 99 % within", "等待 99 分位"),
        .init("figure.queue_length", "Customers waiting", "平均等待人数"),
        .init("figure.station_time", "Time at the station", "工位逗留时间"),
        .init("figure.station_number", "Customers at the station", "工位平均人数"),
        .init("figure.utilisation", "Servers busy", "服务台利用率"),
        .init("figure.loss_probability", "Customers lost", "流失比例"),
        .init("figure.system_time", "Time in the system", "系统逗留时间"),
        .init("figure.system_number", "Customers in the system", "系统平均人数"),
        .init("figure.arrival_rate", "Arrivals", "到达率"),
        .init("figure.departure_rate", "Departures", "离开率"),
        .init("figure.cost_per_period", "Cost of a period", "每期成本"),
        .init("figure.in_stock_share", "Time with stock on the shelf", "有货时间占比"),
        .init("figure.on_hand", "Units on hand", "平均在手库存"),
        .init("figure.backorders", "Units backordered", "平均缺货等待量"),
        .init("figure.orders_per_period", "Orders placed in a period", "每期订货次数"),
        .init("figure.lost_per_period", "Units lost in a period", "每期流失件数"),
        .init("figure.bullwhip", "Variance of orders over variance of demand", "订货与需求方差之比（牛鞭效应）"),
    ]
}
