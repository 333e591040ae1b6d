import Foundation
import Retail

/// What a SKU costs in a channel at a moment: 32 bytes, so that pricing a line touches one cache line.
struct BoardCell: BitwiseCopyable {
    /// In ten-thousandths after price cuts.
    var price: Int64
    /// Price of the flash sale or presale that covers the SKU.
    var offerPrice: Int64 = 0
    /// Merchant's share of the cut, parts per million.
    var cutShare: Int32 = 1_000_000
    /// The price cut that holds, and the flash sale or presale: places in the world's promotions; -1 is none.
    var cut: Int16 = -1
    var offer: Int16 = -1
    /// The offer is a presale: the SKU is sold against a deposit, not at once.
    var isPresale = false
}

/// What prices and promotions running at a moment mean for each (channel, SKU), renewed only when one begins or ends.
struct PromotionBoard: ~Copyable {
    private let promotions: [PromotionPlan]
    private let listPrices: [UnitPrice]
    private let prices: [PricePlan]
    private var boundaries: Boundaries
    private let skuCount: Int
    private let channelCount: Int
    /// Channels for which the same promotions and price rows hold share their prices: the group of each channel, and a
    /// channel of each group.
    private let groups: FixedColumn<Int32>
    private let samples: [Int]
    /// Group-major groups x SKUs.
    private let cells: FixedColumn<BoardCell>
    /// Spend-and-save promotions running, by channel: indices into the world's promotions.
    private(set) var savings: [[Int]]
    /// The same by channel and layer, row-major.
    private(set) var layers: [[Int]]
    /// Gifts running, likewise.
    private(set) var gifts: [[Int]]

    init(_ world: World) {
        promotions = world.promotions
        // Rows of one channel after those of all channels, so that they hold.
        prices = world.prices.filter(\.isBase).sorted { ($0.channel?.raw ?? -1) < ($1.channel?.raw ?? -1) }
        listPrices = world.skus.listPrices
        skuCount = world.skus.count
        channelCount = world.channels.count
        let moments =
            promotions.flatMap { [$0.begins.microseconds, $0.ends.microseconds] }
            + prices.flatMap { [$0.begins.microseconds, $0.ends.microseconds] }
        boundaries = Boundaries(moments)
        // A channel that no promotion and no price row names is like every other such channel.
        let named = Set(
            promotions.compactMap { $0.channel?.position } + prices.compactMap { $0.channel?.position })
        var (groups, samples): ([Int32], [Int]) = ([], [])
        for channel in 0..<channelCount {
            let known = named.contains(channel) ? nil : samples.firstIndex { !named.contains($0) }
            groups.append(Int32(known ?? samples.count))
            if known == nil { samples.append(channel) }
        }
        self.groups = FixedColumn(groups)
        self.samples = samples
        cells = FixedColumn(repeating: BoardCell(price: 0), count: skuCount * samples.count)
        savings = Array(repeating: [], count: channelCount)
        layers = Array(repeating: [], count: channelCount * SavingTerms.layers)
        gifts = savings
        renew(at: .min)
    }

    /// Brings the board to a moment; moments do not go back.
    @inline(__always)
    mutating func advance(to now: Int64) {
        if boundaries.pass(now) { renew(at: now) }
    }

    /// What a SKU costs in a channel now.
    @inline(__always)
    func cell(_ channel: Int, _ sku: Int) -> BoardCell { cells[Int(groups[channel]) * skuCount + sku] }

    @inline(__always)
    func prefetch(_ channel: Int, _ sku: Int) { cells.prefetch(Int(groups[channel]) * skuCount + sku) }

    private mutating func renew(at now: Int64) {
        for group in samples.indices {
            for sku in 0..<skuCount { cells[group * skuCount + sku] = BoardCell(price: listPrices[sku].units) }
        }
        for row in prices where row.begins.microseconds <= now && now < row.ends.microseconds {
            for (group, channel) in samples.enumerated() where row.channel == nil || row.channel?.position == channel {
                cells[group * skuCount + row.sku.position].price = row.price.units
            }
        }
        for channel in 0..<channelCount {
            savings[channel] = []
            for layer in 0..<SavingTerms.layers { layers[channel * SavingTerms.layers + layer] = [] }
            gifts[channel] = []
        }
        // Cuts are taken off the price before any cut: the deepest holds, whatever the order.
        let base = FixedColumn<Int64>(repeating: 0, count: cells.count)
        for cell in 0..<cells.count { base[cell] = cells[cell].price }
        for (number, promotion) in promotions.enumerated() {
            guard promotion.begins.microseconds <= now && now < promotion.ends.microseconds else { continue }
            for channel in 0..<channelCount where promotion.channel == nil || promotion.channel?.position == channel {
                switch promotion.effect {
                case .spendAndSave:
                    savings[channel].append(number)
                    layers[channel * SavingTerms.layers + Int(promotion.stacking.layer)].append(number)
                case .gift: gifts[channel].append(number)
                case .priceCut, .flashSale, .presale: break
                }
            }
            for (group, channel) in samples.enumerated()
            where promotion.channel == nil || promotion.channel?.position == channel {
                apply(promotion, number, group, base)
            }
        }
    }

