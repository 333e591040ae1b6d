import NumericCore
import Retail

/// What Fulfil asks of its plan for every parcel, as plain numbers.
struct FulfilTerms: ~Copyable {
    let wave: Int64
    /// Time at the pick station beyond the lines' own, by number of lines up to the last, without packing.
    private let fixedTimes: FixedColumn<Double>
    let shortPicks: Double
    let overtime: Int64
    let overtimeCost: Int64
    /// Whether a node packs parcels at stations of their own, and the mean time.
    let packs: FixedColumn<Bool>
    let packTime: Double
    let riders: Bool
    let riderWait: Int64
    private let plan: FulfilmentPlan

    @inline(__always)
    func fixedTime(lines: Int, at node: Int) -> Double {
        let walk = lines < fixedTimes.count ? fixedTimes[lines] : plan.fixedTime(lines: lines, packsApart: true)
        return packs[node] ? walk : walk + packTime
    }

    init(_ world: World) {
        let plan = world.fulfilment
        wave = plan.waveInterval.microseconds
        fixedTimes = FixedColumn((0...16).map { plan.fixedTime(lines: $0, packsApart: true) })
        self.plan = plan
        shortPicks = plan.shortPicks.fraction
        overtime = plan.overtime.microseconds
        overtimeCost = plan.overtimeCost.units
        packs = FixedColumn(world.network.nodes.map { plan.packStations(of: $0) > 0 })
        packTime = Double(plan.packTime.microseconds)
        riders = world.shipping.riders != nil
        riderWait = world.shipping.riderWait.microseconds
    }
}

/// What after-sales asks of its plan for every order, as plain numbers; zero is off.
struct AfterSalesTerms {
    /// Mean microseconds until a paid order is called off.
    let cancellationDelay: Double
    let refusal: Double
    let restockShare: Double
    let exchange: Double
    let insured: Double
    let premium: Int64
    let installation: Double
    let repair: Double
    let repairDelay: Double
    let visitCost: Int64
    let contacts: Double
    let contactsWhenTroubled: Double
    let contactCost: Int64
    let hasReasons: Bool
    /// Whether anything happens when an order ends beyond the spine.
    let hasService: Bool

    init(_ world: World) {
        let plan = world.afterSales
        func minor(_ price: UnitPrice) -> Int64 { roundedDivision(price.units, by: world.currency.unitsPerMinor) }
        cancellationDelay = Double(plan.cancellationDelay.microseconds)
        refusal = plan.refusalRate.fraction
        restockShare = plan.restockShare.fraction
        exchange = plan.exchangeShare.fraction
        insured = plan.insuredShare.fraction
        premium = minor(plan.insurancePremium)
        installation = plan.installationShare.fraction
        repair = plan.repairShare.fraction
        repairDelay = Double(plan.repairDelay.microseconds)
        visitCost = minor(plan.visitCost)
        contacts = plan.contactsPerOrder
        contactsWhenTroubled = plan.contactsWhenTroubled
        contactCost = minor(plan.contactCost)
        hasReasons = !plan.reasons.isEmpty
        hasService = installation > 0 || repair > 0 || contacts > 0 || contactsWhenTroubled > 0
    }
}

/// A parcel on its way to the pick stations, with what its job there needs of its order.
struct PickTask: BitwiseCopyable {
    var slot: Int32
    /// Lines to pick; -1: to be counted when the job begins.
    var lines: Int32 = -1
    var node: Int16 = -1
    var parcel: UInt8
    /// Opened by re-routing at this moment: it may take more lines until the slice ends.
    var isOpen = false
    var time: Int64
    var id: UInt64
    var entity: UInt64
}
