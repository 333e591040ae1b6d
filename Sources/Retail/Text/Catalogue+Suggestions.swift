extension Catalogue {
    /// Reasons and explanations of stock targets and purchase suggestions.
    static let suggestions: [CatalogueEntry] = [
        // One sentence per line. 0 quantity, 1 SKU, 2 supplier or upper node, 3 node, then as each needs.
        .init(
            "suggestion.reason.late",
            "Order {0} × {1} from {2} today: stock at {3} runs out on {4}, before an order can arrive on {5}.",
            "今天就向{2}订购 {1} {0} 件:{3}的库存将于 {4} 售罄,而现在下单最早 {5} 才能到货。"),
        .init(
            "suggestion.reason.stockout",
            "Order {0} × {1} from {2} by {4}: stock at {3} runs out on {5} and an order takes {6} days.",
            "请在 {4} 前向{2}订购 {1} {0} 件:{3}的库存将于 {5} 售罄,到货需要 {6} 天。"),
        .init(
            "suggestion.reason.reorder",
            "Order {0} × {1} from {2} by {4}: the inventory position at {3} is {5}, at or below the reorder point of {6}.",
            "请在 {4} 前向{2}订购 {1} {0} 件:{3}的库存水位为 {5} 件,已不高于再订货点 {6} 件。"),
        .init(
            "suggestion.reason.transfer",
            "Move {0} × {1} from {2} to {3}: the inventory position there is {4} and should be {5}.",
            "从{2}向{3}调拨 {1} {0} 件:当地库存水位为 {4} 件,目标为 {5} 件。"),
        .init(
            "suggestion.reason.transfer_short",
            "Move {0} × {1} from {2} to {3}: {4} are needed but the upper node has only {5} to share.",
            "从{2}向{3}调拨 {1} {0} 件:需要 {4} 件,但上级仓仅有 {5} 件可分配。"),

        .init(
            "suggestion.step.demand",
            "Expected demand over lead time plus review is {0} units (P10 {1}, P50 {2}, P90 {3}).",
            "提前期加盘点周期内的预计需求为 {0} 件(P10 {1},P50 {2},P90 {3})。"),
        .init(
            "suggestion.step.target",
            "Safety stock {0} gives a reorder point of {1} and an order-up-to level of {2}.",
            "安全库存 {0} 件,再订货点 {1} 件,目标库存上限 {2} 件。"),
        .init(
            "suggestion.step.position",
            "Position {0} = on hand {1} + in transit {2} + on order {3} - owed {4} (of the stock on hand {5} are reserved).",
            "库存水位 {0} = 现有 {1} + 调拨在途 {2} + 采购在途 {3} - 欠货 {4}(现有库存中已预留 {5})。"),
        .init(
            "suggestion.step.expiring",
            "{0} more units on hand expire before they can be sold and are not counted.",
            "另有 {0} 件现货在售出前就会过期,未计入库存。"),
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
            "达到阶梯价,单价 {1},节省额高于多持有库存的成本:增至 {0} 件。"),
        .init(
            "suggestion.step.order_value", "Raised to {0} so that the supplier's minimum order value is reached.",
            "为达到供应商最低订单金额,增至 {0} 件。"),
        .init(
            "suggestion.step.below_order_value",
            "The order stays below the supplier's minimum order value; talk to the supplier or wait for more lines.",
            "订单仍低于供应商最低订单金额,请与供应商协商或等待合并下单。"),
        .init(
            "suggestion.step.value", "{0} units at {1} make {2} {3}.", "{0} 件,单价 {1},合计 {2} {3}。"),
        .init(
            "suggestion.step.cover", "Days of cover: {0} before, {1} after.", "可售天数:订购前 {0} 天,订购后 {1} 天。"),
        .init(
            "suggestion.step.risk",
            "Probability of running out before the next chance to order takes effect, if nothing is ordered now: {0} %.",
            "如果现在不订,在下一次订货到货前缺货的概率为 {0} %。"),
        .init(
            "suggestion.step.dates", "Order by {0}; goods ordered today arrive on {1}.",
            "最晚下单日 {0};今天下单预计 {1} 到货。"),
        .init(
            "suggestion.step.late", "It is too late already: stock runs out on {0}.", "已经来不及:库存将于 {0} 售罄。"),
    ]
}
