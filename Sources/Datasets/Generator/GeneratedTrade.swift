import Foundation
import Retail

/// Channels, segments, places, carriers and suppliers of a generated shop.
enum GeneratedTrade {
    struct Shop {
        var code: String
        var name: String
        var kind: ChannelKind
        /// Part of all orders; part of orders that is paid; factor on returns; part of articles it lists.
        var share: Double
        var paid: Double
        var returns: Double
        var listed: Double
        var commission: Double
        var days: Int
        var lag: Int
    }

    static let shops: [Shop] = [
        Shop(
            code: "tmall", name: "天猫旗舰店", kind: .marketplace, share: 0.34, paid: 0.86, returns: 1, listed: 1,
            commission: 0.05, days: 10, lag: 30),
        Shop(
            code: "jd", name: "京东店", kind: .marketplace, share: 0.2, paid: 0.9, returns: 0.7, listed: 0.7,
            commission: 0.06, days: 7, lag: 45),
        Shop(
            code: "pdd", name: "拼多多店", kind: .marketplace, share: 0.13, paid: 0.88, returns: 0.9, listed: 0.4,
            commission: 0.006, days: 7, lag: 60),
        Shop(
            code: "mall", name: "自有商城", kind: .own, share: 0.06, paid: 0.87, returns: 0.6, listed: 1, commission: 0,
            days: 1, lag: 5),
        Shop(
            code: "mini", name: "微信小程序", kind: .own, share: 0.05, paid: 0.87, returns: 0.6, listed: 0.5,
            commission: 0.006, days: 1, lag: 10),
        Shop(
            code: "live_douyin", name: "抖音直播间", kind: .live, share: 0.12, paid: 0.82, returns: 2, listed: 0.12,
            commission: 0.2, days: 15, lag: 90),
        Shop(
            code: "live_taobao", name: "淘宝直播间", kind: .live, share: 0.06, paid: 0.82, returns: 1.9, listed: 0.1,
            commission: 0.2, days: 10, lag: 60),
        Shop(
            code: "store", name: "门店", kind: .store, share: 0.04, paid: 0.99, returns: 0.3, listed: 0.3, commission: 0,
            days: 1, lag: 5),
    ]

    struct Group {
        var code: String
        var name: String
        /// Of orders, and of visits: the first is the second times what it converts, in proportion.
        var share: Double
        var visits: Double
        var returns: Double
        var conversion: Double
        var sensitivity: Double
    }

    static let groups = [
        Group(
            code: "new", name: "新客", share: 0.28, visits: 0.3755, returns: 1.2, conversion: 0.6, sensitivity: 1.3),
        Group(code: "active", name: "活跃", share: 0.37, visits: 0.2977, returns: 1, conversion: 1, sensitivity: 1),
        Group(
            code: "member", name: "会员", share: 0.25, visits: 0.1257, returns: 0.8, conversion: 1.6, sensitivity: 0.8),
        Group(
            code: "dormant", name: "沉睡", share: 0.1, visits: 0.2011, returns: 1.1, conversion: 0.4, sensitivity: 1.2),
    ]

    /// Warehouses: code, name, kind, city, part of the volume, code it is replenished from.
    static let warehouses: [(code: String, name: String, kind: NodeKind, city: String, share: Double, from: String)] = [
        ("cdc-jiaxing", "嘉兴中央仓", .central, "jiaxing", 0.24, ""),
        ("rdc-langfang", "廊坊区域仓", .regional, "langfang", 0.16, "cdc-jiaxing"),
        ("rdc-dongguan", "东莞区域仓", .regional, "dongguan", 0.17, "cdc-jiaxing"),
        ("rdc-chengdu", "成都区域仓", .regional, "chengdu", 0.12, "cdc-jiaxing"),
        ("rdc-wuhan", "武汉区域仓", .regional, "wuhan", 0.12, "cdc-jiaxing"),
        ("rdc-shenyang", "沈阳区域仓", .regional, "shenyang", 0.06, "cdc-jiaxing"),
        ("rdc-xian", "西安区域仓", .regional, "xian", 0.07, "cdc-jiaxing"),
        ("fdc-shanghai", "上海城市仓", .city, "shanghai", 0.03, "cdc-jiaxing"),
        ("fdc-beijing", "北京城市仓", .city, "beijing", 0.02, "rdc-langfang"),
        ("fdc-guangzhou", "广州城市仓", .city, "guangzhou", 0.01, "rdc-dongguan"),
    ]

    /// Carriers: code, name, part of the capacity; cards by tier, in yuan, with hours for near and far zones.
    static let carriers: [(code: String, name: String, share: Double)] = [
        ("sf", "顺丰", 0.2), ("zto", "中通", 0.4), ("yto", "圆通", 0.35), ("rider", "同城骑手", 0.05),
    ]

    /// How far a zone lies from the warehouses that serve it: a factor on price and time.
    static let zones: [(code: String, factor: Double)] = [
        ("east", 1), ("south", 1.05), ("north", 1.05), ("central", 1.05), ("southwest", 1.25), ("northeast", 1.25),
        ("northwest", 1.4), ("west", 2.2),
    ]

    static let suppliers = 40
}
