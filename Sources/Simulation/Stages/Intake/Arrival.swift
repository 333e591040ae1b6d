import NumericCore
import Retail

/// An order as the buyer asks for it, before stock is looked at.
struct Arrival: BitwiseCopyable {
    var time: Int64
    var id: UInt64
    var entity: UInt64
    var lineBase: Int32
    var lineCount: Int32
    var region: UInt16
    var channel: UInt8
    var segment: UInt8
    var askedTier: UInt8
    /// The live show it came for, counted from 1; 0 is none.
    var live: UInt8 = 0
    var luck = OrderLuck()
    /// Microseconds from order to payment; -1 is never.
    var payLag: Int64 = -1
}

/// What chance alone says about an order before it is placed.
struct OrderLuck: OptionSet, BitwiseCopyable {
    var rawValue: UInt8 = 0

    /// The rules leave it to a clerk.
    static let isDrawn = OrderLuck(rawValue: 1)
    static let hasAddressFault = OrderLuck(rawValue: 2)
    static let hasRemark = OrderLuck(rawValue: 4)
    /// Its buyer will call it off after paying.
    static let isCancelled = OrderLuck(rawValue: 8)

    /// What somebody must look at.
    static let findings: OrderLuck = [.isDrawn, .hasAddressFault, .hasRemark]
}

/// Chances of an order that are the same for all.
struct OrderChances {
    let automatic: Double
    let addressFault: Double
    let remark: Double
    let cancellation: Double

    init(_ world: World) {
        automatic = world.handling.automaticShare.fraction
        addressFault = world.handling.addressFaults.fraction
        remark = world.handling.remarks.fraction
        cancellation = world.afterSales.cancellationRate.fraction
    }

    /// The luck of the order of an entity, whenever it is asked for.
    func luck(of entity: UInt64, seed: UInt64, number: UInt32) -> OrderLuck {
        draw { RandomStream(seed: seed, stream: $0.rawValue, entity: entity, replication: number).uniform(at: 0) }
    }

    /// Draws an order's luck; `uniform` gives the number of a stream.
    @inline(__always)
    func draw(_ uniform: (RandomStreamID) -> Double) -> OrderLuck {
        var luck = OrderLuck()
        if uniform(.review) >= automatic { luck.insert(.isDrawn) }
        if addressFault > 0 && uniform(.addressFault) < addressFault { luck.insert(.hasAddressFault) }
        if remark > 0 && uniform(.remark) < remark { luck.insert(.hasRemark) }
        if uniform(.cancellation) < cancellation { luck.insert(.isCancelled) }
        return luck
    }
}
