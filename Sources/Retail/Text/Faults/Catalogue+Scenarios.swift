extension Catalogue {
    /// What is said about scenario files that cannot be used.
    static let scenarios: [CatalogueEntry] = [
        .init("scenario.issue", "expected {0}; {1}", "应为{0}；{1}"),
        .init("scenario.further", "... and {0} more", "……另有 {0} 处"),

        .init("scenario.unreadable.expected", "a file that can be read ({0})", "可读取的文件（{0}）"),
        .init("scenario.unreadable.cure", "check the path", "请检查路径"),
        .init("scenario.too_large.expected", "at most {0} bytes", "最多 {0} 字节"),
        .init("scenario.too_large.cure", "move lists of data into the data set", "请把数据清单移入数据集"),
        .init("scenario.not_utf8.expected", "UTF-8 text", "UTF-8 文本"),
        .init("scenario.not_utf8.cure", "save the file in UTF-8 encoding", "请用 UTF-8 编码保存文件"),
        .init("scenario.syntax.expected", "well-formed YAML ({0})", "格式正确的 YAML（{0}）"),
        .init(
            "scenario.syntax.cure", "check indentation, colons and quotes at this place", "请检查此处的缩进、冒号与引号"),
        .init("scenario.too_many_aliases.expected", "at most {0} aliases (*name)", "最多 {0} 个别名（*name）"),
        .init("scenario.too_many_aliases.cure", "write the values out, or use `extends`", "请直接写出各值，或使用 `extends`"),
        .init("scenario.too_many_values.expected", "at most {0} values", "最多 {0} 个值"),
        .init("scenario.too_many_values.cure", "move lists of data into the data set", "请把数据清单移入数据集"),
        .init("scenario.not_mapping.expected", "keys with values, `granary: 1` first", "键与值，且首行为 `granary: 1`"),
        .init("scenario.not_mapping.cure", "begin from a shipped scenario", "请从自带的场景文件改起"),
        .init("scenario.version_not_first.expected", "`granary: 1` as the first key", "首个键为 `granary: 1`"),
        .init("scenario.version_not_first.cure", "put `granary: 1` on the first line", "请在首行写上 `granary: 1`"),
        .init("scenario.bad_version.expected", "the version of the file format, 1", "文件格式版本号 1"),
        .init("scenario.bad_version.cure", "write `granary: 1`", "请写 `granary: 1`"),
        .init("scenario.newer_version.expected", "version {0} or older", "版本 {0} 或更早"),
        .init(
            "scenario.newer_version.cure", "use a newer Granary, or a file of version {0}", "请使用更新的粮仓，或版本 {0} 的文件"
        ),
        .init("scenario.extends_missing.expected", "a file that is there ({0})", "存在的文件（{0}）"),
        .init(
            "scenario.extends_missing.cure", "write the path relative to the file that extends it",
            "请写相对于本文件的路径"),
        .init("scenario.extends_cycle.expected", "a chain that ends ({0})", "有终点的引用链（{0}）"),
        .init("scenario.extends_cycle.cure", "remove one `extends` of the circle", "请删去环中的一个 `extends`"),
        .init("scenario.extends_outside.expected", "a relative path within {0}", "{0} 之内的相对路径"),
        .init("scenario.extends_outside.cure", "copy the file into that folder", "请把文件复制到该文件夹"),
        .init("scenario.bad_override.expected", "path=value", "路径=值"),
        .init("scenario.bad_override.cure", "write for example --set demand.volume=2", "例如 --set demand.volume=2"),
        .init("scenario.fixed_override.expected", "a key that can be overridden", "可以改写的键"),
        .init("scenario.fixed_override.cure", "change it in the file", "请在文件中修改"),
        .init("scenario.no_such_item.expected", "one of {0}", "其中之一：{0}"),
        .init(
            "scenario.no_such_item.cure", "name an item by its code, or by its position from 0",
            "请用编码指明列表项，或用从 0 开始的序号"),
        .init("scenario.no_items.expected", "a list that has items", "已有内容的列表"),
        .init(
            "scenario.no_items.cure", "the scenario lists none: add the item in the file first",
            "场景中没有任何列表项：请先在文件中添加"),

        .init("scenario.unknown_key.expected", "one of {1}", "其中之一：{1}"),
        .init("scenario.unknown_key.cure", "remove the key or correct its spelling", "请删除该键或改正拼写"),
        .init("scenario.unknown_key_near.expected", "one of {1}", "其中之一：{1}"),
        .init("scenario.unknown_key_near.cure", "did you mean `{0}`?", "是否应为 `{0}`？"),
        .init("scenario.duplicate_key.expected", "each key once; it stands on line {0} too", "每个键只出现一次；第 {0} 行已有"),
        .init("scenario.duplicate_key.cure", "remove one of the two", "请删去其中一个"),
        .init("scenario.missing_key.expected", "{0}, but the key is missing", "{0}，但缺少该键"),
        .init("scenario.missing_key.cure", "add it, for example {1}", "请补上，例如 {1}"),
        .init("scenario.wrong_kind.expected", "{0}", "{0}"),
        .init("scenario.wrong_kind.cure", "write for example {1}", "例如 {1}"),
        .init("scenario.missing_unit.expected", "{0}, with its unit", "{0}，并带单位"),
        .init("scenario.missing_unit.cure", "write for example {1}", "例如 {1}"),
        .init("scenario.out_of_range.expected", "{0}", "{0}"),
        .init("scenario.out_of_range.cure", "choose a value within the range", "请选择范围内的值"),

        .init(
            "scenario.promotion_outside_clock.expected", "a moment of the simulated days, {0} to {1}",
            "模拟日期之内的时刻，{0} 至 {1}"),
        .init(
            "scenario.promotion_outside_clock.cure", "move it or lengthen `clock.days`",
            "请调整时间或延长 `clock.days`"),
        .init("scenario.promotion_ends_first.expected", "an end after the beginning {0}", "晚于开始时刻 {0} 的结束时刻"),
        .init("scenario.promotion_ends_first.cure", "exchange or correct `begins` and `ends`", "请更正 `begins` 与 `ends`"),
        .init("scenario.one_of_two.expected", "one of it and `{0}`", "与 `{0}` 二选一"),
        .init("scenario.one_of_two.cure", "remove one of the two", "请删除其中一项"),
        .init("scenario.not_for_kind.expected", "a term that a {0} has", "{0} 可用的条件"),
        .init("scenario.not_for_kind.cure", "remove it: only savings stack", "请删除：只有满减和券可叠加"),
        .init(
            "scenario.contradictory_stacking.expected", "`coupon` or `alone` for a coupon", "券只能为 `coupon` 或 `alone`"),
        .init(
            "scenario.contradictory_stacking.cure",
            "make it a spend_and_save, or leave `stacking` out", "请改为 spend_and_save，或删除 `stacking`"),
        .init(
            "scenario.contradictory_pooling.expected", "`all` for a saving over all shops", "跨店满减只能为 `all`"),
        .init(
            "scenario.contradictory_pooling.cure", "set `stacking` to `shop`, or leave `over` out",
            "请将 `stacking` 改为 `shop`，或删除 `over`"),
        .init(
            "scenario.deposit_without_presale.expected", "`order` or `payment`: only a presale has a deposit",
            "`order` 或 `payment`：只有预售有定金"),
        .init("scenario.deposit_without_presale.cure", "choose one of the two, or make it a presale", "请改选其一，或改为预售"),
        .init("scenario.duplicate_promotion.expected", "a code of its own for each promotion", "每个活动编码唯一"),
        .init("scenario.duplicate_promotion.cure", "rename one of the two", "请更改其中一个"),
        .init("scenario.missing_term.expected", "`{1}`, which a {0} needs", "{0} 所需的 `{1}`"),
        .init("scenario.missing_term.cure", "add `{1}`", "请补上 `{1}`"),
        .init("scenario.saving_over_threshold.expected", "at most the threshold, {0}", "不超过门槛 {0}"),
        .init("scenario.saving_over_threshold.cure", "lower the saving or raise the threshold", "请降低减额或提高门槛"),
        .init(
            "scenario.quotas_over_pool.expected", "exclusive quotas of at most 100 % together, not {0}",
            "各渠道独占配额合计不超过 100 %，现为 {0}"),
        .init(
            "scenario.quotas_over_pool.cure", "lower a share, or share the pool with `sharing: ratio`",
            "请降低份额，或用 `sharing: ratio` 共享库存"),
        .init("scenario.history_after_start.expected", "a day no later than {0}", "不晚于 {0} 的日期"),
        .init(
            "scenario.history_after_start.cure", "a forecast may see only days before the clock starts",
            "预测只能使用模拟开始前的数据"),
        .init("scenario.branch_of_nothing.expected", "a scenario that holds before the moment", "该时刻之前生效的场景"),
        .init("scenario.branch_of_nothing.cure", "add `extends: base.yaml`", "请加上 `extends: base.yaml`"),
        .init("scenario.branch_of_branch.expected", "a base that is no branch itself", "本身不是分支的基础场景"),
        .init(
            "scenario.branch_of_branch.cure", "extend the first scenario of the two; a run changes its plan once",
            "请改为扩展最初的场景；一次运行只能改变一次计划"),
        .init("scenario.fixed_in_run.expected", "the value it has before `branch_at`", "与 `branch_at` 之前相同的值"),
        .init(
            "scenario.fixed_in_run.cure",
            "leave it as it was (the manual marks keys that may change with ⟳), or run it as a scenario of its own",
            "请保持不变（手册以 ⟳ 标出可在运行中改变的键），或作为单独的场景运行"),

        .init("scenario.unknown_code.expected", "a {0} of the data set", "数据集中的{0}"),
        .init("scenario.unknown_code.cure", "check the code against the data set", "请对照数据集检查编码"),
        .init("scenario.unknown_code_near.expected", "a {0} of the data set", "数据集中的{0}"),
        .init("scenario.unknown_code_near.cure", "did you mean `{1}`?", "是否应为 `{1}`？"),
        .init("scenario.wrong_currency.expected", "an amount in {0}, the data set's currency", "以数据集货币 {0} 计的金额"),
        .init("scenario.wrong_currency.cure", "write the amount in {0}", "请以 {0} 书写金额"),
        .init(
            "scenario.no_history.expected", "demand within the data set's history, {0} to {1}", "数据集历史范围 {0} 至 {1} 之内"),
        .init(
            "scenario.no_history.cure", "move the clock or `demand.history_through`",
            "请移动 `clock` 或 `demand.history_through`"),

        .init("pipeline.missing", "the data set has no {0}; add the file or its rows", "数据集缺少{0}；请补充该文件或其数据行"),
        .init("pipeline.cancelled", "the run was cancelled", "运行已取消"),

        .init("stage.data", "Reading the data", "读取数据"),
        .init("stage.forecast", "Forecasting", "预测"),
        .init("stage.demand", "Orders and baskets", "订单与购物篮"),
        .init("stage.placement", "Placing front warehouses", "前置仓选址"),
        .init("stage.stock", "Planning stock", "备货计划"),
        .init("stage.world", "Putting the world together", "组装模拟世界"),
        .init("stage.simulation", "Simulating", "模拟运行"),

        .init("compare.too_few", "give at least two runs to compare", "请至少给出两次运行进行比较"),
        .init("compare.not_done", "{0} is {1}: only a finished run can be compared", "{0} 的状态为 {1}：只能比较已完成的运行"),
        .init(
            "compare.seeds",
            "{0} has seed {1} but {2} has {3}: without the same luck a difference says little; "
                + "run both with the same --seed",
            "{0} 的随机种子为 {1}，而 {2} 为 {3}：随机数不同则差异难以解释；请用相同的 --seed 运行"),
        .init(
            "compare.replications",
            "{0} has {1} replications but {2} has {3}: differences are taken replication by replication; "
                + "run both with the same --replications",
            "{0} 重复 {1} 次，而 {2} 重复 {3} 次：差异需逐次配对；请用相同的 --replications 运行"),
        .init(
            "compare.currencies", "{0} counts in {1} but {2} in {3}; compare runs of one currency",
            "{0} 以 {1} 计，而 {2} 以 {3} 计；请比较同一货币的运行"),

        .init("kind.version", "the version of the file format, 1", "文件格式版本号 1"),
        .init("kind.text", "text of at most {0} characters", "最多 {0} 个字符的文字"),
        .init("kind.path", "a relative path", "相对路径"),
        .init("kind.day", "a day such as 2011-11-28", "日期，如 2011-11-28"),
        .init("kind.moment", "a moment such as 2011-11-28T09:30", "时刻，如 2011-11-28T09:30"),
        .init("kind.zone", "an IANA time zone such as Europe/London", "IANA 时区，如 Europe/London"),
        .init("kind.integer", "a whole number from {0} to {1}", "{0} 至 {1} 的整数"),
        .init("kind.factor", "a number from {0} to {1}", "{0} 至 {1} 的数"),
        .init("kind.duration", "a time from {0} to {1} in s, min, h or d", "{0} 至 {1} 的时长，单位 s、min、h 或 d"),
        .init("kind.rate", "a share from {0} % to {1} %", "{0} % 至 {1} % 的比例"),
        .init("kind.amount", "an amount of money from {0} to {1} with its currency", "{0} 至 {1} 的金额，带货币代码"),
        .init("kind.distance", "a distance from {0} km to {1} km", "{0} km 至 {1} km 的距离"),
        .init("kind.choice", "one of {0}", "其中之一：{0}"),
        .init("kind.code", "a code of the data set", "数据集中的编码"),
        .init("kind.choice_or_codes", "one of {0}, or a list of codes", "其中之一：{0}，或编码列表"),
        .init(
            "kind.scope", "`everything`, `category: [...]` or `skus: [...]`",
            "`everything`、`category: [...]` 或 `skus: [...]`"),
        .init("kind.per_channel", "for each channel code {0}", "按渠道编码：{0}"),
        .init("kind.list", "a list", "列表"),
        .init("kind.section", "a section of keys", "一组键"),
        .init("kind.scenario", "a whole scenario", "完整的场景"),
    ]
}
