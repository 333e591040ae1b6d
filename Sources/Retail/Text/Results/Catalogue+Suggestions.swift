extension Catalogue {
    /// Reasons and explanations of stock targets and purchase suggestions.
    static let suggestions: [CatalogueEntry] = [
        // One sentence per line. 0 quantity, 1 SKU, 2 supplier or upper node, 3 node, then as each needs.
        .init(
            "suggestion.reason.late",
            "Order {0} × {1} from {2} today: stock at {3} runs out on {4}, before an order can arrive on {5}.",
            "今天就向{2}订购 {1} {0} 件：{3}的库存将于 {4} 售罄，而现在下单最早 {5} 才能到货。"),
        .init(
            "suggestion.reason.stockout",
            "Order {0} × {1} from {2} by {4}: stock at {3} runs out on {5} and an order takes {6} days.",
            "请在 {4} 前向{2}订购 {1} {0} 件：{3}的库存将于 {5} 售罄，到货需要 {6} 天。"),
        .init(
            "suggestion.reason.reorder",
            "Order {0} × {1} from {2} by {4}: the inventory position at {3} is {5}, at or below the reorder point of {6}.",
            "请在 {4} 前向{2}订购 {1} {0} 件：{3}的库存水位为 {5} 件，已不高于再订货点 {6} 件。"),
        .init(
            "suggestion.reason.no_budget",
            "Nothing of {1} from {2} for now: {0} are wanted at {3}, but the budget saves more with other lines.",
            "暂不向{2}订购 {1}：{3}需要 {0} 件，但预算用于其他商品更有效。"),
        .init(
            "suggestion.reason.no_room",
            "Nothing of {1} from {2} for now: {0} are wanted at {3}, but what the supplier can send and the warehouse can hold is worth more for other lines.",
            "暂不向{2}订购 {1}：{3}需要 {0} 件，但供应商产能或仓库容积用于其他商品更有效。"),
        .init(
            "suggestion.reason.not_worth",
            "Nothing of {1} from {2} for now: {0} are wanted at {3}, but they would not fill or pay for another container or order.",
            "暂不向{2}订购 {1}：{3}需要 {0} 件，但不足以装满或负担再一个货柜或订单的费用。"),
        .init(
            "suggestion.reason.transfer",
            "Move {0} × {1} from {2} to {3}: the inventory position there is {4} and should be {5}.",
            "从{2}向{3}调拨 {1} {0} 件：当地库存水位为 {4} 件，目标为 {5} 件。"),
        .init(
            "suggestion.reason.transfer_short",
            "Move {0} × {1} from {2} to {3}: {4} are needed but the upper node has only {5} to share.",
            "从{2}向{3}调拨 {1} {0} 件：需要 {4} 件，但上级仓仅有 {5} 件可分配。"),
        .init(
            "suggestion.reason.transfer_room",
            "Move {0} × {1} from {2} to {3}: {4} are needed but there is room for no more.",
            "从{2}向{3}调拨 {1} {0} 件：需要 {4} 件，但库容只够这些。"),

        .init(
            "suggestion.step.demand",
            "Expected demand over lead time plus review is {0} units (P10 {1}, P50 {2}, P90 {3}).",
            "提前期加订货检查周期内的预计需求为 {0} 件(P10 {1}，P50 {2}，P90 {3})。"),
        .init(
            "suggestion.step.target",
            "Safety stock {0} gives a reorder point of {1} and an order-up-to level of {2}.",
            "安全库存 {0} 件，再订货点 {1} 件，目标库存上限 {2} 件。"),
        .init(
            "suggestion.step.position",
            "Position {0} = on hand {1} + in transit {2} + on order {3} - owed {4} (of the stock on hand {5} are reserved).",
            "库存水位 {0} = 现有 {1} + 调拨在途 {2} + 采购在途 {3} - 欠货 {4}（现有库存中已预留 {5}）。"),
        .init(
            "suggestion.step.expiring",
            "{0} more units on hand expire before they can be sold and are not counted.",
            "另有 {0} 件现货在售出前就会过期，未计入库存。"),
        .init(
            "suggestion.step.need", "Missing to the order-up-to level: {0} units.", "距目标库存上限还缺 {0} 件。"),
        .init(
            "suggestion.step.minimum", "The supplier's minimum raises the order to {0}.",
            "按供应商起订量增至 {0} 件。"),
        .init(
            "suggestion.step.multiple", "Rounded up to the order multiple: {0}.", "按订货倍数向上取整为 {0} 件。"),
        .init(
            "suggestion.step.break",
            "A price break at a unit cost of {1} saves more than holding the extra units costs: {0}.",
            "达到阶梯价，单价 {1}，节省额高于多持有库存的成本：增至 {0} 件。"),
        .init(
            "suggestion.step.order_value", "Raised to {0} so that the supplier's minimum order value is reached.",
            "为达到供应商最低订单金额，增至 {0} 件。"),
        .init(
            "suggestion.step.below_order_value",
            "The order is not worth the supplier's minimum or what an order costs; talk to the supplier or wait for more lines.",
            "订单不值得达到供应商最低要求或支付订单费用，请与供应商协商或等待合并下单。"),
        .init(
            "suggestion.step.value", "{0} units at {1} make {2} {3}.", "{0} 件，单价 {1}，合计 {2} {3}。"),
        .init(
            "suggestion.step.cover", "Days of cover: {0} before, {1} after.", "可售天数：订购前 {0} 天，订购后 {1} 天。"),
        .init(
            "suggestion.step.risk",
            "Probability of running out before the next chance to order takes effect, if nothing is ordered now: {0} %.",
            "如果现在不订，在下一次订货到货前缺货的概率为 {0} %。"),
        .init(
            "suggestion.step.dates", "Order by {0}; goods ordered today arrive on {1}.",
            "最晚下单日 {0}；今天下单预计 {1} 到货。"),
        .init(
            "suggestion.step.late", "It is too late already: stock runs out on {0}.", "已经来不及：库存将于 {0} 售罄。"),

        .init(
            "suggestion.reason.balance",
            "Move {0} × {1} from {2} to {3}: it would run out there on {4}, before its own supply comes, and {2} has {5} more than it needs.",
            "从{2}向{3}横向调拨 {1} {0} 件：当地将于 {4} 售罄而补货未到，{2}比目标多 {5} 件。"),
        .init(
            "suggestion.step.basis", "Safety stock: {0}. Reorder point: {1}.", "安全库存依据：{0}；再订货点依据：{1}。"),
        .init("suggestion.source.cycle", "{0} % of cycles without stockout, {1} demand", "周期服务水平 {0} %，需求服从{1}"),
        .init("suggestion.source.fill", "{0} % of demand from stock, {1} demand", "满足率 {0} %，需求服从{1}"),
        .init("suggestion.source.line", "{0} % of order lines in full, {1} demand", "订单行满足率 {0} %，需求服从{1}"),
        .init(
            "suggestion.source.cost",
            "where a unit more costs as much as it saves ({0} % of cycles without stockout), {1} demand",
            "边际成本最优（相当于周期服务水平 {0} %），需求服从{1}"),
        .init("suggestion.source.law", "{0} (gap to the forecast's samples {1} %)", "{0}（与预测样本的差距 {1} %）"),
        .init(
            "suggestion.source.terms", "lead time {0} ± {1} days by the terms and the calendar, review every {2} days",
            "按条款与供货日历提前期 {0} ± {1} 天，订货检查周期 {2} 天"),
        .init(
            "suggestion.source.assumed", "lead time {0} ± {1} days assumed, review every {2} days",
            "假定提前期 {0} ± {1} 天，订货检查周期 {2} 天"),
        .init(
            "suggestion.source.measured", "lead time {0} ± {1} days measured on {3} orders, review every {2} days",
            "按 {3} 笔历史订单实测提前期 {0} ± {1} 天，订货检查周期 {2} 天"),
        .init("law.poisson", "Poisson", "泊松分布"),
        .init("law.negative binomial", "negative binomial", "负二项分布"),
        .init("law.gamma", "gamma", "伽马分布"),
        .init("law.normal", "normal", "正态分布"),
        .init("law.empirical", "empirical", "经验分布"),
        .init(
            "suggestion.step.multiple_down", "Rounded to the order multiple: {0}, below what is missing.",
            "按订货倍数取整为 {0} 件，低于缺口。"),
        .init("suggestion.step.container", "Raised to {0} to fill the supplier's container.", "为装满货柜，增至 {0} 件。"),
        .init(
            "suggestion.step.below_container", "The last container is not filled; wait for more lines or ship loose.",
            "最后一个货柜未装满，请等待合并或散货发运。"),
        .init(
            "suggestion.step.container_down",
            "Cut to {0}: what is left over would not fill another container, or not be worth its freight.",
            "余量装不满下一个货柜，或不值得其运费，减至 {0} 件。"),
        .init(
            "suggestion.step.limits", "Cut to {0}: all that the supplier can send, or the warehouse can hold, for now.",
            "受供应商产能或仓库容积所限，减至 {0} 件。"),
        .init(
            "suggestion.step.budget", "Cut to {0}: the budget goes where each unit of money saves more.",
            "因预算有限减至 {0} 件：资金优先用于更有效的商品。"),
        .init(
            "suggestion.step.urgent_part", "Bought from {0}, which is quicker: {1} delivers too late.",
            "改向交货更快的{0}采购：{1}来不及到货。"),
        .init(
            "suggestion.step.rest_part", "The urgent part of the need is bought from a quicker supplier.",
            "急需部分已向交货更快的供应商采购。"),
        .init(
            "suggestion.step.choice", "A unit costs {1} from {0} all in, and {3} from {2}.",
            "综合单位成本：{0} {1}，{2} {3}。"),
        .init(
            "suggestion.step.gap", "Stock runs out on {0}, before an open order lands: chase that order.",
            "库存将于 {0} 售罄，而在途订单未到，请催交。"),

        // Exceptions: 0 SKU, 1 node, 2 supplier, 3 units, 4 day, 5 days.
        .init("exception.too_late", "Too late", "已来不及"),
        .init(
            "exception.too_late.reason",
            "{0} at {1} runs out on {4}, {5} days before goods ordered today arrive: {3} units are missed.",
            "{1}的{0}将于 {4} 售罄，比今日下单的到货早 {5} 天，预计少卖 {3} 件。"),
        .init("exception.stockout_risk", "Stockout risk", "缺货风险"),
        .init(
            "exception.stockout_risk.reason", "{0} at {1} lasts {5} days: {3} units are likely to be missed.",
            "{1}的{0}仅够 {5} 天，预计少卖 {3} 件。"),
        .init("exception.late_order", "Late order", "到货延误"),
        .init(
            "exception.late_order.reason", "The order of {0} for {1}, due {4}, is {5} days late: {3} units.",
            "{1}的{0}订单（应到 {4}）晚 {5} 天，涉及 {3} 件。"),
        .init("exception.overstock", "Overstock", "库存过多"),
        .init(
            "exception.overstock.reason", "{0} at {1} lasts {5} days: {3} units are beyond what should be held.",
            "{1}的{0}可售 {5} 天，超出 {3} 件。"),
        .init("exception.dead_stock", "Dead stock", "呆滞库存"),
        .init(
            "exception.dead_stock.reason", "{3} units of {0} at {1} are not asked for.", "{1}的{0}有 {3} 件无需求。"),
        .init("exception.expiring", "Expiring", "临期"),
        .init(
            "exception.expiring.reason", "{3} units of {0} at {1} expire before they can be sold.",
            "{1}的{0}有 {3} 件将在售出前过期。"),
        .init("exception.minimum_forces", "Minimum forces", "起订量过大"),
        .init(
            "exception.minimum_forces.reason",
            "The rules of {2} add {3} units of {0} for {1}, {5} days of demand beyond the need.",
            "{2}的起订规则使{1}的{0}多订 {3} 件，相当于 {5} 天需求。"),
        .init("exception.no_supplier", "No supplier", "无供应商"),
        .init(
            "exception.no_supplier.reason", "Nobody supplies {0} for {1}; {3} units are wanted in four weeks.",
            "{1}的{0}没有供应商，四周需求 {3} 件。"),
        .init("exception.contract_ended", "Contract ended", "合同已到期"),
        .init(
            "exception.contract_ended.reason",
            "No contract for {0} holds today; {1} wants {3} units in four weeks.",
            "{0}的供货合同今天无效，{1}四周需求 {3} 件。"),
        .init("exception.no_lead_time", "No lead time", "无提前期"),
        .init(
            "exception.no_lead_time.reason",
            "{2} states no lead time and has too few past orders to measure it: 7 days are assumed.",
            "{2}未提供提前期，历史订单也不足以测算，暂按 7 天。"),
        .init("exception.no_price", "No price", "无价格"),
        .init(
            "exception.no_price.reason", "{0} has no price or no cost, so its orders cannot be weighed.",
            "{0}缺少售价或成本，无法衡量订货。"),
        .init("exception.no_target", "No target", "无目标库存"),
        .init("exception.no_target.reason", "{0} at {1} has no stock target.", "{1}的{0}没有库存目标。"),
        .init("code.move.replenish", "Replenish", "补货"),
        .init("code.move.balance", "Balance", "横向平衡"),
        .init("part.whole", "Whole", "整单"),
        .init("part.urgent", "Urgent part", "急单部分"),
        .init("part.rest", "Rest", "其余部分"),
        .init("rounding.up", "Up to the next multiple", "向上取整到倍数"),
        .init("rounding.nearest", "To the nearest multiple", "四舍五入到倍数"),
        .init("rounding.down", "Down to the multiple below", "向下取整到倍数"),
        .init("mark.lead_time_changed", "Lead time changed", "提前期已变"),
        .init("mark.forecast_changed", "Forecast changed", "预测已变"),
        .init("mark.price_changed", "Price changed", "价格已变"),
        .init("mark.quantity_drifted", "Suggestion changed", "建议量已变"),
        .init("mark.approval_expired", "Approval expired", "审批已过期"),
        .init("mark.rejection_expired", "Rejection expired", "驳回已过期"),
        .init("mark.snooze_ended", "Snooze ended", "延后已到期"),
        .init(
            "cli.suggest_more",
            "{0} lines; --explain SKU tells how one came about, --format csv, json or --out file.xlsx hold every column",
            "共 {0} 行；--explain 商品 查看推导过程，--format csv、json 或 --out file.xlsx 含全部列"),
        .init("cli.book_stored", "kept as book {0}", "已存为建议簿 {0}"),
        .init(
            "cli.data_faults", "{0} faults of the data keep articles from being planned; see --exceptions",
            "数据有 {0} 处问题影响补货，见 --exceptions"),
        .init(
            "cli.until_past", "--until {0} is before {1}, the day of the latest book; name that day or a later one",
            "--until {0} 早于最新建议簿的日期 {1}，请改为当天或之后"),
        .init("order.title", "Draft purchase order", "采购订单草稿"),
        .init("order.supplier", "Supplier", "供应商"),
        .init("order.day", "Date", "日期"),
        .init("order.currency", "Currency", "币种"),
        .init("order.payment_days", "Payment days", "账期（天）"),
        .init("order.pay_by", "Pay by, if ordered today", "今日下单的付款日"),
        .init("order.returns", "Takes returns", "可退供"),
        .init("order.consignment", "Consignment", "代销"),
        .init("order.tax", "Tax", "税率"),
        .init("order.tax_included", "in the prices", "（含税价）"),
        .init("order.tax_added", "on top of the prices", "（未税价）"),
        .init("verdict.taken", "taken", "已采纳"),
        .init("verdict.warned", "taken, with a warning", "已采纳（有提醒）"),
        .init("verdict.ignored", "left as it is", "未改动"),
        .init("verdict.refused", "refused", "已拒绝"),
        .init("import.unknown_line", "no such line among the suggestions", "建议中没有此行"),
        .init("import.duplicate", "the line stands twice, first at {0}", "此行重复，首次出现在 {0}"),
        .init("import.place.row", "sheet '{0}' row {1}", "工作表“{0}”第 {1} 行"),
        .init("import.place.line", "line {0}", "第 {0} 行"),
        .init(
            "import.no_code", "a quantity without an article or a node; unmerge cells, and fill in both codes",
            "有数量但缺少商品或节点编码；请取消合并单元格并补全编码"),
        .init(
            "import.missing_columns", "nothing of this sheet is read: it has no column {0}; put it back",
            "此工作表未读取：缺少列 {0}，请恢复该列"),
        .init("import.left_empty", "the cell is empty: left as it was; type 0 to order nothing", "单元格为空：保持不变；不订请填 0"),
        .init(
            "import.formula_without_value",
            "a formula whose result was not saved; open the file in a spreadsheet and save it, or type the number",
            "公式没有保存结果；请用表格软件打开后另存，或直接填写数字"),
        .init("import.removed", "the line is no longer in the sheet; reject it if it is not wanted", "表中已删除此行；如不需要请驳回"),
        .init("import.quantity_changed", "quantity changed", "数量已改"),
        .init("import.state_changed", "state changed", "状态已改"),
        .init("import.rejected_by_zero", "nothing is to be ordered: rejected", "数量为零：视为驳回"),
        .init("import.below_minimum", "below the supplier's minimum of {0}", "低于供应商起订量 {0}"),
        .init("import.not_a_multiple", "not a multiple of {0}", "不是订货倍数 {0} 的整数倍"),
        .init("import.not_a_number", "not a number; type digits, with commas only between thousands", "不是数字，请填写数字"),
        .init("import.negative", "negative; type 0 to order nothing", "为负数；不订请填 0"),
        .init("import.too_large", "over 1,000,000,000 units", "超过 10 亿件"),
        .init("import.not_whole", "not a whole number of units", "不是整数"),
        .init("import.unknown_state", "not a state; leave the cell, or type approved or rejected", "不是有效状态，请填已审批或已拒绝"),
        .init("import.state_cannot_follow", "the line cannot become this any more", "此行已不能变为该状态"),
        .init(
            "import.price_is_the_suppliers", "the cost comes from supply.csv and is not changed here",
            "单价来自 supply.csv，不在此修改"),
        .init("import.suggestion_changed", "the suggestion has changed since the sheet was written", "表格导出后建议已变化"),
        .init("import.not_changed_here", "not changed here", "此列不在此修改"),

        // Check of a plan: 0 lead time, 1 its deviation, 2 demand over lead time plus review, 3 units between s and S.
        .init("check.few", "too few cycles to judge it by", "周期太少，无法判断"),
        .init(
            "check.above.lot",
            "a lot of {3} units lasts whole reviews: the position falls less far below s than it may",
            "每次订货量 {3} 件恰为整数个订货检查周期：水位低于 s 的程度小于估计"),
        .init(
            "check.above.crossing",
            "orders overtake each other: a lead time of {0} ± {1} days is longer than the review period",
            "提前期 {0} ± {1} 天长于订货检查周期，后到的订单先到，波动小于估计"),
        .init(
            "check.above.quiet", "days without demand cannot fail: {2} units are wanted in the time to cover",
            "无需求的日子不会缺货：覆盖期内仅需 {2} 件"),
        .init("check.above.form", "the law of demand is wider than the demand it stands for", "所选分布比实际需求更分散"),
        .init(
            "check.below.lead_time", "the lead time of {0} ± {1} days spreads further than two points can say",
            "提前期 {0} ± {1} 天波动过大，两点近似不足"),
        .init("check.below.slow", "slow mover: {2} units in the time to cover", "动销慢：覆盖期内仅 {2} 件"),
        .init(
            "check.below.skew", "demand of single days is more skewed than their sum is taken to be",
            "单日需求的偏斜大于汇总分布的估计"),
        .init(
            "cli.plan_check",
            "promised service kept in {0} of {1} rows judged, {2} below, {3} above; by units promised {6}, planned with whole units {7}, reached {8}; units served at once: {4} ± {5}",
            "在 {1} 行中有 {0} 行达到承诺，{2} 行低于，{3} 行高于；按件数：承诺 {6}，含整件 {7}，达到 {8}；立即满足率 {4} ± {5}"),
        .init(
            "cli.import_checked", "{0} lines matched, {1} differences, {2} to be decided", "匹配 {0} 行，差异 {1} 处，待决定 {2} 行"
        ),
        .init("cli.import_recorded", "{0} decisions recorded by {1}", "已由 {1} 记录 {0} 项决定"),
        .init(
            "cli.import_not_recorded", "nothing was recorded: give --workspace and --by to record",
            "未记录：请加 --workspace 和 --by"),
        .init(
            "cli.budget",
            "budget left {0}: asked {1}, spent {2}; worth {3}, no choice within it could be worth more than {4}",
            "剩余预算 {0}：需求 {1}，实用 {2}；价值 {3}，上限 {4}"),
        .init(
            "cli.order_worth",
            "these orders are worth {0}; no choice under the same rules could be worth more than {1}",
            "本次订货价值 {0}；同样规则下的上限为 {1}"),
        .init(
            "cli.plan_trial.shelves",
            "each level of nodes by itself, as it is promised: {0} ± {1} of units served from stock; promised {2}, and {3} with what whole units and levels that move from day to day do",
            "各级仓单独按承诺口径：件数现货满足率 {0} ± {1}；承诺 {2}，含整件与逐日变动的目标库存 {3}"),
        .init(
            "cli.plan_trial.leaving",
            "the same, but buyers who find nothing go away and are not made up for: {0} ± {1}",
            "同上，但买家遇缺货即离开、不再补发：{0} ± {1}"),
        .init(
            "cli.plan_trial.network",
            "with the nodes feeding each other, each serving its own regions: {0} ± {1}; a node above is short at times, and orders of those below come in swings",
            "各仓逐级补货、各自服务本区域：{0} ± {1}；上级仓有时缺货，下级仓补货有起伏"),
        .init(
            "cli.plan_trial.shop",
            "in the shop as it is: {0} ± {1}; other nodes stand in, transfers are by the case and several a day, unpaid and returned goods come back, some orders are huge",
            "按店铺实际运行：{0} ± {1}；其他仓可代发，调拨按整箱且一日数次，未付款与退货回库，个别订单特大"),
        .init(
            "cli.plan_trial.suppliers",
            "the same with suppliers as they are, late, short, or at their weekly limit: {0} ± {1}",
            "同上，供应商按实际表现（延迟、短交、周产能）：{0} ± {1}"),
        .init(
            "cli.plan_trial.kept", "the promise lies within the interval of what was reached",
            "承诺落在实际区间之内"),
        .init(
            "cli.plan_trial.missed", "the promise does NOT lie within the interval of what was reached",
            "承诺未落在实际区间之内"),
        .init(
            "cli.plan_trial.rows",
            "{0} shelves judged: {1} kept, {2} below, {3} above (by chance alone some {5} each way); {4} ask for too little to tell",
            "判定 {0} 个货架：{1} 个达到，{2} 个低于，{3} 个高于（纯属偶然约各 {5} 个）；{4} 个需求太少无法判断"),
        .init("cli.plan_trial.why", "  {0}: {1}", "  {0} 个：{1}"),
        .init("trial.demand_above", "buyers asked for more than was forecast", "实际需求高于预测"),
        .init("trial.demand_below", "buyers asked for less than was forecast", "实际需求低于预测"),
        .init(
            "trial.moving", "levels rise from day to day, and what is on its way was ordered for lower ones",
            "目标库存逐日上升，在途货量按较低目标下单"),
        .init(
            "trial.spread",
            "not by how much was asked, but by when, and by when goods came", "并非需求总量所致，而是需求与到货的时间分布"),
        .init("trial.few", "too few units to judge it by", "件数太少，无法判断"),
        .init("column.planned", "Planned", "计划"),
        .init("column.days_late", "Days late", "延误天数"),
        .init("column.waste", "Expected to expire", "预计过期"),
        .init("column.service_planned", "Service with whole units", "含整件的服务水平"),
        .init("service.cycle", "cycle", "周期服务水平"),
        .init("service.fill", "fill", "满足率"),
        .init("service.line", "line", "订单行满足率"),
        .init("service.cost", "cost", "成本最优"),
        .init("lead_time.terms", "terms", "条款"),
        .init("lead_time.assumed", "assumed", "假定"),
        .init("lead_time.measured", "measured {0}", "实测 {0}"),
        .init("verdict.kept", "kept", "达到"),
        .init("verdict.above", "above", "高于"),
        .init("verdict.below", "below", "低于"),
        .init("verdict.few", "few", "样本少"),
        .init("column.asked_units", "Asked for", "需求件数"),
        .init("column.expected_units", "Expected", "预计件数"),
        .init("column.law_fit", "Gap of the law", "分布拟合差距"),
        .init("column.money", "Money in stock", "库存资金"),
        .init("column.next_unit", "Next unit of money serves", "下一元的效益"),
        .init("column.after_limits", "After capacity and space", "产能与库容后"),
        .init("column.demand_a_day", "Demand a day", "日均需求"),
        .init("column.class", "Class", "分类"),
        .init("column.span", "Span", "区间"),
        .init("column.stock_rows", "Stock rows", "库存行"),
        .init("column.stock_value", "Stock value", "库存金额"),
        .init("column.turnover_days", "Turnover days", "周转天数"),
        .init("column.in_stock_share", "In stock", "现货率"),
        .init("column.in_stock_by_demand", "In stock by demand", "现货率（按需求）"),
        .init("column.planned_value", "Planned value", "计划库存金额"),
        .init("column.planned_turnover_days", "Planned turnover days", "计划周转天数"),
        .init("column.planned_in_stock", "Planned in stock", "计划现货率"),
        .init("column.value_change", "Change", "变化"),
        .init("column.age", "Age", "库龄"),
        .init("column.reached", "Reached", "实际"),
        .init("column.plus_minus", "Plus or minus", "误差"),
        .init("column.cycles", "Cycles", "周期数"),
        .init("column.latest_order", "Order by", "最晚下单日"),
        .init("column.arrives", "Arrives", "预计到仓"),
        .init("column.dock_date", "Wanted on the dock", "应到仓日"),
        .init("column.timing", "In time?", "是否赶得上"),
        .init("promotion_timing.in_time", "in time", "赶得上"),
        .init("promotion_timing.late", "late: order today", "已晚：今天就下单"),
        .init("promotion_timing.missed", "misses the promotion: nothing to buy", "赶不上活动：不再采购"),
        .init("column.promotion_mean", "Demand in the promotion", "活动期需求"),
        .init("column.promotion_p50", "Demand P50", "需求 P50"),
        .init("column.promotion_p90", "Demand P90", "需求 P90"),
        .init("column.without_promotion", "Without promotion", "无活动时"),
        .init("column.wanted", "Wanted", "需求量"),
        .init("column.cost_of_shortage", "Cost of a unit short", "缺一件的损失"),
        .init("column.cost_of_leftover", "Cost of a unit left", "剩一件的损失"),
        .init("column.second_order", "Second order", "可补货"),
        .init("column.leftover_less_10", "Left over at -10 %", "少订 10% 的剩余"),
        .init("column.lost_margin_less_10", "Margin lost at -10 %", "少订 10% 的毛利损失"),
        .init("column.leftover_as_suggested", "Left over", "预计剩余"),
        .init("column.lost_margin_as_suggested", "Margin lost", "预计毛利损失"),
        .init("column.leftover_more_10", "Left over at +10 %", "多订 10% 的剩余"),
        .init("column.lost_margin_more_10", "Margin lost at +10 %", "多订 10% 的毛利损失"),
        .init("column.change", "Change", "变化"),
        .init("column.short", "Short", "缺货"),
        .init("column.cost_of_leftovers", "Cost of leftovers", "剩余成本"),
        .init("table.supplier_orders", "Orders by supplier", "按供应商汇总"),
        .init("table.order_worth", "Budget and worth", "预算与价值"),
        .init("column.lines_left_out", "Lines left out", "未订行"),
        .init("column.minimum_order_value", "Least order value", "最低订单金额"),
        .init("column.minimum_order_units", "Least order units", "最低订单件数"),
        .init("column.weekly_capacity", "Sends in a week", "周产能"),
        .init("column.container_volume", "Container holds", "货柜容积"),
        .init("column.containers", "Containers", "货柜数"),
        .init("column.last_container_fill", "Last one filled", "末柜装载率"),
        .init("column.budget_left", "Budget left", "剩余预算"),
        .init("column.asked_for", "Asked for", "需求金额"),
        .init("column.spent", "Spent", "实用金额"),
        .init("column.worth", "Worth", "价值"),
        .init("column.worth_at_most", "No others worth more than", "价值上限"),
        .init("table.exceptions", "Exceptions", "异常"),
        .init("table.suppliers", "Suppliers", "供应商"),
        .init("table.stock_health", "Stock health", "库存健康"),
        .init("table.stock_ageing", "Ageing", "库龄与可售天数"),
        .init("table.transfer_suggestions", "Transfers", "调拨"),
        .init("table.stock_targets", "Targets", "目标库存"),
        .init("table.plan_check", "Check of the plan", "计划校验"),
        .init("table.promotion_buys", "Promotion buy", "备货"),
    ]
}
