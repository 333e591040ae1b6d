/// Everything a data set folder holds, resolved: names are dense indices into the arrays here.
/// Read by `Datasets`; only `demand` is obligatory, every other part has a documented default.
public struct Dataset: Sendable {
    public var name: String
    public var currency: Currency
    /// IANA name of the time zone its clock times are in.
    public var zone = "UTC"
    /// SHA-256 of the files it was read from, hexadecimal.
    public var fingerprint: String
    /// Digests of further files that a scenario laid over it, one after the other.
    public var furtherFiles = ""

    public var skus: [SKU] = []
    public var channels: [Channel] = []
    public var regions: [Region] = []
    public var segments: [Segment] = []
    public var nodes: [Node] = []
    /// Possible front warehouses.
    public var candidates: [Node] = []
    /// Ways between places that were measured; empty where distances are great circles times a factor.
    public var travel = TravelTable()
    public var suppliers: [Supplier] = []
    public var supply: [SupplyTerms] = []
    public var closures: [SupplierClosure] = []
    public var carriers: [Carrier] = []
    public var rates: [RateCard] = []
    public var calendar = BusinessCalendar()
    public var promotions: [Promotion] = []
    public var listings: [Listing] = []
    public var prices: [PriceRow] = []

    public var demand: DemandPanel
    /// Price and in-stock columns of `demand.csv`, cell by cell of `demand`; empty when the file has none.
    public var demandPrices: [UnitPrice] = []
    public var demandInStock: [Bool] = []
    public var orders = OrderHistory()
    public var shipments: [ShipmentRow] = []
    public var returns: [ReturnRow] = []

    public var stock: [StockRecord] = []
    public var lots: [LotRecord] = []
    public var openOrders: [OpenOrder] = []
    public var purchases: [PurchaseRecord] = []
    public var budgets: [Budget] = []
    public var adjustments: [Adjustment] = []
    public var signals: [PromotionSignal] = []
    public var settlements: [SettlementRow] = []

    /// What was not in the data and was assumed or defaulted instead; shown in every report.
    public var assumptions: [Assumption] = []

    public init(name: String, currency: Currency, fingerprint: String, demand: DemandPanel) {
        self.name = name
        self.currency = currency
        self.fingerprint = fingerprint
        self.demand = demand
    }
}

/// Something that is stated rather than measured.
public struct Assumption: Sendable, Equatable, Codable {
    /// The file or setting it belongs to, such as `suppliers.csv` or `volume`.
    public var subject: String
    public var text: String
    public init(subject: String, text: String) {
        self.subject = subject
        self.text = text
    }
}
