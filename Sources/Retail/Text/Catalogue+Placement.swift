/// Words of the placement's settings and answers.
extension Catalogue {
    static let placement: [CatalogueEntry] = [
        .init(
            "setting.network.candidates",
            "Candidate sites from this file, in the columns of candidates.csv; a kind of central, regional or city makes "
                + "a candidate above the front warehouses",
            "候选站点文件，列同 candidates.csv；kind 为 central、regional、city 者是前置仓之上的候选仓"),
        .init("setting.network.candidates.default", "the data set's", "数据集自带"),
        .init(
            "setting.network.travel",
            "Measured ways between sites and regions: a file with the columns from, to, kilometres, minutes",
            "实测道路表：列为 from、to、kilometres、minutes 的文件"),
        .init(
            "setting.network.travel.default", "great circles times `road_factor`",
            "直线距离乘以 `road_factor`"),
        .init(
            "setting.network.reach_time",
            "Minutes on the road within which a front warehouse serves, where `travel` has them",
            "`travel` 有行车时间处，前置仓可服务的行车时长"),
        .init("setting.network.reach_time.default", "`radius` decides", "以 `radius` 为准"),
        .init(
            "setting.network.objective",
            "What is made least over the cases of demand: the expected cost, the cost of the worst case, or the worst regret",
            "对各需求情形求最小的目标：期望成本、最坏情形成本、最大后悔值"),
        .init("setting.network.cases", "Ways the demand may turn out, in place of the expected one", "需求可能的情形，代替期望值"),
        .init("setting.network.cases.default", "one case: the forecast", "只有一种情形：预测值"),
        .init("setting.network.cases[].code", "Name of the case", "情形编码"),
        .init("setting.network.cases[].probability", "How likely it is; shares of their sum", "可能性，按总和归一"),
        .init("setting.network.cases[].factor", "Factor on the orders", "订单倍数"),
        .init(
            "setting.network.cases[].regions", "Regions the factor holds for; the others keep theirs", "倍数适用的区域，其余不变"),
        .init(
            "setting.network.capacity",
            "picks: a front warehouse serves no more orders a day than its stations pick in a shift",
            "picks：前置仓日单量不超过拣货工位一班的产能"),
        .init(
            "setting.network.sizes", "Sizes a front warehouse may be built in; one is chosen for each", "前置仓可选规模，每处选一种"),
        .init("setting.network.sizes.default", "as the candidates say", "以候选表为准"),
        .init("setting.network.sizes[].code", "Name of the size", "规模编码"),
        .init("setting.network.sizes[].orders", "Orders a day it serves within the hour at most", "小时达日单量上限"),
        .init("setting.network.sizes[].fixed_cost", "Factor on the candidate's fixed cost", "固定成本倍数"),
        .init(
            "setting.network.sizes[].scale", "Factor on the candidate's picks, stations and storage",
            "拣货产能、工位与仓容的倍数"),
        .init(
            "setting.network.sourcing",
            "single: a region is served wholly from one front warehouse, or by none; parts: it may be split",
            "single：一个区域只由一个前置仓服务；parts：可拆分"),
        .init(
            "setting.network.holding_rate",
            "Cost of holding stock for a year, of its value: safety stock pooled by site with the covariance of demand",
            "库存年持有成本占货值比例：按仓合并需求（含协方差）的安全库存"),
        .init("setting.network.delivery_cost", "Cost of one delivery into a front warehouse", "前置仓每次补货的费用"),
        .init(
            "setting.network.transfer_cost", "Carrying the goods of one order one kilometre between warehouses",
            "仓间每单货物每公里运费"),
        .init(
            "setting.network.work_limit", "Steps of search after which the best plan so far is taken, with its gap",
            "搜索步数上限，到达后取当前最优并给出差距"),

        .init(
            "cli.no_cases", "the scenario states no cases of demand: write them under network.cases",
            "方案未给出需求情形：请在 network.cases 中填写"),
        .init("code.network.today", "Today", "现状"),
        .init("code.network.plan", "Plan", "方案"),
        .init("code.network.change", "Change", "变化"),
        .init("code.plan.promised", "Promised", "承诺"),
        .init("code.plan.simulated", "Simulated", "仿真"),
        .init("code.objective.expected", "Expected cost", "期望成本"),
        .init("code.objective.worst_cost", "Worst cost", "最坏成本"),
        .init("code.objective.worst_regret", "Worst regret", "最大后悔值"),
        .init("code.stopped.proved", "Proved", "已证明"),
        .init("code.stopped.work_limit", "Work limit", "步数上限"),
        .init("code.stopped.stopped", "Stopped", "已停止"),
        .init("column.network", "Network", "网络"),
        .init("column.open_sites", "Open sites", "开设站点"),
        .init("column.fixed_per_day", "Fixed cost a day", "每天固定成本"),
        .init("column.transport_per_day", "Transport a day", "每天运输"),
        .init("column.stock_per_day", "Stock a day", "每天库存成本"),
        .init("column.lateness_per_day", "Missing the hour, a day", "每天未小时达成本"),
        .init("column.total_per_day", "Total a day", "每天合计"),
        .init("column.one_hour_coverage", "Within the hour", "小时达覆盖率"),
        .init("column.mean_distance", "Mean distance", "平均距离"),
        .init("column.served_part", "Part of the region", "占该区域比例"),
        .init("column.one_hour", "Within the hour", "小时达"),
        .init("column.objective", "Made least", "优化目标"),
        .init("column.objective_value", "Its value", "目标值"),
        .init("column.lower_bound", "No less than", "下界"),
        .init("column.proved", "Proved", "已证明"),
        .init("column.stopped", "Stopped", "停止原因"),
        .init("column.orders_in_reach", "Orders in reach of the hour", "小时达可及订单"),
        .init("column.orders_within_the_hour", "Orders within the hour", "小时达订单"),
        .init("column.in_time", "Of these in time", "其中准时"),
        .init("column.case", "Case", "情形"),
        .init("column.above_own_best", "Above its own best", "高于该情形最优"),
        .init("column.probability", "Probability", "概率"),
    ]
}
