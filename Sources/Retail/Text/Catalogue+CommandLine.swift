extension Catalogue {
    /// What the command line says to people.
    static let commandLine: [CatalogueEntry] = [
        .init("cli.written", "written: {0}", "已写入：{0}"),
        .init("cli.running", "running {0}", "正在运行 {0}"),
        .init("cli.seconds", "done in {0} s", "用时 {0} 秒"),
        .init("cli.orders_simulated", "orders simulated", "已模拟订单"),
        .init(
            "cli.valid.dataset", "{0} SKUs, {1} demand series, {2} orders, {3} assumptions",
            "{0} 个商品，{1} 条需求序列，{2} 张订单，{3} 项假设"),
        .init("cli.valid.scenario", "scenario: {0}", "场景：{0}"),
        .init("cli.nothing_to_order", "nothing needs to be ordered of {0}", "{0} 无需采购"),
        .init("cli.unknown_sku", "there is no SKU '{0}' in the data set", "数据集中没有商品“{0}”"),
        .init(
            "cli.no_placement",
            "the scenario has no placement to solve; set network.front_warehouses=placed",
            "该场景没有选址问题；请设置 network.front_warehouses=placed"),
        .init(
            "cli.no_network_today",
            "today's network does not reach every region: there is nothing to compare with",
            "现有网络无法覆盖所有区域，无从比较"),
        .init(
            "cli.placement", "{0} sites, {1} of orders in reach of the hour, gap {2} ({3})",
            "{0} 个站点，一小时圈覆盖 {1} 的订单，最优性差距 {2}（{3}）"),
        .init("cli.path.report", "Report", "报告"),
        .init("cli.path.report_chinese", "Report in Chinese", "中文报告"),
        .init("cli.path.suggestions_csv", "Purchase suggestions (CSV)", "采购建议（CSV）"),
        .init("cli.path.suggestions_xlsx", "Purchase suggestions (XLSX)", "采购建议（XLSX）"),
        .init("cli.path.workspace", "Workspace", "工作区"),
        .init("cli.path.run", "Run", "运行编号"),
        .init("cli.path.digest", "Digest", "结果摘要"),
    ]
}
