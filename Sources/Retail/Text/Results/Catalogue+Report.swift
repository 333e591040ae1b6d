extension Catalogue {
    /// The report's words: sections, sentences, units, and the codes that tables carry.
    static let report: [CatalogueEntry] = reportSentences + reportColumns + reportUnits + reportCodes

    private static let reportSentences: [CatalogueEntry] = [
        .init("report.brand", "Granary · promotion report", "粮仓 · 大促报告"),
        .init("report.contents", "Contents", "目录"),
        .init(
            "report.footer",
            "Made by Granary {0} from the data set {1}. The file is complete in itself and loads nothing.",
            "由粮仓 {0} 根据数据集 {1} 生成。本文件自成一体，不加载任何外部内容。"),
        .init("report.dataset_is", "Data set {0}", "数据集 {0}"),
        .init("report.one_day", "{0} {1}", "{1}年{0}"),
        .init("report.period", "{0} to {1} {2}", "{2}年{0}至{1}"),
        .init("report.replications", "{0} replications", "{0} 次重复"),
        .init("report.seed_is", "seed {0}", "随机种子 {0}"),
        .init("report.day", "{0} {1} {2}", "{2}{1}日 {0}"),
        .init("report.day_number", "day {0}", "第 {0} 天"),
        .init("report.numbers_of", "Numbers: {0}", "数据：{0}"),
        .init("report.summary", "Summary", "汇总"),
        .init("report.total", "Total", "合计"),

        .init("report.headline", "Headline figures", "核心指标"),
        .init(
            "report.headline_lead", "Means over {0} replications; ± is half the width of the 95 % confidence interval.",
            "{0} 次重复的均值；± 为 95 % 置信区间的半宽。"),
        .init(
            "report.headline_lead_one", "One replication only: the figures carry no interval.",
            "仅有一次重复，指标没有置信区间。"),
        .init("report.all_figures", "All figures", "全部指标"),

        .init("report.comparison", "Scenarios compared", "方案对比"),
        .init(
            "report.comparison_lead",
            "Each scenario against “{0}”, under the same random numbers. {1} of {2} differences are beyond chance.",
            "各方案与“{0}”对比，使用相同的随机数。{2} 项差异中有 {1} 项超出随机波动。"),
        .init("report.comparison_table", "Figures by scenario, with paired differences", "各方案指标及配对差异"),
        .init(
            "report.comparison_others", "{0} more figures, none of them different beyond chance",
            "另有 {0} 项指标，均无超出随机波动的差异"),
        .init("report.difference", "difference", "差异"),
        .init(
            "report.comparison_note",
            "▲ and ▼ mark differences whose 95 % interval leaves out zero; each interval stands by itself, so of twenty "
                + "differences that do not exist about one will be marked. pp: percentage points.",
            "▲ 与 ▼ 标出 95 % 置信区间不含零的差异；各区间单独成立，二十项并不存在的差异中约有一项会被标出。pp：百分点。"),

        .init("report.demand", "Demand against forecast", "需求与预测"),
        .init("report.demand_lead", "{0} units were forecast, {1} simulated.", "预测 {0} 件，模拟 {1} 件。"),
        .init(
            "report.demand_actual",
            "{0} were really sold; on {1} of {2} channel-days what happened lay within the P10–P90 band, where 8 of 10 belong.",
            "实际售出 {0} 件；{2} 个渠道日中有 {1} 个的实际值落在 P10–P90 区间内（理论上应为十分之八）。"),
        .init("report.demand_lead_bare", "Units by day and channel.", "按日期与渠道统计的件数。"),
        .init("report.demand_table", "Units by day and channel", "按日期与渠道的件数"),
        .init("report.demand_chart", "Forecast band, simulated and actual units by day, {0}", "{0}：预测区间、模拟值与实际值（按日）"),
        .init(
            "report.demand_note",
            "What really happened was not used for the forecast. Where the scenario scales volume, it is scaled alike.",
            "实际值未用于预测。方案若放大单量，实际值按同一倍数放大。"),
        .init("report.series_p10", "P10", "P10"),
        .init("report.series_band", "Forecast P10–P90", "预测区间 P10–P90"),
        .init("report.series_forecast", "Forecast mean", "预测均值"),
        .init("report.series_simulated", "Simulated", "模拟"),
        .init("report.series_actual", "Really happened", "实际"),
        .init("report.units_per_day", "units a day", "件/天"),

        .init("report.peak", "Orders per minute against capacity", "每分钟单量与产能"),
        .init(
            "report.peak_lead", "The busiest minute took {0} orders, at {1}.", "最忙的一分钟接到 {0} 单，时间为 {1}。"),
        .init(
            "report.peak_full", "Picking ran at capacity in {0} of the quarter-hours in which stations were open.",
            "拣货台开放的每刻钟中，有 {0} 处于满负荷。"),
        .init("report.peak_lead_bare", "Flow through the stages, minute by minute.", "各环节的逐分钟流量。"),
        .init("report.peak_table", "Flow by hour, mean per minute", "每小时流量（每分钟均值）"),
        .init("report.peak_chart", "Per minute: {0}", "每分钟：{0}"),
        .init("report.mean_over", "{0}, mean over {1}", "{0}（{1}均值）"),
        .init("report.per_minute", "{0} per minute", "{0}/分钟"),
        .init(
            "report.peak_note", "Means over replications; the full table by minute is in the run's export.",
            "各次重复的均值；完整的逐分钟数据见运行导出。"),

        .init("report.stock", "Stock and local service by node", "各节点库存与本地满足"),
        .init(
            "report.stock_lead",
            "{0} nodes. Of the units its nearest regions asked for, {1} filled the smallest share itself, {2}; the rest came from other nodes or was lost.",
            "共 {0} 个节点。就近区域需求由本节点满足的比例最低的是{1}，为 {2}；其余由其他节点发货或缺货。"),
        .init("report.stock_lead_bare", "{0} nodes.", "共 {0} 个节点。"),
        .init("report.stock_chart", "Units on hand, start and end", "期初与期末在库件数"),
        .init("report.fill_chart", "Share of nearby demand filled from here", "就近需求的本地满足率"),
        .init("report.nodes_table", "Nodes", "节点"),
        .init("report.layers", "Stock layers", "库存层"),

        .init("report.placement", "Placement of front warehouses", "前置仓选址"),
        .init(
            "report.network_lead", "{0} nodes; no placement of front warehouses was asked for.", "共 {0} 个节点；未做前置仓选址。"),
        .init(
            "report.placement_lead",
            "{0} of {1} candidate sites are open; {2} of domestic demand lies within {3} road km of one.",
            "{1} 个候选点中开设 {0} 个；国内需求的 {2} 位于 {3} 公里（公路）服务半径内。"),
        .init(
            "report.placement_cost",
            "The plan costs {0} a day: {1} fixed, {2} transport, {3} stock, {4} for orders that miss the hour they asked "
                + "for.",
            "方案每天成本 {0}：固定 {1}，运输 {2}，库存 {3}，未能小时达的订单 {4}。"),
        .init(
            "report.placement_bound", "No plan can cost less than {0}: the gap is {1}.", "任何方案的成本都不低于 {0}，差距为 {1}。"),
        .init(
            "report.placement_proved", "Proved best: no plan can cost less than {0} (gap {1}).",
            "已证明最优：任何方案的成本都不低于 {0}（差距 {1}）。"),
        .init("report.map_label", "Map of {0} open of {1} sites and {2} regions", "地图：{1} 个站点中开设 {0} 个，{2} 个区域"),
        .init("report.map_region", "{0}: {1} of demand", "{0}：占需求 {1}"),
        .init("report.site_open", "open", "开设"),
        .init("report.site_closed", "not opened", "未开设"),
        .init("report.legend_closed", "{0}, candidate not opened", "{0}（候选，未开设）"),
        .init("report.legend_region", "Region; area in proportion to demand", "区域；面积与需求成正比"),
        .init("report.legend_served", "Region and the front warehouse within the hour", "区域与一小时达前置仓"),
        .init("report.unserved", "not within the hour", "不在一小时达范围"),
        .init(
            "report.export_note", "Export, which no map of this scale shows, is {0} of demand.", "出口占需求的 {0}，未在图中显示。"),
        .init("report.cost_curve", "Net cost a day by number of sites", "每天净成本与站点数"),
        .init("report.cover_curve", "Demand within the radius by number of sites", "覆盖需求与站点数"),
        .init("report.sites_axis", "front warehouses open", "开设的前置仓数"),
        .init("report.site_values", "What each site costs, serves and earns", "各站点的成本、服务量与收益"),
        .init("report.network_today", "Today's network beside the plan", "现有网络与方案对比"),
        .init("report.curve_table", "Cost and coverage by number of sites", "不同站点数的成本与覆盖"),
        .init("report.sites_table", "Sites", "站点"),
        .init("report.regions_table", "Regions", "区域"),

        .init("report.profit", "Profit and loss", "损益"),
        .init("report.profit_lead", "{0} is {1}, {2} of {3}.", "{0}为 {1}，占{3}的 {2}。"),
        .init("report.profit_steepest", "The largest deduction is {0}: {1}.", "最大的扣减项是{0}：{1}。"),
        .init("report.profit_lead_bare", "From sales to contribution.", "从销售额到贡献毛利。"),
        .init("report.profit_chart", "From step to step, {0}", "逐级损益，{0}"),
        .init("report.profit_table", "Profit and loss ladder", "损益阶梯"),
        .init("report.ladder_total", "Total", "合计"),
        .init("report.ladder_gain", "Gain", "增加"),
        .init("report.ladder_cost", "Deduction", "扣减"),
        .init("report.channels_table", "Channels", "渠道"),

        .init("report.losses", "SKUs that lost the most margin", "损失毛利最多的商品"),
        .init(
            "report.losses_lead",
            "Demand that found no stock. The {0} SKUs shown lost {1}, {2} of all margin lost ({3}).",
            "因缺货未能满足的需求。下列 {0} 个商品损失 {1}，占全部损失毛利（{3}）的 {2}。"),
        .init("report.losses_none", "No margin was lost for want of stock.", "没有因缺货损失毛利。"),
        .init(
            "report.losses_more", "{0} more SKUs lost margin; all are in the run's export.", "另有 {0} 个商品损失毛利，完整列表见运行导出。"
        ),
        .init("report.losses_table", "SKUs by lost margin", "按损失毛利排序的商品"),

        .init("report.service", "Service tiers and carriers", "时效与承运商"),
        .init("report.service_lead", "What buyers were promised and what they got.", "对买家的承诺与兑现。"),
        .init(
            "report.hour_table",
            "Orders that ask for the hour with a front warehouse in reach, and what became of them",
            "前置仓可及的小时达订单及其结果"),
        .init("report.hour_fronts_table", "The same by front warehouse", "按前置仓列出"),
        .init("report.tiers_table", "Service tiers", "时效层"),
        .init("report.carriers_table", "Carriers", "承运商"),

        .init("report.settlement", "Settlement", "结算"),
        .init("report.settlement_lead", "What the channels owed and paid.", "各渠道应付与实付。"),
        .init("report.settlement_table", "Settlement by channel", "各渠道结算"),

        .init("report.orders", "Order states", "订单状态"),
        .init("report.orders_lead", "Every order ends in one state.", "每个订单都有唯一的最终状态。"),
        .init("report.states_table", "Orders by final state", "按最终状态统计的订单"),
        .init("report.stages_table", "What each stage counted", "各环节计数"),

        .init("report.suggestions", "Purchase suggestions", "采购建议"),
        .init("report.suggestions_lead", "{0} lines for {1} suppliers, worth {2}.", "共 {0} 行，涉及 {1} 家供应商，金额 {2}。"),
        .init("report.suggestions_urgent", "{0} of them must be ordered by {1}.", "其中 {0} 行须在 {1} 前下单。"),
        .init("report.suggestions_table", "Suggestions of greatest value", "金额最大的建议"),
        .init("report.suggestions_more", "{0} more lines are in the files.", "另有 {0} 行见文件。"),
        .init(
            "report.suggestions_files", "All lines with their quantity chain, beside this report: {0}",
            "全部建议及数量推算过程见本报告旁的文件：{0}"),

        .init("report.transfers", "Transfers between nodes: {0}", "节点间调拨：{0} 行"),
        .init("report.transfers_more", "{0} more transfers are in the run's export.", "另有 {0} 行调拨见运行导出。"),

        .init("report.promotions", "Promotions", "活动"),

        .init("report.assumptions", "Assumptions and defaults", "假设与默认值"),
        .init("report.assumptions_lead", "{0} things are stated here rather than measured.", "以下 {0} 项为设定值，而非实测值。"),
        .init("report.assumptions_table", "Assumptions", "假设"),

        .init("report.audit", "Audit", "审计"),
        .init("report.audit_passed", "The books balance: all {0} checks passed.", "账目平衡：{0} 项检查全部通过。"),
        .init(
            "report.audit_failed", "{0} of {1} checks failed; do not rely on this run.", "{1} 项检查中有 {0} 项未通过，请勿采信本次运行。"),
        .init("report.audit_table", "Checks", "检查项"),
        .init("report.checked_for", "held for {0} entities", "对 {0} 个对象成立"),
        .init("report.passed", "passed", "通过"),
        .init("report.failed", "FAILED", "未通过"),

        .init("report.repeat", "How to repeat this run", "如何重现本次运行"),
        .init(
            "report.repeat_lead",
            "Same data, scenario, seed and engine give the same result digest, whatever the number of threads.",
            "数据、方案、随机种子与引擎版本相同，结果摘要即相同，与线程数无关。"),
        .init("report.commands", "Commands", "命令"),
        .init(
            "report.save_scenario", "save the scenario below as scenario.yaml beside the data it names",
            "将下面的方案存为 scenario.yaml，与其引用的数据放在一起"),
        .init("report.origin_table", "Origin", "来源"),
        .init("report.scenario_text", "Scenario as resolved", "解析后的方案"),

        .init("report.weekday.1", "Mon", "周一"),
        .init("report.weekday.2", "Tue", "周二"),
        .init("report.weekday.3", "Wed", "周三"),
        .init("report.weekday.4", "Thu", "周四"),
        .init("report.weekday.5", "Fri", "周五"),
        .init("report.weekday.6", "Sat", "周六"),
        .init("report.weekday.7", "Sun", "周日"),
        .init("report.month.1", "Jan", "1月"),
        .init("report.month.2", "Feb", "2月"),
        .init("report.month.3", "Mar", "3月"),
        .init("report.month.4", "Apr", "4月"),
        .init("report.month.5", "May", "5月"),
        .init("report.month.6", "Jun", "6月"),
        .init("report.month.7", "Jul", "7月"),
        .init("report.month.8", "Aug", "8月"),
        .init("report.month.9", "Sep", "9月"),
        .init("report.month.10", "Oct", "10月"),
        .init("report.month.11", "Nov", "11月"),
        .init("report.month.12", "Dec", "12月"),
    ]
}
