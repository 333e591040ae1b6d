import NumericCore
import Retail

/// The promotions' terms as columns, for pricing an order without looking into the world.
struct SavingTerms: ~Copyable {
    static let layers = PromotionStacking.allCases.count

    let thresholds: FixedColumn<Int64>
    let savings: FixedColumn<Int64>
    let times: FixedColumn<Int64>
    let heldBy: FixedColumn<Double>
    let entities: FixedColumn<UInt64>
    let gifts: FixedColumn<Int32>
    let giftQuantities: FixedColumn<Int32>
    let perShop: FixedColumn<Bool>
    /// Orders of one buyer that get it; `Int32.max` is any number.
    let perCustomer: FixedColumn<Int32>
    let hasPerCustomer: Bool
    /// `StockDeduction.rank` and microseconds; -1 and `Int64.max` are as the channel says.
    let deductions: FixedColumn<Int8>
    let timeOuts: FixedColumn<Int64>
    let hasDeductions: Bool
    /// Presales: parts per million asked for first.
    let deposits: FixedColumn<Int64>
    let hasPresales: Bool
    let promisesReceipts: FixedColumn<Bool>
    /// Promotions for all goods; and whether there are savings or gifts for some.
    let coversAll: FixedColumn<Bool>
    let looksAtScopes: Bool

    init(_ promotions: [PromotionPlan]) {
        var (thresholds, savings): ([Int64], [Int64]) = ([], [])
        var (gifts, quantities): ([Int32], [Int32]) = ([], [])
        var deposits: [Int64] = []
        for promotion in promotions {
            var (threshold, saving, deposit): (Int64, Int64, Int64) = (0, 0, -1)
            var (gift, quantity): (Int32, Int32) = (-1, 0)
            switch promotion.effect {
            case .spendAndSave(let least, let amount): (threshold, saving) = (least.minor, amount.minor)
            case .gift(let least, let sku, let units): (threshold, gift, quantity) = (least.minor, sku.raw, units)
            case .presale(let terms): deposit = terms.deposit.partsPerMillion
            case .priceCut, .flashSale: break
            }
            thresholds.append(threshold)
            savings.append(saving)
            gifts.append(gift)
            quantities.append(quantity)
            deposits.append(deposit)
        }
        let all = promotions.map { promotion in (0..<promotion.scope.count).allSatisfy { promotion.scope[$0] } }
        coversAll = FixedColumn(all)
        looksAtScopes = zip(promotions, all).contains { promotion, coversAll in
            switch promotion.effect {
            case .spendAndSave, .gift: !coversAll
            case .priceCut, .flashSale, .presale: false
            }
        }
        self.thresholds = FixedColumn(thresholds)
        self.savings = FixedColumn(savings)
        self.gifts = FixedColumn(gifts)
        giftQuantities = FixedColumn(quantities)
        times = FixedColumn(promotions.map { Int64($0.times) })
        heldBy = FixedColumn(promotions.map(\.heldBy.fraction))
        entities = FixedColumn(promotions.map { entityHash($0.code) })
        perShop = FixedColumn(promotions.map(\.perShop))
        perCustomer = FixedColumn(promotions.map { $0.perCustomer ?? .max })
        hasPerCustomer = promotions.contains { $0.perCustomer != nil }
        deductions = FixedColumn(promotions.map { Int8($0.deduction?.rank ?? -1) })
        timeOuts = FixedColumn(promotions.map { $0.timeOut?.microseconds ?? .max })
        hasDeductions = promotions.contains { $0.deduction != nil || $0.timeOut != nil }
        self.deposits = FixedColumn(deposits)
        hasPresales = deposits.contains { $0 >= 0 }
        promisesReceipts = FixedColumn(promotions.map(\.promisesReceipts))
    }
}

extension PromotionStacking {
    /// The place at which it is taken; `alone` is the last.
    var layer: UInt8 { UInt8(Self.allCases.firstIndex(of: self) ?? 0) }
}
