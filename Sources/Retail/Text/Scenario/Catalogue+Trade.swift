extension Catalogue {
    /// Words of presales, live shows, buyers' ways, fraud, merging and the books of the stock.
    static let trade: [CatalogueEntry] = tradeSettings + tradeWords

    private static let tradeSettings: [CatalogueEntry] = [
        .init(
            "setting.demand.tiers",
            "Service tiers buyers ask for; together 100 %. One that cannot be had is served by the next slower one",
            "顾客要求的时效层占比，合计 100 %；无法提供时改用下一档较慢时效"),
        .init("setting.demand.tiers.one_hour", "Part of buyers who ask for delivery within the hour", "要求一小时达的占比"),
        .init("setting.demand.tiers.same_day", "Part who ask for the same day", "要求当日达的占比"),
        .init("setting.demand.tiers.next_day", "Part who ask for the next day", "要求次日达的占比"),
        .init("setting.demand.tiers.standard", "Part content with standard delivery", "接受普通快递的占比"),
        .init(
            "setting.demand.evening", "Height of an evening hump over the mean minute of the day",
            "晚间高峰相对全天平均分钟的高度"),
        .init(
            "setting.demand.spikes", "Moments at which orders rush in, such as midnight or 20:00", "订单涌入的时刻，如零点或 20:00"),
        .init("setting.demand.spikes.default", "none", "无"),
        .init("setting.demand.spikes[].at", "The moment", "时刻"),
        .init("setting.demand.spikes[].channel", "The one channel it happens in", "所在渠道"),
        .init("setting.demand.spikes[].channel.default", "every channel", "所有渠道"),
        .init(
            "setting.demand.spikes[].fast", "First wave, in mean minutes of the day; short",
            "首波高度（全天平均分钟的倍数），短促"),
        .init(
            "setting.demand.spikes[].slow", "Second wave, likewise; long", "次波高度，同上，持续较久"),
        .init("setting.demand.live", "Live shows", "直播场次"),
        .init("setting.demand.live.default", "none", "无"),
        .init("setting.demand.live[].code", "Short name", "编码"),
        .init("setting.demand.live[].channel", "The channel it is shown in", "所在渠道"),
        .init("setting.demand.live[].begins", "First moment", "开始时刻"),
        .init("setting.demand.live[].ends", "End, the first moment after it", "结束时刻（不含）"),
        .init("setting.demand.live[].factor", "Orders while it runs, times those without it", "直播期间订单倍数"),
        .init("setting.demand.live[].return_rate", "Part of lines sold in it that come back", "直播成交的退货率"),
        .init(
            "setting.demand.uncertainty",
            "Whether each replication meets the expected demand (expected) or one drawn from the forecast's distribution (sampled)",
            "每次模拟按预测均值（expected）还是按预测分布联合抽样（sampled）产生需求"),
        .init("setting.demand.attach", "Part of orders that take a recommended article", "接受推荐搭售的订单比例"),
        .init(
            "setting.demand.customers", "Buyers told apart (0: every order has its own), for limits and merging",
            "区分的买家数（0：每单各一人），用于限领与合单"),
        .init("setting.demand.chase", "Part of buyers near a threshold who add goods to reach it", "临近满减门槛时凑单的买家比例"),
        .init("setting.demand.chase_gap", "How near is near, as a part of the threshold", "视为临近的差额（占门槛比例）"),
        .init("setting.demand.chase_return", "Part of goods added for a threshold that come back", "凑单商品的退货比例"),

        .init(
            "setting.promotions[].over", "all: goods of all shops count together; shop: shop by shop",
            "all：跨店合计；shop：逐店计算"),
        .init("setting.promotions[].per_customer", "Orders of one buyer that get it", "每位买家可享单数"),
        .init("setting.promotions[].per_customer.default", "any number", "不限"),
        .init(
            "setting.promotions[].deduct", "When orders that take part take their stock: order, deposit or payment",
            "参与订单扣减库存的时点：拍下、付定金或付款"),
        .init(
            "setting.promotions[].deduct.default", "deposit for a presale, else as the channel says",
            "预售为付定金，其余同渠道"),
        .init(
            "setting.promotions[].pay_within", "Unpaid orders that take part are dropped after this time", "参与订单的支付时限"),
        .init("setting.promotions[].pay_within.default", "as the channel says", "同渠道"),
        .init(
            "setting.promotions[].reserve", "Part of the opening stock kept back for it: campaign reserve",
            "为活动预留的期初库存比例"),
        .init("setting.promotions[].deposit", "Part of the price paid first (presale)", "定金比例（预售）"),
        .init("setting.promotions[].balance_begins", "First moment the balance can be paid (presale)", "尾款开始时刻（预售）"),
        .init("setting.promotions[].balance_begins.default", "required for a presale", "预售必填"),
        .init(
            "setting.promotions[].balance_ends", "Moment from which an unpaid balance forfeits the deposit",
            "尾款截止时刻，逾期定金不退"),
        .init("setting.promotions[].balance_ends.default", "required for a presale", "预售必填"),
        .init("setting.promotions[].balance_paid", "Part of deposits whose balance is paid", "尾款支付率"),

        .init(
            "setting.stock.ranks",
            "Priority of each channel, 1 the first; `shares` is what is protected for it (priority)",
            "各渠道优先级，1 最高；`shares` 为其保护份额（priority）"),
        .init("setting.stock.ranks.default", "channels not named come last", "未列出的渠道排在最后"),
        .init(
            "setting.stock.node_lag", "Time between a warehouse's reports to the centre of goods that came on sale",
            "仓库向中台上报入库的间隔"),
        .init("setting.stock.node_lag.default", "as in nodes.csv", "同 nodes.csv"),
        .init("setting.stock.rebalancing", "Unused quotas are shared out again by sales this often", "独占配额按销售再平衡的间隔"),
        .init("setting.stock.rebalancing.default", "never", "从不"),
        .init(
            "setting.stock.count_errors", "Part of stock rows whose actual count differs from the book", "账实不符的库存行比例"),
        .init(
            "setting.stock.count_error_size", "Standard deviation of the difference, as a part of the book",
            "账实差异的标准差（占账面比例）"),
        .init("setting.stock.counts_per_day", "Stock-takes a day", "每日盘点次数"),
        .init("setting.stock.counted_share", "Part of rows a stock-take looks at", "每次盘点覆盖的库存行比例"),
        .init(
            "setting.stock.promises", "Service promised to some articles, in place of `service_target`",
            "部分商品的服务承诺，替代 `service_target`"),
        .init("setting.stock.promises.default", "all articles alike", "所有商品一致"),
        .init("setting.stock.promises[].role", "Articles of this role", "此角色的商品"),
        .init("setting.stock.promises[].role.default", "named by margin, or every article", "按毛利率指定，或全部商品"),
        .init(
            "setting.stock.promises[].margin", "Articles with at least this margin; the highest that fits counts",
            "毛利率不低于此值的商品；取满足的最高一档"),
        .init("setting.stock.promises[].margin.default", "named by role, or every article", "按角色指定，或全部商品"),
        .init("setting.stock.promises[].target", "As `service_target`", "同 `service_target`"),
        .init("setting.stock.promises[].level", "The target", "服务水平目标"),
        .init(
            "setting.stock.assortment_service",
            "Part of all demand served from stock, split over articles where a yuan buys most",
            "全部商品合计的现货满足率，按每元效益分配到商品"),
        .init("setting.stock.assortment_service.default", "each article has its own promise", "各商品各自承诺"),
        .init(
            "setting.stock.assortment_money", "Money in stock levels, split over articles where a yuan buys most",
            "全部库存资金，按每元效益分配到商品"),
        .init("setting.stock.assortment_money.default", "each article has its own promise", "各商品各自承诺"),
        .init("setting.stock.assortment_weight", "What a unit counts for in them", "分配时每件的权重"),

        .init("setting.payment.time_out_by_channel", "The same for single channels", "个别渠道的支付时限"),
        .init("setting.payment.time_out_by_channel.default", "as in payment.time_out", "同 payment.time_out"),
        .init(
            "setting.payment.withdrawn", "Part of unpaid orders the buyer calls off before the time-out",
            "未支付订单中买家主动取消的比例"),

        .init(
            "setting.after_sales.second_choice",
            "Part of returned goods not fit to be sold again that is kept as second choice", "不可再售退货中转为次品的比例"),
        .init("setting.pickup", "Fetching orders from stores", "到店自提"),
        .init("setting.pickup.shares", "Part of each channel's buyers who would fetch their order", "各渠道愿意自提的买家比例"),
        .init("setting.pickup.shares.default", "none", "无"),
        .init("setting.pickup.radius", "How far a buyer's store may be", "自提门店的最远距离"),
        .init("setting.pickup.delay", "Mean time from ready to fetched", "备好至取货的平均时长"),
        .init("setting.pickup.keep", "How long an order is kept ready", "为买家保留的时长"),
        .init("setting.pickup.forgotten", "Part of orders nobody comes for", "无人取货的比例"),

        .init("setting.handling.fraud", "Part of paid orders that are fraud", "欺诈订单比例"),
        .init("setting.handling.fraud_detection", "Part of fraud the rule finds", "风控规则的识别率"),
        .init("setting.handling.fraud_false_alarms", "Part of honest orders the rule flags", "正常订单误报比例"),
        .init(
            "setting.handling.merge_window", "Orders wait this long to be sent with others of their buyer",
            "合单等待时长"),
        .init("setting.handling.merge_window.default", "orders are not merged", "不合单"),
    ]

    private static let tradeWords: [CatalogueEntry] = [
        .init("trace.chased", "Added {0} to reach a saving of {1}.", "为满减 {1} 凑单加购 {0}。"),
        .init("trace.deposited", "Deposit {0} paid; the balance is due from {1}.", "已付定金 {0}，尾款自 {1} 起支付。"),
        .init("trace.forfeited", "The balance was not paid; the deposit of {0} is forfeited.", "尾款未付，定金 {0} 不予退还。"),
        .init("trace.withdrawn", "Called off by the buyer before paying; the stock is free again.", "付款前买家取消，库存已释放。"),
        .init("trace.rejected", "Rejected as fraud; the stock is free again.", "判定为欺诈并拒单，库存已释放。"),
        .init("trace.merged", "Merged into order {0} of the same buyer.", "并入同一买家的订单 {0}。"),
        .init("trace.ready", "Ready to be fetched at {0}.", "已在 {0} 备好，待自提。"),
        .init("figure.pickup_share", "Fetched from a store", "自提占比"),
        .init("state.withdrawn", "Called off before paying", "付款前取消"),
        .init("state.forfeited", "Deposit forfeited", "尾款未付、定金不退"),
        .init("state.rejected_as_fraud", "Rejected as fraud", "欺诈拒单"),
        .init("state.merged", "Merged into another order", "已合单"),
        .init("pnl.forfeits", "Forfeited deposits", "不退定金"),
        .init("pnl.outlet_sales", "Second choice sold by the outlet", "次品折价销售"),
        .init("figure.oversell_rate", "Oversold units of those accepted", "超卖率(件)"),
        .init("figure.forfeited_share", "Deposits forfeited", "定金不退占比"),
        .init("figure.merged_share", "Orders merged", "合单率"),
        .init(
            "audit.commitments_are_presales", "What presales committed of receipts is what their orders wait for",
            "预售占用的在途库存等于待付尾款订单"),
        .init(
            "setting.promotions[].sells",
            "What a presale sells: what shops show, or what is on shelves and on its way, committed until the balance is paid",
            "预售可售来源：shelves 店铺现货；receipts 现货加在途，付尾款前占用"),
        .init(
            "setting.after_sales.outlet_price",
            "What an outlet pays for second choice, as a part of the list price; 0 keeps it on the shelf",
            "次品折价渠道收购价占标价比例；0 为留存"),
        .init("setting.after_sales.outlet_every", "How often it takes all second choice", "次品清出间隔"),
        .init("audit.lots_are_the_shelf", "The lots of every shelf add up to its book", "批次之和等于账面库存"),
        .init("audit.logical_is_physical", "Owners' and grades' stock adds up to the physical", "货主与等级库存之和等于物理库存"),
    ]
}
