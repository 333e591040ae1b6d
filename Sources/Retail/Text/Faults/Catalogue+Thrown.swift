extension Catalogue {
    /// What errors say that are thrown in English (their `description`): recognised by pattern where a command or a page
    /// shows them.
    static let thrown: [(english: String, chinese: String)] =
        stockFaults + stockExpectations + stockNames + workspaceFaults + sheetFaults + forecastFaults + placementFaults

    /// A stock policy's parameters, as `granary solve` takes them.
    private static let stockFaults: [(english: String, chinese: String)] = [
        (
            "{0} is {1}, expected {2}; correct it in the scenario or the data set",
            "{0}为 {1}，应为{2}；请改正"
        ),
        ("{0} is '{1}', expected {2}", "{0}为“{1}”，应为{2}"),
        ("{0} has {1} entries, expected {2}; give one entry per row", "{0}有 {1} 项，应为 {2} 项；请每行给出一项"),
        (
            """
            demand of SKU {0} at node {1} on day {2} is {3}, expected a number of 0 or more; correct the forecast or its \
            adjustments
            """,
            "商品 {0} 在节点 {1} 第 {2} 日的需求为 {3}，应为不小于 0 的数；请改正预测或其调整"
        ),
        ("{0} does not fit 64 bits; check quantities and prices for typing errors", "{0} 超出 64 位；请检查数量与价格是否写错"),
    ]

    private static let stockExpectations: [(english: String, chinese: String)] = [
        ("a number of 0 or more", "不小于 0 的数"),
        ("a number of 0 or more, at most 1e15", "不小于 0 且不超过 1e15 的数"),
        ("a number above 0, at most 1e15", "大于 0 且不超过 1e15 的数"),
        ("a share strictly between 0 and 1", "介于 0 与 1 之间（不含）的比例"),
        ("0 or more", "不小于 0 的数"),
        ("0 or more, not both 0, at most 1e15", "不小于 0 且不超过 1e15 的数，不全为 0"),
        ("days, 0 or more", "不小于 0 的天数"),
        ("periods, 0 or more", "不小于 0 的期数"),
        ("a number of periods, 0 or more", "不小于 0 的期数"),
        ("periods above 0 where it varies", "大于 0 的期数（提前期波动时）"),
        ("whole periods", "整数期"),
        ("whole periods, 0 or more", "不小于 0 的整数期"),
        ("whole periods, 0 to {0}", "不超过 {0} 的整数期（自 0 起）"),
        ("whole periods, fewer than the slow one's", "整数期，且短于慢速供应商"),
        ("whole periods and whole units for observed demand; give a law otherwise", "整数期与整数件（使用实测需求时），否则请给出分布"),
        ("whole units, 0 or more", "不小于 0 的整数件"),
        ("units of 0 or more", "不小于 0 的件数"),
        ("1 to {0} units", "介于 1 与 {0} 之间的件数"),
        ("fewer units; count in larger ones", "更少的件数；请用更大的单位计数"),
        ("fewer than {0} units; count in larger ones", "少于 {0} 件；请用更大的单位计数"),
        ("fewer than {0} units over the lead time", "提前期内少于 {0} 件"),
        ("fewer than {0} units over the lead time; count in larger units", "提前期内少于 {0} 件；请用更大的单位计数"),
        (
            "fewer units (count in larger ones) and a shortage cost that holding does not vanish beside",
            "更少的件数（请用更大的单位计数），且缺货成本不致使持有成本可忽略"
        ),
        ("at most {0} units where sales are lost; count in larger units", "不超过 {0} 件（缺货即流失时）；请用更大的单位计数"),
        ("an order of fewer than {0} units; count in larger units", "使订货量少于 {0} 件的数；请用更大的单位计数"),
        (
            "orders and a spread of fewer than {0} units; count in larger units, or take a normal or gamma law",
            "使订货量与离散程度少于 {0} 件的数；请用更大的单位计数，或改用 normal 或 gamma 分布"
        ),
        ("a law whose largest demand stays below {0} units", "最大需求低于 {0} 件的分布"),
        ("a spread that fits the grid", "离散程度与网格相容的分布"),
        (
            """
            a law such as poisson:10, normal:50,8 (mean, standard deviation), gamma:20,6, negative-binomial:4,3 (its \
            variance above its mean) or empirical:3,0,7
            """,
            """
            分布，如 poisson:10、normal:50,8（均值、标准差）、gamma:20,6、negative-binomial:4,3（方差大于均值）或 \
            empirical:3,0,7
            """
        ),
        (
            """
            a law whose mean and standard deviation are at most a thousand million units, and numbers that it can be \
            reckoned with; count in larger units
            """,
            "均值与标准差不超过十亿件、可以计算的分布；请用更大的单位计数"
        ),
        (
            "less than 1e15 times the holding cost, and more than 1e-300 times; no stock is enough else",
            "持有成本的 1e-300 至 1e15 倍，否则多少库存都不够"
        ),
        ("Poisson demand under continuous review where sales are lost; LostSales has the rest", "泊松需求（连续检查且缺货即流失时）"),
        ("probabilities", "概率"),
        ("probabilities that add up to 1, not all at 0", "总和为 1 且不全在 0 处的概率"),
        ("more than demand", "大于需求的数"),
        ("a cost between salvage and price", "残值与售价之间的成本"),
        ("a price from 0 or 1 units on", "自 0 或 1 件起的价格"),
        ("prices of 0 or more, the first from 1 on", "不小于 0 的价格，首档自 1 件起"),
        ("prices that a quantity can reach", "有数量可以达到的价格"),
        ("quantities that rise", "递增的数量"),
        ("each quantity once", "各不相同的数量"),
        ("no less than the first's", "不低于首单的成本"),
        ("a number from 1 to 100", "介于 1 与 100 之间的数"),
        ("smaller numbers", "较小的数"),
        ("longer periods, of which fewer are counted", "较长的期，使期数较少"),
        ("at most {0} periods; count in longer ones", "不超过 {0} 期；请用更长的期计数"),
        ("suppliers that do not lead back to it in a circle", "不致循环回到自身的供应方"),
        (
            "a finite number, which these parameters do not give; take costs, units and times between 1e-12 and 1e12",
            "有限数值，而这些参数得不到；请使成本、数量与时间在 1e-12 与 1e12 之间"
        ),
    ]

    private static let stockNames: [(english: String, chinese: String)] = [
        ("demand", "需求"), ("lead time", "提前期"), ("budget", "预算"), ("demand rate", "需求率"),
        ("mean demand", "平均需求"), ("holding cost", "持有成本"),
        ("holding rate", "持有成本率"), ("order cost", "订货成本"), ("order quantity", "订货量"),
        ("shortage cost", "缺货成本"), ("cycle service level", "周期服务水平"), ("fill rate", "满足率"),
        ("order-line fill", "整行满足率"), ("service level", "服务水平"), ("production rate", "生产率"),
        ("price break", "价格档"), ("first price break", "首个价格档"), ("price breaks", "价格档"),
        ("lead time deviation", "提前期标准差"), ("lead time of the fast supplier", "快速供应商的提前期"),
        ("shelf life or lead time", "保质期或提前期"), ("holding or waste cost", "持有或报废成本"),
        ("demand probabilities", "需求概率"), ("demand over the lead time", "提前期内的需求"),
        ("demand or shortage cost", "需求或缺货成本"), ("cost of the second order", "第二单的成本"),
        ("lead times of all stages", "各级提前期之和"), ("premium", "加价"), ("lot", "批量"),
        ("sample of demand", "需求样本"),
    ]

    private static let workspaceFaults: [(english: String, chinese: String)] = [
        (
            "{0}: not a Granary workspace; name another file, or move this one away and a new workspace is made",
            "{0}：不是粮仓的工作区；请换一个文件，或移走此文件以新建工作区"
        ),
        (
            """
            {0}: written by a newer Granary (workspace version {1}, this build knows {2}); update Granary or name another \
            file
            """,
            "{0}：由更新版本的粮仓写成（工作区版本 {1}，本程序支持到 {2}）；请更新粮仓，或换一个文件"
        ),
        ("{0}: its folder does not exist; make the folder or name another file", "{0}：所在文件夹不存在；请新建该文件夹，或换一个文件"),
        (
            """
            {0}: cannot be written; make the file and its folder writable for this user, or name a workspace elsewhere
            """,
            "{0}：无法写入；请使文件及其文件夹对本用户可写，或把工作区放在别处"
        ),
        (
            """
            {0}: no room left to write (disk, quota or file-size limit); free some space and run again - what was stored \
            before is untouched
            """,
            "{0}：空间不足，无法写入（磁盘、配额或文件大小限制）；请释放空间后重新运行，此前保存的内容不受影响"
        ),
        ("{0}: another process is writing to it; wait for it to finish and try again", "{0}：另一进程正在写入；请等它结束后重试"),
        (
            "{0}: damaged - {1}; restore the file from a copy, or delete the run and repeat it",
            "{0}：已损坏（{1}）；请用备份恢复，或删除该运行后重新运行"
        ),
        ("{0}: there is no run {1}; list the runs to see which there are", "{0}：没有运行 {1}；请先列出已有的运行"),
        (
            "{0}: there is no book of suggestions {1}; list the books to see which there are",
            "{0}：没有建议簿 {1}；请先列出已有的建议簿"
        ),
        (
            "{0}: {1} is {2} and cannot become {3}; it can become nothing else",
            "{0}：{1} 的状态为 {2}，不能改为 {3}，也不能再改"
        ),
        ("{0}: {1} is {2} and cannot become {3}; it can become {4}", "{0}：{1} 的状态为 {2}，不能改为 {3}；可改为 {4}"),
        ("{0}: run {1} is {2}, not running, so its outcome cannot change", "{0}：运行 {1} 的状态为 {2}，已不在运行，结果不能再改"),
        ("{0}: cannot store this - {1}", "{0}：无法保存：{1}"),
        ("a change to the forecast needs the name of its author", "预测调整须写明调整人"),
        ("to withdraw a change takes a name", "撤回调整须写明姓名"),
        ("there is no change {0} to forecasts of {1}", "没有对 {1} 预测的调整 {0}"),
        ("change {0} was withdrawn by {1} before", "调整 {0} 已由 {1} 撤回"),
        ("a decision on {0} needs the name of who decides", "对 {0} 的决定须写明决定人"),
        ("the quantity decided for {0} is negative", "对 {0} 决定的数量为负数"),
        ("two figures or two tables of one run have the same name", "同一次运行中有两个同名的指标或表"),
    ]

    private static let sheetFaults: [(english: String, chinese: String)] = [
        ("{0}: cannot be read; check the path and its permissions", "{0}：无法读取；请检查路径及其权限"),
        (
            "{0}: not an .xlsx workbook; save it as .xlsx (not .xls or .et) or as CSV UTF-8",
            "{0}：不是 .xlsx 工作簿；请另存为 .xlsx（而非 .xls 或 .et）或 CSV UTF-8"
        ),
        (
            "{0}: {1}, far more than a sheet of suggestions; nothing was read - use the file Granary wrote",
            "{0}：{1}，远大于采购建议表；未读取任何内容，请使用粮仓写出的文件"
        ),
        ("{0}: protected by a password; save it without one", "{0}：有密码保护；请去掉密码后另存"),
        (
            "{0}: {1} is damaged ({2}); open it in a spreadsheet and save it again as .xlsx",
            "{0}：{1} 已损坏（{2}）；请用表格软件打开并重新存为 .xlsx"
        ),
        (
            "{0}: no sheet has the columns {1}; use a file written by `granary suggest --out` or --orders",
            "{0}：没有工作表含有列 {1}；请使用 `granary suggest --out` 或 --orders 写出的文件"
        ),
        ("no size", "没有大小"), ("cannot be unpacked", "无法解压"),
    ]

    private static let forecastFaults: [(english: String, chinese: String)] = [
        ("the horizon is {0}; give at least 1 step", "预测期为 {0}；至少为 1 步"),
        ("the season is {0} steps; give at least 1 (1 is no season)", "季节长度为 {0} 步；至少为 1（1 表示无季节）"),
        ("the number of origins is {0}; give at least 1", "回测起点数为 {0}；至少为 1"),
        ("the stride between origins is {0} steps; give at least 1", "回测起点间隔为 {0} 步；至少为 1"),
        ("the quantile levels {0} must be ascending and lie between 0 and 1", "分位水平 {0} 须递增并在 0 与 1 之间"),
        ("no model was given to choose from; name at least one", "没有可选的模型；请至少给出一个"),
        ("the panel's axis has no steps; there is no day to forecast from", "时间轴为空，没有可供预测的起始日"),
        (
            "the axis has {0} steps, the backtest needs more than {1}; ask for fewer origins or a shorter horizon",
            "时间轴有 {0} 步，回测需要多于 {1} 步；请减少起点数或缩短预测期"
        ),
        (
            "the calendar knows {0} days, the forecast needs {1}; add the days ahead or forecast fewer",
            "日历有 {0} 天，预测需要 {1} 天；请补上未来的日子，或缩短预测期"
        ),
        ("the regression on the calendar cannot be solved: {0}", "日历回归无法求解：{0}"),
        ("series and totals cannot be made to agree: {0}", "序列与合计无法取得一致：{0}"),
        ("totals are forecast for daily and weekly data, not by {0}", "合计预测仅限日与周数据，不支持 {0}"),
        ("there are no sales for {0}; the last day is {1}", "没有 {0} 的销售；最后一日为 {1}"),
        ("the forecast was cancelled", "预测已取消"),
    ]

    private static let placementFaults: [(english: String, chinese: String)] = [
        ("{0} has {1} entries, expected {2}", "{0}有 {1} 项，应为 {2} 项"),
        (
            "{0} number {1} is {2}; expected a finite number, not negative for weights and distances",
            "第 {1} 个 {0} 为 {2}；应为有限数值，权重与距离不为负"
        ),
        (
            "{0} number {1} is {2}; the largest that can be reckoned with is 1e+15: count in larger units",
            "第 {1} 个 {0} 为 {2}；最大可计算到 1e+15，请用更大的单位"
        ),
        (
            """
            no candidate reaches any region within the hour: candidate {0} and region {1}, the closest, are {2} km apart by \
            road, and a site reaches {3} km; check the coordinates or widen the radius
            """,
            "没有候选站点能在一小时内到达任何区域：最近的候选站点 {0} 与区域 {1} 相距 {2} 公里路程，而站点可达 {3} 公里；请检查坐标或扩大半径"
        ),
        (
            "{0} from {1} to {2} is {3}, but {4} the other way; make both the same",
            "{0}自 {1} 至 {2} 为 {3}，反向却为 {4}；请使两者一致"
        ),
        (
            """
            {0} {1} lies at latitude {2}, longitude {3}, outside -90...90 or -180...180; check whether the two are swapped
            """,
            "{0} {1} 位于纬度 {2}、经度 {3}，超出 -90...90 或 -180...180；请检查两者是否写反"
        ),
        (
            """
            {0} {1} lies at latitude {2}, longitude {3}, far from all other places, but among them when the two are \
            swapped; swap them or correct the coordinates
            """,
            "{0} {1} 位于纬度 {2}、经度 {3}，远离其他各处，对调后则在其中；请对调，或改正坐标"
        ),
        (
            "no region has any demand, so that no site is better than another; give demand, or check its dates and units",
            "各区域均无需求，站点无从比较优劣；请给出需求，或检查其日期与单位"
        ),
        ("region {0}: {1}", "区域 {0}：{1}"), ("candidate {0}: {1}", "候选站点 {0}：{1}"),
        ("candidate {0} is listed twice; drop one of the two", "候选站点 {0} 重复；请删去其一"),
        (
            "candidates {0} and {1} stand on the same spot; drop one or correct its coordinates",
            "候选站点 {0} 与 {1} 位置相同；请删去其一，或改正坐标"
        ),
        ("site number {0} is not among the candidates", "站点 {0} 不在候选之列"),
        (
            "site number {0} is both required and forbidden; drop one of the two",
            "站点 {0} 既为必选又为禁选；请取消其一"
        ),
        (
            """
            between {0} and {1} sites are asked for, but {2} are required and {3} allowed; widen the bounds or change the \
            required and forbidden sites
            """,
            "要求 {0} 至 {1} 个站点，而必选 {2} 个、可选 {3} 个；请放宽数量，或更改必选与禁选站点"
        ),
        (
            """
            region number {0} is out of reach of every allowed site and existing node; widen the service radius, allow a \
            site or add a node that serves it
            """,
            "区域 {0} 不在任何可选站点与现有节点的服务范围内；请扩大服务半径、放开站点，或增设可服务它的节点"
        ),
        (
            """
            no choice of at most {0} sites reaches every region (region number {1} stays out of reach); raise the number \
            of sites or the service radius
            """,
            "至多 {0} 个站点无法覆盖所有区域（区域 {1} 无法覆盖）；请增加站点数或扩大服务半径"
        ),
        (
            """
            the sites have room for {0} units, but {1} are demanded; raise capacities or the number of sites, or widen \
            their reach
            """,
            "站点容量为 {0} 件，需求为 {1} 件；请提高容量、增加站点数，或扩大其范围"
        ),
        (
            """
            the budget of {0} is too small: the cheapest choice known that obeys every other rule costs {1} to open; raise \
            the budget or change what is required
            """,
            "预算 {0} 不足：满足其他条件的已知最省方案需 {1}；请提高预算，或更改要求"
        ),
        (
            """
            region number {0} demands {1} units, but no site within reach holds more than {2}; let it be served from \
            several sites or raise a capacity
            """,
            "区域 {0} 需求 {1} 件，而可及站点容量最大为 {2}；请允许多站点供应，或提高容量"
        ),
        (
            """
            the sites have room for {0} units and {1} are demanded, but no way of serving each region from one site only \
            fits; let regions be served from several sites or raise capacities
            """,
            "站点容量为 {0} 件，需求为 {1} 件，但每区域仅由一个站点供应时无可行方案；请允许多站点供应，或提高容量"
        ),
        (
            "the work limit ended the search before every region was reached; raise the work limit",
            "达到计算量上限时尚未覆盖所有区域；请提高上限"
        ),
        ("{0} and {1} cannot be asked for together; leave one of them out", "{0} 与 {1} 不能同时使用；请去掉其一"),
        ("'{0}' is no objective; write one of {1}", "“{0}”不是目标；请填其中之一：{1}"),
    ]
}
