/// Stock of a SKU at a node. Row of `stock.csv`.
public struct StockRecord: Sendable, Equatable {
    public var sku: SKU.Index
    public var node: Node.Index
    public var onHand: Quantity
    /// Part of `onHand` promised to orders.
    public var reserved: Quantity
    public init(sku: SKU.Index, node: Node.Index, onHand: Quantity, reserved: Quantity = 0) {
        self.sku = sku
        self.node = node
        self.onHand = onHand
        self.reserved = reserved
    }
}

/// Whether a lot may be sold.
public enum LotGrade: String, Sendable, CaseIterable, Codable { case sellable, second }

/// A lot of a SKU at a node. Row of `lots.csv`.
public struct LotRecord: Sendable, Equatable {
    public var sku: SKU.Index
    public var node: Node.Index
    public var lot: String
    /// Last day the lot may be sold; nil when it does not expire.
    public var expires: Day?
    public var quantity: Quantity
    /// Who owns it; empty: we do.
    public var owner: String
    public var grade: LotGrade
    public init(
        sku: SKU.Index, node: Node.Index, lot: String, expires: Day?, quantity: Quantity, owner: String = "",
        grade: LotGrade = .sellable
    ) {
        self.owner = owner
        self.grade = grade
        self.sku = sku
        self.node = node
        self.lot = lot
        self.expires = expires
        self.quantity = quantity
    }
}

/// Goods ordered and not yet received. Row of `open_orders.csv`.
public struct OpenOrder: Sendable, Equatable {
    public var code: String
    public var sku: SKU.Index
    /// Nil for a transfer between our own nodes.
    public var supplier: Supplier.Index?
    public var node: Node.Index
    public var quantity: Quantity
    public var due: Day
    public init(
        code: String, sku: SKU.Index, supplier: Supplier.Index?, node: Node.Index, quantity: Quantity, due: Day
    ) {
        self.code = code
        self.sku = sku
        self.supplier = supplier
        self.node = node
        self.quantity = quantity
        self.due = due
    }
}

/// A past purchase line. Row of `purchase_history.csv`.
public struct PurchaseRecord: Sendable, Equatable {
    public var sku: SKU.Index
    public var supplier: Supplier.Index
    public var quantity: Quantity
    public var ordered: Day
    public var promised: Day
    /// Nil when never received.
    public var received: Day?
    /// Units that came, faulty ones included.
    public var receivedQuantity: Quantity
    /// Part of them refused on inspection.
    public var rejectedQuantity: Quantity
    /// Nil where the data do not say.
    public var unitCost: UnitPrice?

    /// - Parameter receivedQuantity: nil: all that was ordered where there is a day of receipt, else nothing.
    public init(
        sku: SKU.Index, supplier: Supplier.Index, quantity: Quantity, ordered: Day, promised: Day, received: Day?,
        receivedQuantity: Quantity? = nil, rejectedQuantity: Quantity = 0, unitCost: UnitPrice? = nil
    ) {
        self.sku = sku
        self.supplier = supplier
        self.quantity = quantity
        self.ordered = ordered
        self.promised = promised
        self.received = received
        self.receivedQuantity = receivedQuantity ?? (received == nil ? 0 : quantity)
        self.rejectedQuantity = rejectedQuantity
        self.unitCost = unitCost
    }
}

/// Money that may be spent on purchases between two days. Row of `budgets.csv`.
public struct Budget: Sendable, Equatable {
    public var name: String
    public var from: Day
    public var through: Day
    public var amount: Amount
    /// Part of it that earlier orders have used up.
    public var spent: Amount
    public init(name: String, from: Day, through: Day, amount: Amount, spent: Amount = .zero) {
        self.spent = spent
        self.name = name
        self.from = from
        self.through = through
        self.amount = amount
    }
}

/// A person's change to the forecast. Row of `adjustments.csv`.
public struct Adjustment: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable, Codable { case set, add, multiply }
    public var scope: PromotionScope
    public var channel: Channel.Index?
    public var region: Region.Index?
    public var from: Day
    public var through: Day
    public var kind: Kind
    public var value: Double
    public var author: String
    public var reason: String
    /// After this day the adjustment no longer counts.
    public var expires: Day?
    /// The day it was made, at the end of which the model's forecast is held against it; nil: the day before `from`.
    public var made: Day?
    public init(
        scope: PromotionScope, channel: Channel.Index?, region: Region.Index?, from: Day, through: Day, kind: Kind,
        value: Double, author: String, reason: String, expires: Day?, made: Day? = nil
    ) {
        self.made = made
        self.scope = scope
        self.channel = channel
        self.region = region
        self.from = from
        self.through = through
        self.kind = kind
        self.value = value
        self.author = author
        self.reason = reason
        self.expires = expires
    }
}

/// A line of a channel's or carrier's statement. Row of `settlements.csv`.
public struct SettlementRow: Sendable, Equatable {
    public var statement: String
    public var order: String
    public var kind: String
    public var amount: Amount
    public var posted: Day
    public init(statement: String, order: String, kind: String, amount: Amount, posted: Day) {
        self.statement = statement
        self.order = order
        self.kind = kind
        self.amount = amount
        self.posted = posted
    }
}
