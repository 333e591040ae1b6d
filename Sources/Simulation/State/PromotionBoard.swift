import Retail

/// What the promotions running at a moment mean for each (channel, SKU), renewed only when one begins or ends.
struct PromotionBoard: ~Copyable {
    private let promotions: [PromotionPlan]
    private let listPrices: [UnitPrice]
    private let boundaries: [Int64]
    private var nextBoundary = 0
    private let skuCount: Int
    private let channelCount: Int
    /// Price in ten-thousandths after price cuts, channel-major channels x SKUs.
    let prices: FixedColumn<Int64>
    /// Merchant's share of the cut, parts per million.
    let cutShares: FixedColumn<Int32>
    /// The flash sale that covers the SKU, and its price; -1 is none.
    let flash: FixedColumn<Int32>
    let flashPrices: FixedColumn<Int64>
    /// Factor on demanded quantity.
    let uplifts: FixedColumn<Float>
    /// Spend-and-save promotions running, by channel: indices into the world's promotions.
    private(set) var savings: [[Int]]
    /// Gifts running, likewise.
    private(set) var gifts: [[Int]]

    init(_ world: World) {
        promotions = world.promotions
        listPrices = world.skus.listPrices
        skuCount = world.skus.count
        channelCount = world.channels.count
        boundaries = Set(promotions.flatMap { [$0.begins.microseconds, $0.ends.microseconds] }).sorted()
        let cells = skuCount * channelCount
        prices = FixedColumn(repeating: 0, count: cells)
        cutShares = FixedColumn(repeating: 1_000_000, count: cells)
        flash = FixedColumn(repeating: -1, count: cells)
        flashPrices = FixedColumn(repeating: 0, count: cells)
        uplifts = FixedColumn(repeating: 1, count: cells)
        savings = Array(repeating: [], count: channelCount)
        gifts = savings
        renew(at: .min)
    }

    /// Brings the board to a moment; moments do not go back.
    @inline(__always)
    mutating func advance(to now: Int64) {
        if nextBoundary < boundaries.count && now >= boundaries[nextBoundary] {
            while nextBoundary < boundaries.count && now >= boundaries[nextBoundary] { nextBoundary += 1 }
            renew(at: now)
        }
    }

    private mutating func renew(at now: Int64) {
        for channel in 0..<channelCount {
            for sku in 0..<skuCount {
                let cell = channel * skuCount + sku
                prices[cell] = listPrices[sku].units
                cutShares[cell] = 1_000_000
                flash[cell] = -1
                uplifts[cell] = 1
            }
            savings[channel] = []
            gifts[channel] = []
        }
        for (number, promotion) in promotions.enumerated() {
            guard promotion.begins.microseconds <= now && now < promotion.ends.microseconds else { continue }
            for channel in 0..<channelCount where promotion.channel == nil || promotion.channel?.position == channel {
                apply(promotion, number, channel)
            }
        }
    }

    private mutating func apply(_ promotion: PromotionPlan, _ number: Int, _ channel: Int) {
        if case .spendAndSave = promotion.effect { savings[channel].append(number) }
        if case .gift = promotion.effect { gifts[channel].append(number) }
        for sku in 0..<skuCount where promotion.scope[sku] {
            let cell = channel * skuCount + sku
            uplifts[cell] *= Float(promotion.uplift)
            let list = listPrices[sku].units
            switch promotion.effect {
            case .priceCut(let depth):
                // Of several cuts the deepest holds.
                let price = list - depth.of(list)
                if price < prices[cell] {
                    prices[cell] = price
                    cutShares[cell] = Int32(promotion.merchantShare.partsPerMillion)
                }
            case .flashSale(let depth):
                let price = list - depth.of(list)
                if flash[cell] < 0 || price < flashPrices[cell] {
                    flash[cell] = Int32(number)
                    flashPrices[cell] = price
                }
            case .spendAndSave, .gift: break
            }
        }
    }
}
