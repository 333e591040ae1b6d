extension Catalogue {
    /// The headline figures, tables, states, ladder steps and audited laws of a run.
    static let figures: [CatalogueEntry] = figureWords + tableWords + stateWords + ladderWords + auditWords

    /// `figure.<Figure.key>`.
    private static let figureWords: [CatalogueEntry] = [
        .init("figure.orders", "Orders placed", "下单量"),
        .init("figure.units_demanded", "Units asked for", "需求件数"),
        .init("figure.gmv_placed", "GMV placed", "下单 GMV"),
        .init("figure.gmv_paid", "GMV paid", "支付 GMV"),
        .init("figure.net_revenue", "Net revenue", "净收入"),
        .init("figure.contribution_margin", "Contribution margin", "边际贡献"),
        .init("figure.operating_result", "Result after fixed cost of nodes", "扣除仓库固定成本后的结果"),
        .init("figure.fill_rate", "Fill rate (units)", "满足率(件)"),
        .init("figure.order_fill_rate", "Orders filled completely", "整单满足率"),
        .init("figure.lost_sales", "Units not sold for lack of stock", "缺货损失件数"),
        .init("figure.lost_margin", "Margin lost to stock-outs", "缺货损失毛利"),
        .init("figure.oversold_orders", "Oversold orders", "超卖订单"),
        .init("figure.on_time_share", "Delivered on time", "准时送达率"),
        .init("figure.one_hour_share", "Delivered by the one-hour tier", "一小时达占比"),
        .init("figure.order_to_ship_median", "Order to departure, median", "下单至出库中位时长"),
        .init("figure.order_to_ship_p95", "Order to departure, 95 % within", "下单至出库 95 % 时长"),
        .init("figure.order_to_release", "Payment to release, mean", "支付至派单平均时长"),
        .init("figure.order_to_release_median", "Payment to release, median", "支付至派单时长中位数"),
        .init("figure.order_to_release_p95", "Payment to release, 95 % within", "支付至派单时长 95 分位"),
        .init("figure.on_time_shipping", "Shipped within the platform's time", "按时发货率"),
        .init("figure.perfect_order_share", "Perfect orders", "完美订单率"),
        .init("figure.throttled_share", "Held back for a full warehouse", "爆仓暂缓派单比例"),
        .init("figure.unpaid_share", "Orders not paid in time", "未支付订单占比"),
        .init("figure.cancelled_share", "Orders cancelled or refused", "取消与拒收占比"),
        .init("figure.return_share", "Units sent back", "退货率(件)"),
        .init("figure.peak_orders_per_minute", "Peak orders in a minute", "每分钟订单峰值"),
        .init("figure.peak_pick_utilisation", "Busiest hour of the pick stations", "拣货峰值利用率"),
        .init("figure.automatic_review_share", "Reviewed automatically", "自动审单率"),
        .init("figure.orders_per_clerk_hour", "Orders per clerk-hour", "人均每小时审单量"),
        .init("figure.split_share", "Orders split", "拆单率"),
        .init("figure.parcels_per_order", "Parcels per order", "单均包裹数"),
        .init("figure.freight_per_order", "Freight per order", "单均运费"),
        .init("figure.cost_per_order", "Fulfilment cost per order", "单均履约成本"),
        .init("figure.transfer_units", "Units moved between nodes", "调拨件数"),
        .init("figure.stock_end_value", "Stock at the end, at cost", "期末库存金额(成本)"),
        .init("figure.turnover_days", "Turnover days", "库存周转天数"),
        .init("figure.matched_share", "Settlement lines matched automatically", "自动核销率"),
    ]

    /// `table.<name>`.
    private static let tableWords: [CatalogueEntry] = [
        .init("table.demand_by_day", "Demand by day and channel", "每日各渠道需求"),
        .init("table.orders_by_minute", "Orders by minute", "分钟订单流"),
        .init("table.nodes", "Nodes", "节点"),
        .init("table.profit_and_loss", "Profit and loss", "损益阶梯"),
        .init("table.sku_losses", "Sales lost by SKU", "商品缺货损失"),
        .init("table.carriers", "Carriers", "承运商"),
        .init("table.tiers", "Service tiers", "时效层"),
        .init("table.channels", "Channels", "渠道"),
        .init("table.order_states", "How orders ended", "订单终态"),
        .init("table.stock_layers", "Stock by layer", "库存分层"),
        .init("table.settlement", "Settlement", "结算对账"),
        .init("table.stages", "Work done by stage", "各环节处理量"),
    ]

    /// `state.<final state of an order>`.
    private static let stateWords: [CatalogueEntry] = [
        .init("state.lost", "Lost: nothing on show", "缺货流失"),
        .init("state.unpaid", "Not paid in time", "超时未支付"),
        .init("state.oversold", "Oversold", "超卖取消"),
        .init("state.cancelled", "Cancelled", "已取消"),
        .init("state.delivered", "Delivered", "已签收"),
        .init("state.returned_in_part", "Returned in part", "部分退货"),
        .init("state.returned", "Returned", "全部退货"),
        .init("state.refused", "Refused at the door", "拒收"),
    ]

    /// `pnl.<step of the profit and loss ladder>`.
    private static let ladderWords: [CatalogueEntry] = [
        .init("pnl.list_gmv", "GMV at list price", "吊牌价 GMV"),
        .init("pnl.price_cuts", "Price cuts borne by the merchant", "商家降价"),
        .init("pnl.merchant_discounts", "Discounts borne by the merchant", "商家优惠"),
        .init("pnl.platform_discounts", "Discounts borne by the platform", "平台优惠"),
        .init("pnl.gmv_placed", "GMV placed", "下单 GMV"),
        .init("pnl.unpaid", "Not paid in time", "超时未支付"),
        .init("pnl.oversold", "Oversold", "超卖取消"),
        .init("pnl.cancelled", "Cancelled before shipping", "发货前取消"),
        .init("pnl.gmv_shipped", "GMV shipped", "发货 GMV"),
        .init("pnl.platform_subsidy", "Subsidy owed by the platform", "平台补贴应收"),
        .init("pnl.refunds", "Refunds", "退款"),
        .init("pnl.vat", "Value added tax", "增值税"),
        .init("pnl.net_revenue", "Net revenue", "净收入"),
        .init("pnl.cost_of_goods", "Cost of goods", "商品成本"),
        .init("pnl.write_down", "Write-down of returned goods", "退货减值"),
        .init("pnl.commission", "Commission", "平台佣金"),
        .init("pnl.payment_fee", "Payment fee", "支付手续费"),
        .init("pnl.freight", "Freight", "运费"),
        .init("pnl.return_freight", "Return freight", "退货运费"),
        .init("pnl.picking", "Picking", "拣货"),
        .init("pnl.packaging", "Packaging", "包材"),
        .init("pnl.transfers", "Transfers", "调拨"),
        .init("pnl.compensation", "Compensation", "赔付"),
        .init("pnl.contribution_margin", "Contribution margin", "边际贡献"),
        .init("pnl.node_fixed", "Fixed cost of nodes", "仓库固定成本"),
        .init("pnl.operating_result", "Result after fixed cost of nodes", "扣除仓库固定成本后的结果"),
    ]

    /// `audit.<law>`.
    private static let auditWords: [CatalogueEntry] = [
        .init(
            "audit.reservations_ended_once", "Each reservation is consumed or released exactly once", "每笔占用恰好核销或释放一次"),
        .init("audit.stock_conserved_by_row", "Stock is conserved at every node", "各节点库存守恒"),
        .init("audit.reserved_within_book", "0 ≤ reserved ≤ sellable stock", "0 ≤ 占用 ≤ 可售库存"),
        .init("audit.reserved_is_held", "Reserved stock is what live orders hold", "占用等于在途订单持有"),
        .init("audit.pool_is_sum_of_rows", "The shared pool is what the rows have free", "共享池等于各行可用之和"),
        .init("audit.quotas_within_pool", "Exclusive quotas never exceed the pool", "渠道配额不超过共享池"),
        .init("audit.transfers_conserved", "Transfers neither make nor lose goods", "调拨守恒"),
        .init("audit.reservations_tally", "Units reserved = consumed + released + held", "占用 = 核销 + 释放 + 持有"),
        .init("audit.postings_balance", "Debits equal credits in every cell", "每格借贷平衡"),
        .init("audit.cubes_agree_with_controls", "Ledger cubes agree with their control totals", "账簿立方与控制总数一致"),
        .init("audit.orders_end_once", "Every order ends in one final state", "每单恰有一个终态"),
        .init("audit.nothing_left_open", "Nothing is left open at the end", "期末无未结事项"),
    ]
}
