extension Catalogue {
    /// Words of what-if prices, measured effects and people's changes to the forecast.
    static let whatIf: [CatalogueEntry] = [
        .init(
            "setting.demand.effects",
            "Where the effects of prices and promotions come from: as stated, or measured on the past of the data",
            "价格与活动效应的来源：按声明，或由历史数据测得"),
        .init("setting.prices", "Prices other than the data's: what if", "与数据不同的价格（假设分析）"),
        .init("setting.prices.default", "none", "无"),
        .init("setting.prices[].scope", "The goods whose price changes", "改价的商品"),
        .init("setting.prices[].channel", "The one channel it changes in", "改价的渠道"),
        .init("setting.prices[].channel.default", "every channel", "所有渠道"),
        .init("setting.prices[].from", "First day", "首日"),
        .init("setting.prices[].from.default", "the first day of the clock", "时钟首日"),
        .init("setting.prices[].through", "Last day", "末日"),
        .init("setting.prices[].through.default", "the last day of the clock", "时钟末日"),
        .init(
            "setting.prices[].change", "Change of the price that would hold, such as -10 %", "相对原价的变动，如 -10 %"),
        .init("setting.prices[].change.default", "`price` is given instead", "改用 `price`"),
        .init("setting.prices[].price", "The new price", "新价格"),
        .init("setting.prices[].price.default", "`change` is given instead", "改用 `change`"),
        .init(
            "setting.adjustments", "People's changes to the forecast, after those of the data set's adjustments file",
            "人工调整预测（在数据集的 adjustments 之后生效）"),
        .init("setting.adjustments.default", "none", "无"),
        .init("setting.adjustments[].scope", "The goods it speaks of", "涉及的商品"),
        .init("setting.adjustments[].channel", "The one channel it speaks of", "涉及的渠道"),
        .init("setting.adjustments[].channel.default", "every channel", "所有渠道"),
        .init("setting.adjustments[].region", "The one region it speaks of", "涉及的区域"),
        .init("setting.adjustments[].region.default", "every region", "所有区域"),
        .init("setting.adjustments[].from", "First day", "首日"),
        .init("setting.adjustments[].from.default", "the first day of the clock", "时钟首日"),
        .init("setting.adjustments[].through", "Last day", "末日"),
        .init("setting.adjustments[].through.default", "the last day of the clock", "时钟末日"),
        .init(
            "setting.adjustments[].kind", "Set or add units a day over the whole scope, or multiply",
            "对整个范围按日设定（set）、增加（add）或乘以系数（multiply）"),
        .init("setting.adjustments[].value", "Units a day, or the factor", "每日件数，或系数"),
        .init("setting.adjustments[].author", "Who changed it", "调整人"),
        .init("setting.adjustments[].author.default", "nobody named", "未署名"),
        .init("setting.adjustments[].reason", "Why", "原因"),
        .init("setting.adjustments[].reason.default", "none given", "未说明"),
        .init("setting.adjustments[].expires", "After this last day of history it no longer counts", "过期日（历史末日达到后失效）"),
        .init("setting.adjustments[].expires.default", "never", "永不"),
    ]
}
