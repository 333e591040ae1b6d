extension Catalogue {
    /// Routing, fulfilment, shipping, after-sales and supply: settings, figures, tables, trace.
    static let flow: [CatalogueEntry] =
        routingSettings + workSettings + afterSalesSettings + flowProblems + flowFigures + flowTables + flowCodes
        + flowTrace + accounts

    private static let routingSettings: [CatalogueEntry] = [
        .init(
            "setting.routing.rule", "Choose the cheapest node all told, the nearest, or the region's fixed one",
            "选仓规则：综合成本最低（cheapest）、最近（nearest）或区域固定仓（fixed）"),
        .init(
            "setting.routing.shadow", "The old rule, whose choice and cost are recorded beside each decision",
            "影子基线：在每次决策旁记录旧规则的选择与成本"),
        .init("setting.routing.shadow.default", "nothing is recorded", "不记录"),
        .init(
            "setting.routing.split",
            "Split only when no node has everything, or also when two parcels cost less than one",
            "拆单：仅在无仓齐货时（when_needed），或两包裹更便宜时也拆（when_cheaper）"),
        .init("setting.routing.split_cost", "What each further parcel is worth avoiding", "每多拆一个包裹的代价"),
        .init("setting.routing.tier_cost", "What each tier slower than asked is worth", "比所选时效慢一档的代价"),
        .init("setting.routing.late_day_cost", "What leaving a day later, past the cut-off, is worth", "错过截单晚一天出库的代价"),
        .init(
            "setting.routing.imbalance_cost", "What a unit is worth on a shelf that runs empty", "从将空货架取走一件的代价（库存均衡）"),
        .init(
            "setting.routing.markdown_risk", "Part of the cost spared by a unit from above the order-up-to level",
            "从超出补货目标的库存取走一件所省的成本比例（滞销风险）"),
        .init(
            "setting.routing.maximum_backlog", "Work waiting beyond which a node is passed over while others can send",
            "仓库积压超过此时长时优先其他仓"),
        .init("setting.routing.maximum_backlog.default", "no node is passed over", "不过滤"),
        .init("setting.routing.full_carriers", "Whether carriers full on the day are counted on", "是否避开当日运力已满的承运商"),
        .init("setting.routing.senders", "Kinds of node that send ordinary parcels", "可发普通时效包裹的节点类型"),
        .init(
            "setting.routing.front_stock",
            "for_the_hour: front warehouses send ordinary parcels only of what no other node has; shared: like any node",
            "for_the_hour：前置仓库存留给小时达，仅在别处无货时发普通包裹；shared：与其他仓同等对待"),
        .init("setting.routing.bulky_senders", "Kinds of node that send bulky goods", "可发大件的节点类型"),
        .init("setting.routing.hazardous_senders", "Kinds of node that send hazardous goods", "可发危险品的节点类型"),
    ]

    private static let workSettings: [CatalogueEntry] = [
        .init(
            "setting.fulfilment.pack_stations", "Pack stations for each ten pick stations; 0 packs where it is picked",
            "每十个拣货台配的打包台数；0 为在拣货台打包"),
        .init("setting.fulfilment.overtime_cost", "Pay of a station-hour of overtime", "每工位每小时加班费"),
        .init(
            "setting.fulfilment.short_picks", "Part of order lines not found on the shelf and sent from elsewhere",
            "拣货缺货比例，缺货行改由其他仓发"),
        .init("setting.inbound", "The way of goods into a node", "入库"),
        .init("setting.inbound.daily_capacity", "Units a node's docks take in a day", "每仓每日收货能力（件）"),
        .init("setting.inbound.daily_capacity.default", "no limit", "不限"),
        .init("setting.inbound.opens", "When docks begin, after midnight", "收货月台开始时间（零点起）"),
        .init("setting.inbound.put_away", "From the dock to the shelf", "收货至上架时间"),
        .init(
            "setting.inbound.storage", "Whether goods wait in the yard while a node's storage is full",
            "库容满时货物是否在场外等待"),
        .init(
            "setting.carriers.presale_ship_within",
            "The platform's clock of presale orders, from the balance's payment",
            "预售订单自付尾款起的发货时限"),
        .init("setting.carriers.presale_ship_within.default", "as carriers.ship_within", "同 carriers.ship_within"),
        .init(
            "setting.replenishment.presale_moves",
            "How long before balances fall due presale goods are moved towards their buyers",
            "尾款开始前多久将预售商品下沉至买家附近"),
        .init("setting.replenishment.presale_moves.default", "nothing is moved", "不下沉"),
        .init("code.what.presale_units_moved", "Presale units moved forward", "预售下沉件数"),
        .init("setting.carriers.riders", "Riders of each front warehouse", "每个前置仓的骑手数"),
        .init("setting.carriers.riders.default", "no limit", "不限"),
        .init(
            "setting.carriers.rider_wait", "No hour is promised where no rider is back within this time",
            "此时间内无骑手返回则不承诺一小时达"),
        .init(
            "setting.carriers.event_capacity", "Factor on carriers' capacity on days of a calendar event", "日历活动日的运力系数"),
        .init(
            "setting.carriers.event_surcharge", "Added to carriers' prices on days of a calendar event", "日历活动日的运费附加"),
        .init(
            "setting.carriers.spring_festival_capacity",
            "What is left of carriers' capacity at the Chinese New Year; it falls and returns over a week",
            "春节期间剩余运力比例；节前一周递减，节后一周恢复"),
        .init(
            "setting.replenishment.supplier_terms",
            "Whether suppliers' delivery days, weekly capacity, short and late deliveries apply",
            "是否启用供应商的送货日、周产能、短交与迟交"),
        .init(
            "setting.replenishment.rolling_weight",
            "Part of what is known that the rolling forecast forgets each review day; levels are made anew from it for the "
                + "days to come. 0 keeps the levels of the plan",
            "滚动预测每日遗忘已知需求的比例；补货水位据此逐日重算。0 为沿用计划水位"),
        .init(
            "setting.replenishment.lateral",
            "Whether neighbours help with their surplus when the node upstream has nothing", "上游无货时是否由邻仓余货横向调拨"),
        .init("setting.faults[].supplier", "Which supplier is late (supplier_delay)", "延迟的供应商（supplier_delay）"),
        .init("setting.faults[].supplier.default", "every supplier", "全部供应商"),
        .init("setting.faults[].delay", "How much later goods come (supplier_delay, late_stock)", "到货推迟时长"),
    ]

    private static let afterSalesSettings: [CatalogueEntry] = [
        .init("setting.after_sales.refusal_rate", "Part of orders refused at the door", "拒收比例"),
        .init("setting.after_sales.return_freight", "Freight of a returned parcel", "退货运费"),
        .init("setting.after_sales.reasons", "Why orders are returned; the shares add up to 100 %", "退货原因，占比合计 100 %"),
        .init("setting.after_sales.reasons.default", "no reasons are told apart", "不区分原因"),
        .init(
            "setting.after_sales.reasons[].reason", "no_reason, defective, wrong_item, damaged or late",
            "七天无理由（no_reason）、质量问题（defective）、错发（wrong_item）、破损（damaged）或迟到（late）"),
        .init("setting.after_sales.reasons[].share", "Part of returned orders", "占退货单的比例"),
        .init("setting.after_sales.reasons[].write_down", "Part of its goods not sold again", "其中不可再售的比例"),
        .init("setting.after_sales.reasons[].freight", "Who pays the way back", "退货运费承担方"),
        .init("setting.after_sales.exchange_share", "Part of returns that are exchanges", "换货占退货的比例"),
        .init("setting.after_sales.insured_share", "Part of orders insured against return freight", "投保运费险的订单比例"),
        .init("setting.after_sales.insurance_premium", "Premium of one order", "每单运费险保费"),
        .init("setting.after_sales.installation_share", "Part of bulky orders installed", "大件订单上门安装比例"),
        .init("setting.after_sales.repair_share", "Part of kept orders that need a repair", "上门维修比例"),
        .init("setting.after_sales.repair_delay", "Mean time until the repair", "维修平均间隔"),
        .init("setting.after_sales.visit_cost", "Cost of a visit", "每次上门费用"),
        .init("setting.after_sales.contacts_per_order", "Questions to customer service for an order", "单均客服咨询次数"),
        .init(
            "setting.after_sales.contacts_when_troubled", "More of them for an order that is late, cut or comes back",
            "迟到、缺货或退货订单额外的咨询次数"),
        .init("setting.after_sales.contact_cost", "Cost of a question", "每次咨询成本"),
    ]

    private static let flowProblems: [CatalogueEntry] = [
        .init("scenario.shares_not_whole.expected", "shares that add up to 100 %", "各占比合计 100 %"),
        .init("scenario.shares_not_whole.cure", "change a share until they do", "请调整占比"),
    ]

    private static let flowFigures: [CatalogueEntry] = [
        .init("figure.rerouted_share", "Orders re-routed after a short pick", "缺货改派订单占比"),
        .init("figure.routing_saving", "Saved by routing against the old rule, an order", "较旧规则的单均路由节省"),
        .init("figure.lines_per_pick_hour", "Lines picked a station-hour", "每工位小时拣货行数"),
        .init("figure.overtime_hours", "Overtime", "加班工时"),
        .init("figure.carried_over", "Parcels carried over, worst midnight", "隔夜积压包裹峰值"),
        .init("figure.contacts_per_order", "Questions to customer service an order", "单均客服咨询"),
        .init("unit.lines/hour", "lines/h", "行/小时"),
        .init("state.exchanged", "Exchanged", "已换货"),
        .init("pnl.service", "Visits and customer service", "上门与客服"),
        .init("pnl.insurance", "Return freight insurance", "运费险"),
        .init("pnl.overtime", "Overtime", "加班费"),
        .init("pnl.shrinkage", "Goods not found", "盘亏"),
    ]

    private static let flowTables: [CatalogueEntry] = [
        .init("table.time_spent", "Where an order's time goes", "订单时间去向"),
        .init("table.node_work", "Work at each node", "各节点作业"),
        .init("table.backlog", "Parcels carried over at midnight", "隔夜积压"),
        .init("table.routing_shadow", "Routing against the old rule", "路由与旧规则对比"),
        .init("table.segments", "Orders by segment of buyers", "各客群订单"),
        .init("column.segment", "Segment", "客群"),
        .init("column.refunded", "Paid back", "退款"),
        .init("column.peak_load", "Fullest day", "最满一日"),
        .init("report.flow", "Where the time goes", "时间去向"),
        .init(
            "report.flow_lead", "How long each step takes on average, and what waits at the nodes.",
            "各环节平均用时与各节点等待情况。"),
        .init("report.routing", "Routing against the old rule", "路由与旧规则对比"),
        .init(
            "report.routing_lead",
            "{0} orders would have gone otherwise by the old rule; the new one saves {1} in all.",
            "按旧规则有 {0} 单走向不同；新规则合计节省 {1}。"),
        .init("report.buyers", "Segments of buyers", "客群"),
        .init("report.buyers_lead", "Who ordered, for how much, and what was paid back.", "各客群的订单、金额与退款。"),
        .init("table.return_reasons", "Why goods came back", "退货原因"),
        .init("column.activity", "What the time goes to", "时间去向"),
        .init("column.return_reason", "Reason", "原因"),
        .init("column.lines_per_hour", "Lines an hour", "每小时行数"),
        .init("column.overtime", "Overtime", "加班"),
        .init("column.carried_over", "Carried over", "隔夜积压"),
        .init("column.packed", "Packed", "打包"),
        .init("column.pack_wait", "Wait for packing", "待打包时长"),
        .init("column.yard_units", "Waited in the yard", "场外等待件数"),
        .init("column.yard_wait", "Wait in the yard", "场外等待时长"),
        .init("column.different", "Decided otherwise", "选择不同"),
        .init("column.old_cost", "Cost by the old rule", "旧规则成本"),
        .init("column.saving", "Saved", "节省"),
    ]

    private static let flowCodes: [CatalogueEntry] = [
        .init("code.activity.paying", "Waiting for payment", "等待付款"),
        .init("code.activity.handling", "Review and release", "审单与派单"),
        .init("code.activity.waiting_to_pick", "Waiting for a pick station", "等待拣货"),
        .init("code.activity.picking", "Picking", "拣货"),
        .init("code.activity.packing", "Packing, with the wait", "打包（含等待）"),
        .init("code.activity.waiting_for_carrier", "Waiting for the carrier", "等待承运商"),
        .init("code.activity.on_the_road", "On the road", "在途"),
        .init("code.activity.failed_attempts", "Failed attempts", "派送失败"),
        .init("code.activity.altogether", "Altogether", "合计"),
        .init("code.return_reason.no_reason", "Without a reason", "七天无理由"),
        .init("code.return_reason.defective", "Defective", "质量问题"),
        .init("code.return_reason.wrong_item", "Wrong item", "错发"),
        .init("code.return_reason.damaged", "Damaged", "破损"),
        .init("code.return_reason.late", "Too late", "迟到"),
        .init("code.what.orders_with_two_savings", "Orders with two savings or more", "享受两重及以上优惠的订单"),
        .init("code.what.plans", "Shipment plans made", "发货方案数"),
        .init("code.what.nodes_scored", "Nodes scored for them", "参与评分的仓次"),
        .init("code.what.orders_split_to_save", "Orders split because it was cheaper", "为省成本而拆分的订单"),
        .init("code.what.orders_merged", "Orders merged into fewer parcels", "合并包裹的订单"),
        .init("code.what.short_picks", "Lines not found", "拣货缺货行"),
        .init("code.what.lines_rerouted", "Lines sent from another node", "改派的行"),
        .init("code.what.units_missing", "Units not found", "盘亏件数"),
        .init("code.what.tracking_events", "Tracking events", "物流轨迹"),
        .init("code.what.waits_for_riders", "Parcels that waited for a rider", "等待骑手的包裹"),
        .init("code.what.orders_insured", "Orders insured", "投保订单"),
        .init("code.what.refusals", "Orders refused at the door", "拒收订单"),
        .init("code.what.exchanges", "Exchanges sent", "换货发出"),
        .init("code.what.exchanges_refunded", "Exchanges refunded for want of stock", "无货转退款的换货"),
        .init("code.what.visits", "Visits", "上门次数"),
        .init("code.what.contacts", "Questions", "咨询次数"),
        .init("code.what.lateral_transfers", "Transfers between neighbours", "横向调拨单"),
        .init("code.what.lateral_units", "Units moved between neighbours", "横向调拨件数"),
        .init("code.what.short_deliveries", "Short deliveries", "短交"),
        .init("code.what.units_not_delivered", "Units not delivered", "未交件数"),
        .init("code.what.late_deliveries", "Late deliveries", "迟交"),
    ]

    private static let flowTrace: [CatalogueEntry] = [
        .init(
            "trace.alternative", "{0} would cost {1} (freight {2}, handling {3}, distance {4}, load {5}{6}).",
            "{0}：{1}（运费 {2}，作业 {3}，距离 {4}，负载 {5}{6}）。"),
        .init("trace.alternative.service", ", slower service {0}", "，时效 {0}"),
        .init("trace.alternative.stock", ", stock {0}", "，库存 {0}"),
        .init("trace.alternative.full", "{0} has too much work waiting.", "{0} 积压过多。"),
        .init("trace.alternative.partial", "{0} has {1} of {2} lines.", "{0} 有 {2} 行中的 {1} 行。"),
        .init("trace.alternative.unreachable", "{0} has no way there.", "{0} 无法送达。"),
        .init(
            "trace.shadow", "The rule used before ({0}) would have chosen {1} at {2}; the choice costs {3}.",
            "旧规则（{0}）会选 {1}，成本 {2}；本次选择成本 {3}。"),
        .init("trace.rule.cheapest", "cheapest", "成本最低"),
        .init("trace.rule.nearest", "nearest", "最近"),
        .init("trace.rule.fixed", "fixed by region", "区域固定"),
        .init("trace.not_found", "{1} units of {0} were not on the shelf.", "货架上少了 {0} 共 {1} 件。"),
        .init("trace.rerouted", "{0} will be sent from {1} instead.", "{0} 改由 {1} 发出。"),
        .init("trace.not_sent", "No node can send {0}; it is refunded.", "无仓可发 {0}，已退款。"),
        .init("trace.packed", "{0} packed the parcel.", "{0} 完成打包。"),
        .init("trace.taken_over", "Taken over by the carrier.", "承运商已揽收。"),
        .init("trace.on_last_mile", "Out for delivery.", "派送中。"),
        .init("trace.attempt_failed", "Nobody was at home; the carrier comes again.", "无人签收，将再次派送。"),
        .init("trace.return_reason", "The buyer sends it back: {0}.", "买家退货：{0}。"),
        .init("trace.exchange_asked", "The buyer wants the same goods again.", "买家要求换货。"),
        .init("trace.exchange_sent", "The exchange is sent from {0}.", "换货由 {0} 发出。"),
        .init("trace.contacted", "{0} questions to customer service.", "客服咨询 {0} 次。"),
        .init("trace.installation", "An installation visit on {0}.", "{0} 上门安装。"),
        .init("trace.repair", "A repair visit on {0}.", "{0} 上门维修。"),
        .init("cli.ledger", "written: {0}, {1} sides of postings", "已写入：{0}，{1} 条借贷分录"),
        .init("trace.posted", "Posted: debit {0}; credit {1}.", "记账：借 {0}；贷 {1}。"),
    ]

    /// `account.<account of the books>`.
    private static let accounts: [CatalogueEntry] = [
        .init("account.forfeits", "forfeited deposits", "不退定金"),
        .init("account.outletSales", "second choice sold", "次品销售"),
        .init("account.listValue", "list value of orders", "订单吊牌额"),
        .init("account.priceCuts", "price cuts", "降价"),
        .init("account.merchantDiscounts", "merchant's discounts", "商家优惠"),
        .init("account.platformDiscounts", "platform's discounts", "平台优惠"),
        .init("account.ordered", "ordered", "已下单"),
        .init("account.droppedUnpaid", "dropped unpaid", "超时未付"),
        .init("account.droppedOversold", "dropped oversold", "超卖取消"),
        .init("account.orderedPaid", "ordered and paid", "已下单已付"),
        .init("account.droppedCancelled", "dropped cancelled", "取消"),
        .init("account.cash", "cash", "现金"),
        .init("account.receivable", "receivable from the channel", "应收渠道"),
        .init("account.subsidyReceivable", "subsidy receivable", "应收平台补贴"),
        .init("account.prepayments", "prepayments", "预收款"),
        .init("account.vatPayable", "VAT payable", "应交增值税"),
        .init("account.inventory", "inventory", "库存"),
        .init("account.supplierPayable", "payable to suppliers", "应付供应商"),
        .init("account.carrierPayable", "payable to carriers", "应付承运商"),
        .init("account.accrued", "accrued", "预提费用"),
        .init("account.revenue", "revenue", "收入"),
        .init("account.refunds", "refunds", "退款"),
        .init("account.costOfGoods", "cost of goods", "销货成本"),
        .init("account.writeDown", "write-down", "减值"),
        .init("account.commission", "commission", "佣金"),
        .init("account.paymentFee", "payment fee", "支付手续费"),
        .init("account.freight", "freight", "运费"),
        .init("account.returnFreight", "return freight", "退货运费"),
        .init("account.picking", "picking", "拣货"),
        .init("account.packaging", "packaging", "包材"),
        .init("account.transfers", "transfers", "调拨"),
        .init("account.compensation", "compensation", "赔付"),
        .init("account.nodeFixed", "fixed cost of nodes", "仓库固定成本"),
        .init("account.service", "visits and customer service", "上门与客服"),
        .init("account.insurance", "return freight insurance", "运费险"),
        .init("account.overtime", "overtime", "加班费"),
        .init("account.shrinkage", "goods not found", "盘亏"),
    ]
}