    private mutating func apply(
        _ promotion: PromotionPlan, _ number: Int, _ group: Int, _ base: borrowing FixedColumn<Int64>
    ) {
        switch promotion.effect {
        case .spendAndSave, .gift: break
        case .priceCut(let depth):
            forScope(promotion, group) { cell in
                let price = base[cell] - depth.of(base[cell])
                if price < cells[cell].price {
                    cells[cell].price = price
                    cells[cell].cutShare = Int32(promotion.merchantShare.partsPerMillion)
                    cells[cell].cut = Int16(number)
                }
            }
        case .flashSale(let depth):
            forScope(promotion, group) { cell in
                let price = base[cell] - depth.of(base[cell])
                if cells[cell].offer < 0 || (!cells[cell].isPresale && price < cells[cell].offerPrice) {
                    cells[cell].offer = Int16(number)
                    cells[cell].offerPrice = price
                }
            }
        case .presale(let terms):
            // A presale goes before a flash sale: its goods are not sold at once.
            forScope(promotion, group) { cell in
                let price = base[cell] - terms.depth.of(base[cell])
                if !cells[cell].isPresale || price < cells[cell].offerPrice {
                    cells[cell].offer = Int16(number)
                    cells[cell].offerPrice = price
                    cells[cell].isPresale = true
                }
            }
        }
    }

    @inline(__always)
    private func forScope(_ promotion: PromotionPlan, _ group: Int, _ change: (Int) -> Void) {
        for sku in 0..<skuCount where promotion.scope[sku] { change(group * skuCount + sku) }
    }
}

/// What promotions running at a moment do to the quantity of a line: the demand stage's own board, since demand runs
/// ahead of the other stages.
struct UpliftBoard: ~Copyable {
    private let promotions: [PromotionPlan]
    private var boundaries: Boundaries
    private let skuCount: Int
    private let channelCount: Int
    /// Factor on demanded quantity, channel-major channels x SKUs; empty when no promotion states one.
    private let uplifts: FixedColumn<Float>
    let isOn: Bool

    init(_ world: World) {
        promotions = world.promotions.filter { $0.uplift != 1 }
        isOn = !promotions.isEmpty
        skuCount = world.skus.count
        channelCount = world.channels.count
        boundaries = Boundaries(promotions.flatMap { [$0.begins.microseconds, $0.ends.microseconds] })
        uplifts = FixedColumn(repeating: 1, count: isOn ? skuCount * channelCount : 0)
        if isOn { renew(at: .min) }
    }

    @inline(__always)
    mutating func advance(to now: Int64) {
        if boundaries.pass(now) { renew(at: now) }
    }

    /// The factor for buyers of a price sensitivity.
    @inline(__always)
    func factor(_ channel: Int, _ sku: Int, sensitivity: Double) -> Float {
        if !isOn { return 1 }
        let uplift = uplifts[channel * skuCount + sku]
        return sensitivity == 1 || uplift == 1 ? uplift : Float(pow(Double(uplift), sensitivity))
    }

    private mutating func renew(at now: Int64) {
        uplifts.fill(with: 1)
        for promotion in promotions where promotion.begins.microseconds <= now && now < promotion.ends.microseconds {
            for channel in 0..<channelCount where promotion.channel == nil || promotion.channel?.position == channel {
                for sku in 0..<skuCount where promotion.scope[sku] {
                    uplifts[channel * skuCount + sku] *= Float(promotion.uplift)
                }
            }
        }
    }
}

/// The moments at which a board changes, passed in order; moments do not go back.
private struct Boundaries {
    private let moments: [Int64]
    private var next = 0

    init(_ moments: [Int64]) { self.moments = Set(moments).sorted() }

    /// Whether a moment has been passed since the last call.
    @inline(__always)
    mutating func pass(_ now: Int64) -> Bool {
        guard next < moments.count, now >= moments[next] else { return false }
        while next < moments.count && now >= moments[next] { next += 1 }
        return true
    }
}
