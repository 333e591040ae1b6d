extension Catalogue {
    /// The buyer's pages.
    static let orders: [CatalogueEntry] = [
        .init("planner.orders", "Orders", "采购建议簿"),
        .init(
            "planner.orders.lead", "Books of purchase suggestions, newest first; decisions hold across them.",
            "采购建议簿,最新在前;决定在各簿之间延续有效。"),
        .init(
            "planner.orders.none", "No books yet: granary suggest FOLDER --workspace FILE makes one.",
            "还没有建议簿:运行 granary suggest FOLDER --workspace FILE 即可生成。"),
        .init("planner.orders.book", "Book", "簿号"),
        .init("planner.orders.day", "Day", "日期"),
        .init("planner.orders.dataset", "Data set", "数据集"),
        .init("planner.orders.lines", "Lines", "行数"),
        .init("planner.orders.source", "Made from", "来源"),
        .init("planner.orders.made", "When", "时间"),
        .init("planner.orders.state", "State", "状态"),
        .init("planner.orders.by", "Your name", "姓名"),
        .init("planner.orders.reason", "Reason", "理由"),
        .init("planner.orders.until", "Until", "有效至"),
        .init("planner.orders.order", "Order code", "订单号"),
        .init("planner.orders.drift", "Difference to the fresh suggestion:", "与最新建议相差:"),
        .init("planner.orders.history", "What was decided", "决定记录"),
        .init("planner.orders.steps", "Step by step", "逐步说明"),
        .init("planner.orders.file", "Edited sheet", "修改后的表格"),
        .init("planner.orders.import", "Read an edited sheet back", "读回修改后的表格"),
        .init(
            "planner.orders.import.lead",
            "Download the workbook, change quantities or states in a spreadsheet, and read it back: every difference is "
                + "checked and shown. With your name the changes are recorded; without it they are only shown.",
            "下载工作簿,在电子表格中修改数量或状态后读回:所有差异都会检查并列出。填写姓名则记录,不填仅预览。"),
        .init("planner.orders.import.do", "Check the sheet", "检查表格"),
        .init("planner.decide.approved", "Approve", "审批"),
        .init("planner.decide.rejected", "Reject", "驳回"),
        .init("planner.decide.snoozed", "Put off", "延后"),
        .init("planner.decide.ordered", "Ordered", "已下单"),
        .init("planner.decide.received", "Received", "已收货"),
        .init("planner.decide.closed", "Close", "关闭"),
        .init("planner.decide.proposed", "Leave open", "恢复待审"),
        .init("planner.decide.refused", "A line that is {0} cannot become {1}.", "{0}的行不能变为{1}。"),
    ]
}
