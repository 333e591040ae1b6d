import Foundation
import NumericCore
import Retail

/// The articles of a generated shop: three levels of categories, roles, prices, weights, and how well each sells.
struct GeneratedGoods {
    struct Family {
        /// The three levels.
        var names: [String]
        /// Part of orders that begin here.
        var share: Double
        /// Median price, yuan; weight, grams; volume, cubic centimetres.
        var price: Double
        var weight: Double
        var volume: Double
        /// Part of units sent back.
        var returns: Double
        /// Factor on demand in winter (December to February) and in summer (June to August).
        var winter: Double
        var summer: Double
    }

    /// Category 1 | category 2 | categories 3 | share per mille | price | weight | volume | returns % | winter | summer.
    private static let rows = """
        服饰|女装|连衣裙,上衣,羽绒服,裤装|170|169|450|2500|32|1.25|0.95
        服饰|男装|T恤,夹克,裤装|80|139|450|2500|22|1.2|0.95
        服饰|内衣|文胸,家居服,袜子|55|69|150|800|10|1.1|0.95
        鞋包|女鞋|靴子,凉鞋,单鞋|45|199|900|6000|25|1.1|1.0
        鞋包|男鞋|运动鞋,皮鞋|35|239|1000|6500|20|1.0|1.0
        鞋包|箱包|双肩包,拉杆箱,女包|25|189|1300|9000|14|0.95|1.1
        美妆|护肤|面霜,精华,面膜,防晒|95|189|250|500|6|1.05|1.1
        美妆|彩妆|口红,粉底,眼影|45|129|120|250|7|1.0|1.0
        美妆|个护|洗发水,牙膏,沐浴露|55|59|800|1200|4|1.0|1.05
        食品|零食|坚果,饼干,肉脯|75|49|700|2200|3|1.3|0.85
        食品|粮油|大米,食用油,调味|30|79|4800|5500|2|1.1|0.95
        食品|饮料|咖啡,茶叶,牛奶|40|69|2500|3500|3|0.95|1.25
        母婴|尿裤|纸尿裤,拉拉裤|30|129|2400|12000|4|1.0|1.0
        母婴|喂养|奶粉,奶瓶|25|239|1300|2500|3|1.0|1.0
        母婴|童装|童装上衣,童鞋|30|99|350|2000|16|1.2|0.95
        家居|家纺|四件套,被子,枕头|35|219|2600|16000|11|1.35|0.9
        家居|厨具|锅具,餐具,保温杯|30|99|1600|5500|7|1.05|1.0
        家居|清洁|洗衣液,纸巾,垃圾袋|45|45|2300|6500|2|1.0|1.0
        数码|手机配件|充电器,手机壳,耳机|35|79|150|400|9|1.0|1.0
        数码|影音|音箱,平板,键盘|12|399|900|3500|10|1.0|1.0
        家电|小家电|电饭煲,吹风机,加湿器,电风扇|20|259|2600|12000|9|1.15|1.15
        家电|大家电|冰箱,洗衣机,空调|5|2599|48000|600000|5|0.9|1.5
        运动|户外|冲锋衣,帐篷,水杯|18|219|900|5000|13|1.05|1.1
        运动|健身|瑜伽垫,哑铃,跳绳|12|89|1900|6000|8|0.95|1.05
        宠物|宠物食品|猫粮,狗粮,猫砂|23|89|4200|7000|3|1.0|1.0
        """

    static let families: [Family] = rows.split(separator: "\n").flatMap { row -> [Family] in
        let cells = row.split(separator: "|").map(String.init)
        let leaves = cells[2].split(separator: ",").map(String.init)
        func number(_ place: Int) -> Double { Double(cells[place]) ?? 1 }
        return leaves.map { leaf in
            Family(
                names: [cells[0], cells[1], leaf], share: number(3) / Double(leaves.count), price: number(4),
                weight: number(5), volume: number(6), returns: number(7) / 100, winter: number(8), summer: number(9))
        }
    }

