public import Retail

/// Everything a run depends on, resolved into plain columns: no names to look up, no file to read, no clock.
///
/// The same world, seed and replication number give the same result on any number of threads. A world is built
/// at the edge (by `Scenarios`) and checked by `validate()` before it runs.
public struct World: Sendable {
    public var name: String
    public var currency: Currency
    public var clock: SimulationClock
    public var skus: SKUColumns
    public var segments: [Segment]
    public var channels: [ChannelPlan]
    /// Open nodes, regions, distances and who replenishes whom.
    public var network: Network
    public var carriers: [Carrier]
    /// How parcels can go from each node to each region.
    public var delivery: DeliveryTable
    /// Stocked (SKU, node) pairs with opening stock and policy.
    public var stock: StockRows
    public var demand: DemandPlan
    public var promotions: [PromotionPlan]
    /// Prices that differ from the list price: by channel, segment, quantity and date.
    public var prices: [PricePlan]
    public var customers: CustomerPlan
    /// Who owns stock; the first is ourselves. Empty: everything is ours.
    public var owners: [String]
    public var stockTakes: StockTakePlan
    /// How often unused exclusive quotas are shared out again by what was sold; nil: never.
    public var rebalancing: Instant?
    public var pickup: PickupPlan
    public var payment: PaymentPlan
    public var handling: HandlingPlan
    public var routing: RoutingPlan
    public var fulfilment: FulfilmentPlan
    public var inbound: InboundPlan
    public var shipping: ShippingPlan
    public var afterSales: AfterSalesPlan
    public var costs: CostPlan
    public var replenishment: ReplenishmentPlan
    /// What goes wrong, and when.
    public var faults: [FaultPlan]
    /// What was forecast and what really happened: shown beside the result, never read by the simulation.
    public var expectation: DemandExpectation
    /// What held before, when this plan takes over in mid-run.
    public var branch: WorldBranch?
    /// Counts what each shelf serves; nil: nobody asks.
    public var shelfCheck: ShelfCheck?

    public init(
        name: String, currency: Currency, clock: SimulationClock, skus: SKUColumns, segments: [Segment],
        channels: [ChannelPlan], network: Network, carriers: [Carrier], delivery: DeliveryTable, stock: StockRows,
        demand: DemandPlan, promotions: [PromotionPlan] = [], prices: [PricePlan] = [],
        customers: CustomerPlan = CustomerPlan(), owners: [String] = [],
        stockTakes: StockTakePlan = StockTakePlan(), rebalancing: Instant? = nil,
        pickup: PickupPlan = PickupPlan(), payment: PaymentPlan = PaymentPlan(),
        handling: HandlingPlan = HandlingPlan(), routing: RoutingPlan = RoutingPlan(),
        fulfilment: FulfilmentPlan = FulfilmentPlan(), inbound: InboundPlan = InboundPlan(),
        shipping: ShippingPlan = ShippingPlan(),
        afterSales: AfterSalesPlan = AfterSalesPlan(),
        costs: CostPlan = CostPlan(), replenishment: ReplenishmentPlan = ReplenishmentPlan(),
        faults: [FaultPlan] = [], expectation: DemandExpectation = DemandExpectation()
    ) {
        self.name = name
        self.currency = currency
        self.clock = clock
        self.skus = skus
        self.segments = segments
        self.channels = channels
        self.network = network
        self.carriers = carriers
        self.delivery = delivery
        self.stock = stock
        self.demand = demand
        self.promotions = promotions
        self.prices = prices
        self.customers = customers
        self.owners = owners
        self.stockTakes = stockTakes
        self.rebalancing = rebalancing
        self.pickup = pickup
        self.payment = payment
        self.handling = handling
        self.routing = routing
        self.fulfilment = fulfilment
        self.inbound = inbound
        self.shipping = shipping
        self.afterSales = afterSales
        self.costs = costs
        self.replenishment = replenishment
        self.faults = faults
        self.expectation = expectation
    }
}
