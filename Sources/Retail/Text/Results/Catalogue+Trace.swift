extension Catalogue {
    /// The story of an order, as `granary trace` tells it.
    static let trace: [CatalogueEntry] = [
        .init(
            "trace.placed", "Placed on {0} from {1}: {2} lines, {3} units.", "在 {0} 下单，来自 {1}：{2} 行，{3} 件。"),
        .init("trace.on_show", "The shop showed only {0} of them.", "店铺仅显示其中 {0} 件有货。"),
        .init("trace.due", "To pay: {0}.", "应付：{0}。"),
        .init("trace.reserved", "Stock reserved at {0}.", "在 {0} 预占库存。"),
        .init("trace.short", "{0} units could not be reserved.", "有 {0} 件无法预占。"),
        .init("trace.timed_out", "Not paid in time; the stock is free again.", "超时未支付，库存已释放。"),
        .init("trace.paid", "Paid {0}.", "已支付 {0}。"),
        .init("trace.reviewed_by_rule", "Passed the automatic review.", "通过自动审单。"),
        .init("trace.reviewed_by_clerk", "Reviewed by a clerk.", "经人工审单。"),
        .init("trace.routed", "Sent to {0}; tier: {1}; promised by {2}.", "派单至 {0}；时效：{1}；承诺 {2} 前送达。"),
        .init("trace.cancelled", "Cancelled by the buyer; the stock is free again.", "买家取消，库存已释放。"),
        .init(
            "trace.cancelled_too_late", "The buyer wished to cancel, but the goods were on their way.", "买家申请取消，但货已发出。"),
        .init("trace.pick_started", "Picking began at {0}, to end at {1}.", "{0} 开始拣货，预计 {1} 完成。"),
        .init("trace.picked", "{0} picked the parcel; lines: {1}.", "{0} 完成拣货，行数：{1}。"),
        .init(
            "trace.handed_over", "Handed to {0}: departs {1}, arrives {2}, freight {3}.",
            "交付 {0}：{1} 发出，{2} 到达，运费 {3}。"),
        .init("trace.delivered", "Delivered within the promise.", "按时送达。"),
        .init("trace.delivered_late", "Delivered late.", "延迟送达。"),
        .init("trace.returned", "{0} lines came back; {1} refunded.", "退回 {0} 行，退款 {1}。"),
        .init("trace.inspected", "Inspected: {0} units back on the shelf, {1} written down.", "质检：{0} 件重新上架，{1} 件减值。"),
        .init("trace.ended", "The order ended: {0}.", "订单终结：{0}。"),
        .init(
            "trace.none", "no order {0} is placed in replication {1}; orders of it that can be traced:",
            "重复 {1} 中没有订单 {0}；可追踪的订单："),
        .init(
            "trace.choose", "one order for each way an order ended in replication {0}; trace one of them by its name:",
            "重复 {0} 中每种结局各一张订单；可用其编号追踪："),
    ]
}