    struct Article {
        var code: String
        var family: Int
        var role: ProductRole
        var price: Int64
        var cost: Int64
        var weight: Int64
        var casePack: Int64
        var supplier: Int
        /// How well it sells within its family.
        var appeal: Double
    }

    let articles: [Article]
    /// Articles of family f are ranges[f]; drawn by `draws[f]`.
    let ranges: [Range<Int>]
    let draws: [AliasTable]

    /// - Parameter count: at least one article; families get articles by their share, each at least one while they last.
    init(count: Int, suppliers: Int, seed: UInt64) throws {
        let families = Self.families
        let weights = families.map { Int64(($0.share * 1_000).rounded()) }
        var counts = try allocateByLargestRemainder(Int64(count), over: weights).map { Int($0) }
        if count >= families.count {
            for family in counts.indices where counts[family] == 0 {
                if let richest = counts.indices.max(by: { counts[$0] < counts[$1] }) { counts[richest] -= 1 }
                counts[family] = 1
            }
        }
        var articles: [Article] = []
        articles.reserveCapacity(count)
        var ranges: [Range<Int>] = []
        for (place, family) in families.enumerated() {
            let first = articles.count
            for rank in 0..<counts[place] {
                articles.append(
                    Self.article(family, place, number: articles.count, rank: rank, suppliers: suppliers, seed: seed))
            }
            ranges.append(first..<articles.count)
        }
        self.articles = articles
        self.ranges = ranges
        draws = try ranges.map { range in
            try AliasTable(weights: range.isEmpty ? [1] : range.map { articles[$0].appeal })
        }
    }

    private static func article(
        _ family: Family, _ place: Int, number: Int, rank: Int, suppliers: Int, seed: UInt64
    ) -> Article {
        let digits = String(number + 1)
        let code = "G" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
        var stream = RandomStream(
            seed: seed, stream: RandomStreamID.generator.rawValue, entity: entityHash(code), replication: 0)
        let price = family.price * stream.logNormal(logMean: 0, logStandardDeviation: 0.55)
        // Prices end in 9 or .9, as in the trade.
        let yuan = price < 30 ? (price.rounded(.down) + 0.9) : ((price / 10).rounded() * 10 - 1)
        let luck = stream.uniform()
        let role: ProductRole = luck < 0.1 ? .traffic : luck < 0.25 ? .destination : luck < 0.9 ? .regular : .image
        let costShare: Double = role == .traffic ? 0.72 : role == .destination ? 0.55 : role == .image ? 0.42 : 0.52
        // A long tail: Zipf with some luck, and traffic articles sell more.
        let appeal =
            pow(Double(rank + 3), -0.9) * stream.logNormal(logMean: 0, logStandardDeviation: 0.5)
            * (role == .traffic ? 2.5 : role == .image ? 0.4 : 1)
        let weight = family.weight * stream.logNormal(logMean: 0, logStandardDeviation: 0.35)
        let packs: [Int64] = [6, 12, 12, 20, 24, 40]
        return Article(
            code: code, family: place, role: role, price: Int64((max(1.9, yuan) * 10_000).rounded()),
            cost: Int64((max(1.9, yuan) * costShare * 10_000).rounded()), weight: Int64(max(10, weight.rounded())),
            casePack: family.weight > 20_000 ? 1 : packs[stream.integer(below: packs.count)],
            supplier: (place * 7 + stream.integer(below: 3)) % suppliers, appeal: appeal)
    }

    /// Weights of the families on a day: their shares by season.
    static func weights(on day: Day) -> [Double] {
        let parts = day.components
        // A smooth year: 1 in the middle of January, -1 in the middle of July.
        let phase = cos(2 * Double.pi * (Double(parts.month - 1) + Double(parts.day - 15) / 30.4) / 12)
        return families.map { family in
            family.share * (phase > 0 ? 1 + (family.winter - 1) * phase : 1 - (family.summer - 1) * phase)
        }
    }
}
