extension Catalogue {
    /// What each key of a scenario file does: `setting.<path>`, and `setting.<path>.default` where the default is
    /// not one fixed value.
    static let settings: [CatalogueEntry] = [
        .init("setting.granary", "Version of the file format; the first key", "文件格式版本；首个键"),
        .init(
            "setting.extends", "Scenario this one changes; only the differences are written here",
            "所继承的场景；此处只写不同之处"),
        .init("setting.name", "Name in lists and reports", "列表与报告中的名称"),
        .init("setting.name.default", "the file's name", "文件名"),
        .init("setting.description", "What the scenario is about", "场景说明"),
        .init("setting.description.default", "empty", "空"),
        .init("setting.data", "Folder of the data set", "数据集文件夹"),
        .init("setting.seed", "Seed of the random numbers; the same seed gives the same luck", "随机种子；种子相同则随机结果相同"),
        .init("setting.replications", "How often the days are simulated, each with other luck", "重复模拟次数，每次随机不同"),
        .init(
            "setting.branch_at", "Moment from which this scenario holds; until then the one it extends does",
            "本场景从此刻起生效；此前以所扩展的场景为准"),
        .init("setting.branch_at.default", "from the beginning", "从一开始"),
        .init(
            "setting.before", "What holds until `branch_at`; written into the text stored with a run",
            "`branch_at` 之前生效的场景；写入随运行保存的文本"),
        .init("setting.before.default", "the scenario that `extends` names", "`extends` 所指的场景"),

        .init("setting.clock", "The days simulated", "模拟的日期"),
        .init("setting.clock.start", "First day", "首日"),
        .init("setting.clock.days", "Number of days", "天数"),
        .init("setting.clock.zone", "Time zone all times are in", "所有时刻所在的时区"),

        .init("setting.demand", "What will be asked for", "需求"),
        .init("setting.demand.volume", "Factor on the orders and goods of the data set", "订单与货量的放大系数"),
        .init(
            "setting.demand.elasticity", "Price elasticity of demand for promotions that state none",
            "活动未注明时的需求价格弹性"),
        .init("setting.demand.history_through", "Last day of history the forecast may see", "预测可用的最后一天历史"),
        .init("setting.demand.history_through.default", "the day before the clock starts", "模拟开始前一天"),

        .init("setting.promotions", "Promotions within the simulated days", "模拟期内的促销活动"),
        .init("setting.promotions.default", "none", "无"),
        .init("setting.promotions[].code", "Short name, unique", "编码，唯一"),
        .init("setting.promotions[].name", "Name in reports", "报告中的名称"),
        .init("setting.promotions[].name.default", "the code", "同编码"),
        .init("setting.promotions[].kind", "Price cut, spend-and-save or flash sale", "直降、满减或限时抢购"),
        .init("setting.promotions[].scope", "Goods it covers: everything, a category path or SKUs", "适用商品：全部、类目或商品"),
        .init("setting.promotions[].begins", "First moment", "开始时刻"),
        .init("setting.promotions[].ends", "End, the first moment after it", "结束时刻（不含）"),
        .init("setting.promotions[].channel", "The one channel it runs in", "适用渠道"),
        .init("setting.promotions[].channel.default", "every channel", "所有渠道"),
        .init("setting.promotions[].depth", "Part taken off the price (price cut, flash sale)", "降价幅度（直降、限时抢购）"),
        .init("setting.promotions[].depth.default", "required for these kinds", "此类活动必填"),
        .init("setting.promotions[].threshold", "Amount to be reached (spend-and-save)", "满减门槛"),
        .init("setting.promotions[].threshold.default", "required for this kind", "此类活动必填"),
        .init("setting.promotions[].saving", "Amount taken off once it is reached (spend-and-save)", "满减金额"),
        .init("setting.promotions[].saving.default", "required for this kind", "此类活动必填"),
        .init(
            "setting.promotions[].cap", "Units on offer (flash sale), or orders that get the saving", "抢购限量（件），或满减限单数"),
        .init("setting.promotions[].cap.default", "unlimited", "不限"),
        .init("setting.promotions[].stacking", "Beside which other savings it is given", "与其他满减、券的叠加规则"),
        .init(
            "setting.promotions[].stacking.default", "coupon for a coupon, shop for the others",
            "券为 coupon，其余为 shop"),
        .init(
            "setting.promotions[].times", "How often the saving is given, once for each time the threshold is reached",
            "满减最多可享次数（每满减）"),
        .init("setting.promotions[].held_by", "Part of buyers who hold the coupon", "持券买家比例"),
        .init("setting.promotions[].gift", "What is given to orders that reach the threshold", "达到门槛赠送的商品"),
        .init("setting.promotions[].gift.default", "must be stated for a gift", "赠品活动必填"),
        .init("setting.promotions[].gift_quantity", "Units of the gift for one order", "每单赠送件数"),
        .init(
            "setting.promotions[].merchant_share", "Part of the discount we bear; the platform owes the rest",
            "商家承担的优惠比例，其余由平台承担"),
        .init("setting.promotions[].elasticity", "Price elasticity of demand for these goods", "这些商品的需求价格弹性"),
        .init("setting.promotions[].elasticity.default", "as in demand.elasticity", "同 demand.elasticity"),
        .init("setting.promotions[].uplift", "Stated factor on demand beyond what the price does", "价格影响之外的需求倍数（假设）"),

        .init("setting.network", "Front warehouses", "前置仓"),
        .init(
            "setting.network.front_warehouses",
            "placed: the solver chooses among the candidates; none; or a list of candidates",
            "placed：由选址算法在候选中选择；none：不设；或列出候选编码"),
        .init("setting.network.maximum_sites", "Most front warehouses to open", "前置仓数量上限"),
        .init("setting.network.minimum_sites", "Fewest front warehouses to open", "前置仓数量下限"),
        .init("setting.network.required_sites", "Candidates that must be opened", "必须开设的候选站点"),
        .init("setting.network.forbidden_sites", "Candidates that may not be opened", "不得开设的候选站点"),
        .init(
            "setting.network.fixed_cost_budget", "Most that all front warehouses may cost a day, fixed costs alone",
            "全部前置仓每天固定成本的上限"),
        .init("setting.network.fixed_cost_budget.default", "no limit", "不限"),
        .init("setting.network.radius", "Road distance served within the hour", "小时达服务半径（道路距离）"),
        .init("setting.network.road_factor", "Road kilometres for each kilometre as the crow flies", "道路距离与直线距离之比"),
        .init("setting.network.one_hour_value", "What serving an order within the hour is worth", "小时达每单的价值"),
        .init("setting.network.cover", "Days of demand a front warehouse is stocked for", "前置仓备货天数"),

        .init("setting.stock", "How stock is shared between channels and how much is held", "库存共享与备货水平"),
        .init(
            "setting.stock.sharing",
            "shared: every shop sells from the whole pool; ratio: each may publish its share; quota: exclusive silos",
            "shared：全渠道共享；ratio：按比例共享；quota：渠道独占"),
        .init("setting.stock.shares", "Share of each channel (ratio, quota)", "各渠道份额（ratio、quota）"),
        .init(
            "setting.stock.shares.default", "what is left by each channel's forecast (quota), 100 % (ratio)",
            "quota 时按各渠道预测分配剩余，ratio 时 100 %"),
        .init("setting.stock.buffer", "Units of each SKU never published", "每个商品不对外发布的安全件数"),
        .init("setting.stock.channel_lag", "Time until a change of stock shows in the shops", "库存变化到达店铺的延迟"),
        .init("setting.stock.channel_lag.default", "as in channels.csv", "同 channels.csv"),
        .init(
            "setting.stock.service_target",
            "cycle: no stockout in a replenishment cycle; fill: part of demand served from stock; line: part of order lines "
                + "served in full; cost: where a unit more costs as much as it saves",
            "cycle：周期内不缺货的概率；fill：现货满足的需求比例；line：整行满足的订单行比例；cost：边际成本最优"),
        .init("setting.stock.service_level", "The target", "服务水平目标"),
        .init("setting.stock.opening", "Factor on the opening stock", "期初库存系数"),

        .init("setting.payment", "Paying", "付款"),
        .init(
            "setting.payment.deduct", "When an order takes its stock: order or payment", "扣减库存的时点：拍下（order）或付款（payment）"
        ),
        .init("setting.payment.deduct_by_channel", "The same for single channels", "个别渠道的扣减时点"),
        .init("setting.payment.deduct_by_channel.default", "as in payment.deduct", "同 payment.deduct"),
        .init("setting.payment.time_out", "Unpaid orders give their stock back after this time", "未付款订单释放库存的时限"),

        .init("setting.handling", "Order review", "审单"),
        .init("setting.handling.automatic_share", "Part of orders released without a clerk", "自动审单比例"),
        .init("setting.handling.clerks", "Clerks reviewing the rest", "人工审单人数"),
        .init("setting.handling.review_time", "Mean time for one review", "人工审一单的平均用时"),

        .init(
            "setting.handling.address_faults", "Part of orders held for an address no rule can read", "地址异常需联系买家的订单比例"),
        .init("setting.handling.answer_time", "Mean time until the buyer answers", "买家回复的平均时长"),
        .init("setting.handling.remarks", "Part of orders with a remark a clerk must read", "带备注需人工查看的订单比例"),
        .init("setting.handling.price_anomaly", "Discount beyond which a clerk looks at the order", "触发人工审核的折扣比例"),
        .init("setting.handling.price_anomaly.default", "no order is looked at for its price", "不因价格审核"),
        .init(
            "setting.handling.release_backlog", "Work waiting at a warehouse beyond which orders are held back",
            "仓库积压超过此时长即暂缓派单"),
        .init("setting.handling.release_backlog.default", "orders are never held back", "从不暂缓"),

        .init("setting.routing", "Choosing warehouses for an order", "派单选仓"),
        .init("setting.routing.maximum_parcels", "Most parcels an order may be split into", "一单最多拆成的包裹数"),
        .init("setting.routing.kilometre_cost", "What a kilometre of distance is worth", "每公里距离的代价"),
        .init("setting.routing.backlog_cost", "What an hour of waiting at a busy warehouse is worth", "繁忙仓等待一小时的代价"),

        .init("setting.fulfilment", "Pick stations", "拣货"),
        .init("setting.fulfilment.capacity", "Factor on every warehouse's picks an hour", "各仓每小时拣货能力系数"),
        .init("setting.fulfilment.overtime", "Added to the end of every pick shift", "每班次延长时间"),
        .init(
            "setting.fulfilment.wave_interval", "Time between two picking waves; 0 s picks without waves",
            "拣货波次间隔；0 s 为不分波次"),
        .init("setting.fulfilment.batch_size", "Parcels picked on one tour", "一趟拣货的包裹数"),
        .init("setting.fulfilment.zones", "Zones a warehouse's shelves fall into", "仓内库区数"),
        .init("setting.fulfilment.zone_walk", "Walking to and through one zone", "走完一个库区的时间"),
        .init("setting.fulfilment.pack_time", "Packing one parcel", "打包一个包裹的时间"),
        .init("setting.carriers", "Carriers", "承运商"),
        .init("setting.carriers.capacity", "Factor on every carrier's parcels a day", "各承运商每日运力系数"),
        .init("setting.carriers.failed_attempts", "Part of delivery attempts that fail", "派送失败比例"),
        .init("setting.carriers.retry_delay", "Time until the carrier comes again", "再次派送的间隔"),
        .init(
            "setting.carriers.maximum_attempts", "Attempts, the last of them at a pick-up point", "最多派送次数，最后一次为自提点"),
        .init("setting.carriers.ship_within", "The platform's clock from payment to departure", "平台规定的付款至发货时限"),
        .init("setting.carriers.ship_within.default", "no clock", "无时限"),

        .init("setting.after_sales", "Cancellations and returns", "取消与退货"),
        .init("setting.after_sales.cancellation_rate", "Part of paid orders cancelled", "已付款订单的取消比例"),
        .init("setting.after_sales.return_multiplier", "Factor on the segments' return rates", "退货率系数"),
        .init("setting.after_sales.inspection_time", "Time returned goods are blocked", "退货质检时间"),
        .init("setting.after_sales.write_down", "Part of returned goods not sold again", "退货报损比例"),

        .init("setting.faults", "What goes wrong", "故障事件"),
        .init("setting.faults.default", "nothing goes wrong", "无异常事件"),
        .init("setting.faults[].code", "Name of the event", "事件代码"),
        .init(
            "setting.faults[].kind",
            "system_pause, node_outage, carrier, demand_shock, supplier_delay or late_stock",
            "系统暂停（system_pause）、仓库停摆（node_outage）、承运商异常（carrier）、需求突变（demand_shock）、"
                + "供应商延迟（supplier_delay）或到货延迟（late_stock）"),
        .init("setting.faults[].begins", "First moment", "开始时刻"),
        .init("setting.faults[].ends", "First moment after it", "结束时刻"),
        .init("setting.faults[].node", "Which warehouse is out, or gets its goods late", "停摆或到货延迟的仓库"),
        .init(
            "setting.faults[].node.default", "must be stated for node_outage; else every one", "node_outage 必填；否则为全部"),
        .init("setting.faults[].carrier", "Which carrier", "承运商"),
        .init("setting.faults[].carrier.default", "every carrier", "全部承运商"),
        .init("setting.faults[].channel", "Where demand changes", "需求突变的渠道"),
        .init("setting.faults[].channel.default", "every channel", "全部渠道"),
        .init("setting.faults[].region", "Where demand changes", "需求突变的区域"),
        .init("setting.faults[].region.default", "every region", "全部区域"),
        .init("setting.faults[].capacity", "Factor on the carrier's parcels a day; 0 is an outage", "运力系数；0 为停运"),
        .init("setting.faults[].surcharge", "Added to the carrier's prices", "运费附加比例"),
        .init("setting.faults[].factor", "Factor on orders", "订单系数"),

        .init("setting.replenishment", "Reordering", "补货"),
        .init(
            "setting.replenishment.policy",
            "At every review: r_s orders up to S, r_s_S only when the position is at or below s, r_s_nQ then in lots. "
                + "Looked at every hour: s_S orders up to S, r_Q in lots, base_stock every unit sold. dual_index buys from a "
                + "fast and dear supplier what a cheap and slow one cannot bring in time; perishable weighs what expires "
                + "against what is missed. Articles without a second supplier or a shelf life are ordered as by r_s",
            "定期检查：r_s 每次补至 S；r_s_S 库存水位不高于 s 时补至 S；r_s_nQ 此时按批量补。每小时检查：s_S 补至 S；r_Q 按批量补；base_stock 卖一补一。"
                + "dual_index：慢而便宜的供应商来不及时由快而贵的供应商补；perishable：权衡过期与缺货。无第二供应商或无保质期的商品按 r_s"),
        .init(
            "setting.replenishment.holding_rate", "Cost of holding stock for a year, as a part of its value", "年库存持有成本率"
        ),
        .init("setting.replenishment.line_cost", "Cost of placing and receiving one order line", "每个采购行的订货与收货成本"),
        .init("setting.replenishment.line_cost.default", "5 of the currency", "5（本位币）"),
        .init("setting.replenishment.review", "Time between two orders to a supplier", "向供应商订货的间隔"),
        .init("setting.replenishment.review.default", "as in suppliers.csv", "同 suppliers.csv"),

        .init("setting.costs", "Tax and costs", "税与费用"),
        .init("setting.costs.vat", "Value added tax contained in prices", "价格所含增值税"),
        .init("setting.costs.packaging", "Packaging of a parcel", "每个包裹的包装费"),
        .init("setting.costs.late_compensation", "Paid for an order delivered after its promise", "逾期送达每单的赔付"),
        .init(
            "setting.costs.late_shipping_compensation", "Paid for an order that leaves after the platform's clock",
            "超时发货赔付"),
        .init("setting.costs.oversold_compensation", "Paid for an order with goods sold twice", "超卖每单的赔付"),
    ]
}
