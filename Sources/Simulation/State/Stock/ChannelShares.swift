import Retail

/// What is protected for shops of higher priority, by SKU and channel; empty where no channel shares by priority.
struct Priorities: ~Copyable {
    let isOn: Bool
    private let channelCount: Int
    private let ranks: FixedColumn<Int32>
    /// Units still protected for each channel, SKU-major; below zero when it has sold more.
    private let left: FixedColumn<Int32>

    init(_ world: World) {
        channelCount = world.channels.count
        // A channel that shares otherwise is of no rank: nothing is kept from it.
        var (ranks, parts): ([Int32], [Rate]) = ([], [])
        for plan in world.channels {
            if case .priority(let rank, let protection, _) = plan.sharing {
                ranks.append(Int32(rank))
                parts.append(protection)
            } else {
                ranks.append(0)
                parts.append(.zero)
            }
        }
        isOn = ranks.contains { $0 > 0 }
        self.ranks = FixedColumn(ranks)
        var units: [Int32] = []
        if isOn {
            for sku in 0..<world.skus.count {
                let opening = world.stock.opening(SKU.Index(sku))
                for part in parts { units.append(Int32(clamping: part.of(opening))) }
            }
        }
        left = FixedColumn(units)
    }

    /// Units that a channel may not take because they are protected for ranks before its own.
    func kept(from channel: Int, _ sku: Int) -> Int64 {
        var sum: Int64 = 0
        for other in 0..<channelCount where ranks[other] > 0 && ranks[other] < ranks[channel] {
            sum += Int64(max(0, left[sku * channelCount + other]))
        }
        return sum
    }

    func sell(_ quantity: Int32, _ channel: Int, _ sku: Int) { left[sku * channelCount + channel] -= quantity }

    func code(_ codec: inout StateCodec) throws(CheckpointError) { try codec.code(left) }
}

/// When and for whom a campaign's stock is kept back.
struct ReserveWindow: BitwiseCopyable {
    var begins: Int64
    var ends: Int64
    /// -1 is every channel.
    var channel: Int32
}

/// Stock kept back for campaigns (活动预留); empty where there is none.
struct CampaignReserves: ~Copyable {
    let isOn: Bool
    private let skuCount: Int
    private let windows: FixedColumn<ReserveWindow>
    /// Places in the world's promotions.
    private let promotions: FixedColumn<Int32>
    /// Units of each reserve at the start, reserves x SKUs.
    private let whole: FixedColumn<Int32>
    /// Units left of each reserve, reserves x SKUs; below zero where the campaign has sold more.
    private let left: FixedColumn<Int32>

    init(_ world: World) {
        let plans = world.promotions.filter { $0.reserve > .zero }
        promotions = FixedColumn(
            world.promotions.indices.filter { world.promotions[$0].reserve > .zero }.map { Int32($0) })
        isOn = !plans.isEmpty
        skuCount = world.skus.count
        windows = FixedColumn(
            plans.map {
                ReserveWindow(
                    begins: $0.begins.microseconds, ends: $0.ends.microseconds, channel: $0.channel?.raw ?? -1)
            })
        let units: [Int32] = plans.flatMap { plan in
            (0..<world.skus.count).map { sku in
                plan.scope[sku] ? Int32(clamping: plan.reserve.of(world.stock.opening(SKU.Index(sku)))) : 0
            }
        }
        whole = FixedColumn(units)
        left = FixedColumn(units)
    }

    /// Keeps what is left of the reserves of an earlier plan whose promotions go on at other places.
    func takeOver(_ before: borrowing CampaignReserves, promotions places: [Int16]) {
        for old in 0..<before.windows.count {
            for new in 0..<windows.count where promotions[new] == Int32(places[Int(before.promotions[old])]) {
                for sku in 0..<skuCount { left[new * skuCount + sku] = before.left[old * skuCount + sku] }
            }
        }
    }

    func covers(_ sku: Int) -> Bool {
        for index in 0..<windows.count where left[index * skuCount + sku] > 0 { return true }
        return false
    }

    /// Units a channel may not take at a moment: before the campaign nobody, while it runs no other channel.
    func withheld(from channel: Int, _ sku: Int, at now: Int64) -> Int64 {
        var sum: Int64 = 0
        for index in 0..<windows.count {
            let window = windows[index]
            let isKept =
                now < window.begins || (now < window.ends && window.channel >= 0 && window.channel != Int32(channel))
            if isKept { sum += Int64(max(0, left[index * skuCount + sku])) }
        }
        return sum
    }

    /// What the campaign sells comes out of its reserve first; what is given back while it runs (negative) goes into it
    /// again, up to what it was.
    func sell(_ quantity: Int32, _ channel: Int, _ sku: Int, at now: Int64) {
        for index in 0..<windows.count {
            let window = windows[index]
            guard window.begins <= now, now < window.ends, window.channel < 0 || window.channel == Int32(channel) else {
                continue
            }
            let place = index * skuCount + sku
            left[place] = min(whole[place], left[place] - quantity)
        }
    }

    func code(_ codec: inout StateCodec) throws(CheckpointError) { try codec.code(left) }

    /// The first moment after another at which a reserve begins or ends.
    func next(after now: Int64) -> Int64 {
        var next = Int64.max
        for index in 0..<windows.count {
            if windows[index].begins > now { next = min(next, windows[index].begins) }
            if windows[index].ends > now { next = min(next, windows[index].ends) }
        }
        return next
    }
}
