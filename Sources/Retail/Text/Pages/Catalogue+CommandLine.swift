extension Catalogue {
    /// What the command line says to people.
    static let commandLine: [CatalogueEntry] = [
        .init("cli.error", "error: {0}", "错误：{0}"),
        .init("cli.interrupted", "interrupted", "已中断"),
        .init("cli.written", "written: {0}", "已写入：{0}"),
        .init("cli.running", "running {0}", "正在运行 {0}"),
        .init("cli.seconds", "done in {0} s", "用时 {0} 秒"),
        .init("cli.orders_simulated", "orders simulated", "已模拟订单"),
        .init(
            "cli.valid.dataset", "{0} SKUs, {1} demand series, {2} orders, {3} assumptions",
            "{0} 个商品，{1} 条需求序列，{2} 张订单，{3} 项假设"),
        .init("cli.valid.scenario", "scenario: {0}", "场景：{0}"),
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

    /// What commands note while they work.
    static let notes: [(english: String, chinese: String)] = [
        ("{0}: {1} of {2} ({3} %), {4}/s", "{0}：{1} / {2}（{3} %），每秒 {4}"),
        (", {0} s left", "，还需 {0} 秒"),
        ("{0} new series are forecast from items like them", "{0} 条新序列参照同类商品预测"),
        (
            "sold out on {0} steps of a series: {1} raised by {2} units in all, {3} without sales left out",
            "序列中有 {0} 步售罄：{1} 步共上调 {2} 件，{3} 步无销售而不计"
        ),
        ("; {0} series were never in stock", "；{0} 条序列从未有货"),
        (
            """
            {0} series have a stretch of zeros too long for chance, such as {1} from {2} to {3}; they count as demand: \
            where articles were sold out, give the column in_stock or stock
            """,
            "{0} 条序列有长得不似偶然的连续零值，例如 {1} 自 {2} 至 {3}；均按需求为零计：若实为售罄，请给出 in_stock 或 stock 列"
        ),
        ("stage: {0}", "生命周期：{0}"), ("not launched", "未上市"), ("launch", "上市期"), ("mature", "成熟期"),
        ("decline", "衰退期"), ("end", "已停售"), ("level", "水平"), ("stock-out correction", "售罄修正"), ("trend", "趋势"),
        ("weekday", "星期"), ("season", "季节"), ("year", "年度"), ("events", "节日与事件"), ("holidays", "节假日"),
        ("agreement", "层级一致"), ("price", "价格"), ("not listed", "未上架"), ("signals", "信号"),
        ("people", "人工调整"),
    ]

    /// Why a command cannot go on.
    static let refusals: [(english: String, chinese: String)] = [
        (
            "the workspace holds no finished run yet; start one with `granary run`",
            "工作区中还没有完成的运行；请先用 `granary run` 运行"
        ),
        (
            "{0}: there is no such workspace; name one with --workspace, or make it with `granary run`",
            "{0}：没有这个工作区；请用 --workspace 指定，或用 `granary run` 建立"
        ),
        (
            """
            {0}: there are no daily prices that move and no past promotions to learn from; give prices.csv, \
            promotions.csv, or a price column in demand.csv
            """,
            "{0}：没有变动的日价格，也没有可供学习的历史活动；请提供 prices.csv、promotions.csv，或 demand.csv 中的 price 列"
        ),
        ("{0}: a data set is checked whole: give the folder this file is in", "{0}：数据集须整体检查，请给出该文件所在的文件夹"),
        ("there is no series '{0}'; there are {1}", "没有序列“{0}”；现有 {1}"),
        (
            "{0}: there are no changes to the forecast; give adjustments.csv or --adjustments FILE",
            "{0}：没有预测调整；请提供 adjustments.csv 或 --adjustments 文件"
        ),
        (
            "the workspace holds no suggestions yet; make some with `granary suggest FOLDER --workspace`",
            "工作区中还没有采购建议；请先用 `granary suggest 文件夹 --workspace` 生成"
        ),
        ("the latest book has no line of {0} for that node and supplier", "最新建议簿中没有 {0} 在该节点与供应商的建议"),
        ("the latest book has several lines of {0}; name one of: {1}", "最新建议簿中 {0} 有多条建议，请选择其一：{1}"),
        (
            "no order of {0} is outstanding (order code: {1}); see --outstanding",
            "{0} 没有未到的订单（订单号：{1}），见 --outstanding"
        ),
        ("{0} was ordered for several lines; name one of: {1}", "{0} 向多个节点或供应商下过单，请选择其一：{1}"),
        ("the book does not hold {0}; make it anew from the data set", "该建议簿中没有 {0}；请由数据集重新生成"),
        ("--promotion needs a data set folder or a scenario", "--promotion 需要数据集文件夹或场景"),
        ("there is no promotion '{0}'; there are {1}", "没有活动“{0}”；现有 {1}"),
        ("nothing needs to be ordered of {0}", "{0} 无需采购"),
        ("there is no SKU '{0}' in the data set", "数据集中没有商品“{0}”"),
    ]
}
