public import Retail

/// Where a suggestion stands.
public enum SuggestionState: String, Sendable, CaseIterable, Codable {
    case proposed, approved, ordered, received, closed, rejected, snoozed

    /// What a line in this state may become.
    public var next: [SuggestionState] {
        switch self {
        case .proposed: [.approved, .rejected, .snoozed]
        case .approved: [.approved, .ordered, .rejected, .snoozed, .proposed]
        case .ordered: [.received, .closed]
        case .received: [.closed]
        case .closed: []
        case .rejected: [.approved, .snoozed, .proposed]
        case .snoozed: [.approved, .rejected, .snoozed, .proposed]
        }
    }
}

/// What a person decided about a line, and what was suggested to them at that time. Decisions are only ever added.
public struct Decision: Sendable, Equatable {
    public var key: LineKey
    public var state: SuggestionState
    /// The quantity decided; nil: as suggested.
    public var quantity: Int64?
    /// Code of the purchase order, once there is one, and the day it is due.
    public var order: String
    public var due: Day?
    public var reason: String
    public var by: String
    /// Seconds since 1970-01-01 00:00 UTC.
    public var at: Int64
    /// Approved, rejected, snoozed: the last day it holds; nil: without end.
    public var until: Day?
    /// The book it was made on.
    public var book: BookID?
    public var suggested: Suggested

    /// What the line said when it was decided on.
    public struct Suggested: Sendable, Equatable {
        public var quantity: Int64
        public var leadTime: Double
        public var demandMean: Double
        public var unitCost: UnitPrice

        public init(quantity: Int64, leadTime: Double, demandMean: Double, unitCost: UnitPrice) {
            self.quantity = quantity
            self.leadTime = leadTime
            self.demandMean = demandMean
            self.unitCost = unitCost
        }

        public init(_ line: PurchaseLine) {
            self.init(
                quantity: line.quantity.final, leadTime: line.basis.leadTime, demandMean: line.demandMean,
                unitCost: line.unitCost)
        }
    }

    public init(
        key: LineKey, state: SuggestionState, quantity: Int64? = nil, order: String = "", due: Day? = nil,
        reason: String, by: String, at: Int64, until: Day? = nil, book: BookID? = nil, suggested: Suggested
    ) {
        self.key = key
        self.state = state
        self.quantity = quantity
        self.order = order
        self.due = due
        self.reason = reason
        self.by = by
        self.at = at
        self.until = until
        self.book = book
        self.suggested = suggested
    }

    /// Days a decision holds when no day is named: an approval two weeks, a rejection four.
    public static func usualDays(_ state: SuggestionState) -> Int? {
        switch state {
        case .approved: 14
        case .rejected: 28
        case .snoozed: 7
        default: nil
        }
    }

    /// The last day a decision about a line of a book holds: the day named, else what is usual; nil: until another.
    ///
    /// - Parameter today: the day of the book.
    /// - Throws: when the day named is over already.
    public static func lastDay(
        _ named: Day?, _ state: SuggestionState, today: Day
    ) throws(DecisionFault) -> Day? {
        guard let named else { return usualDays(state).map { today + $0 } }
        guard named >= today else { throw .endsBefore(today, named) }
        return named
    }

    /// Most units a decision may ask for.
    public static let largestQuantity: Int64 = 1_000_000_000
}

/// Why a decision makes no sense.
public enum DecisionFault: Error, Sendable, Equatable {
    /// It would be over on the day of its book.
    case endsBefore(Day, Day)

    /// What is wrong with the decision, and what to do.
    public func message(_ language: Language) -> String {
        switch self {
        case .endsBefore(let today, let last):
            Catalogue.text("cli.until_past", language, "\(last)", "\(today)")
        }
    }
}

/// What has changed since a decision was made, or that it no longer holds.
public enum StaleMark: String, Sendable, CaseIterable, Codable {
    case leadTimeChanged = "lead_time_changed"
    case forecastChanged = "forecast_changed"
    case priceChanged = "price_changed"
    case quantityDrifted = "quantity_drifted"
    case approvalExpired = "approval_expired"
    case rejectionExpired = "rejection_expired"
    case snoozeEnded = "snooze_ended"
}

/// Where a line stands today, told from the decisions about it.
public struct LineStatus: Sendable, Equatable {
    public var state = SuggestionState.proposed
    /// What was decided instead of the suggestion.
    public var quantity: Int64?
    /// The quantity decided less the fresh suggestion.
    public var drift: Int64?
    public var order = ""
    public var by = ""
    public var reason = ""
    public var at: Int64?
    public var until: Day?
    public var marks: [StaleMark] = []

    public init() {}

    /// - Parameters:
    ///   - history: the decisions about this line, oldest first.
    ///   - book: the book the line is in: a later need for the same goods starts anew.
    public init(_ line: PurchaseLine, history: [Decision], today: Day, book: BookID?) {
        // What became of orders placed from other books says nothing of this one's need.
        let own = history.last { ![.received, .closed].contains($0.state) || $0.book == book }
        guard let last = own else { return }
        (by, reason, at, until, order) = (last.by, last.reason, last.at, last.until, last.order)
        let isOver = last.until.map { $0 < today } ?? false
        switch last.state {
        case .proposed:
            self = LineStatus()
        case .approved where isOver: marks = [.approvalExpired]
        case .rejected where isOver: marks = [.rejectionExpired]
        case .snoozed where isOver: marks = [.snoozeEnded]
        case .ordered, .received, .closed:
            // What is on its way is counted by the next review: its lines ask for what is still missing.
            guard let book, last.book == book else {
                self = LineStatus()
                return
            }
            state = last.state
            quantity = last.quantity
        case .approved, .rejected, .snoozed:
            state = last.state
            if state == .approved {
                quantity = last.quantity
                let drift = (last.quantity ?? last.suggested.quantity) - line.quantity.final
                if drift != 0 { self.drift = drift }
            }
            marks = Self.marks(line, last)
        }
    }

    /// A lead time counts as changed from half a day and a twentieth on, a forecast from a tenth, a price at all, a
    /// quantity when the fresh suggestion is no longer the one that was looked at.
    private static func marks(_ line: PurchaseLine, _ decision: Decision) -> [StaleMark] {
        let then = decision.suggested
        var marks: [StaleMark] = []
        let shift = abs(line.basis.leadTime - then.leadTime)
        if shift >= 0.5, shift >= 0.05 * then.leadTime { marks.append(.leadTimeChanged) }
        if abs(line.demandMean - then.demandMean) > 0.1 * max(1e-9, then.demandMean) { marks.append(.forecastChanged) }
        if line.unitCost != then.unitCost { marks.append(.priceChanged) }
        if decision.state == .approved, line.quantity.final != then.quantity { marks.append(.quantityDrifted) }
        return marks
    }
}

/// An order that was placed from a suggestion and has not come yet.
public struct OutstandingOrder: Sendable, Equatable {
    public var key: LineKey
    public var order: String
    public var quantity: Int64
    public var due: Day?
    /// Seconds since 1970-01-01 00:00 UTC.
    public var placed: Int64

    public init(key: LineKey, order: String, quantity: Int64, due: Day? = nil, placed: Int64) {
        (self.key, self.order, self.quantity, self.due, self.placed) = (key, order, quantity, due, placed)
    }
}

extension [Decision] {
    /// The decisions about each line, oldest first.
    public var byLine: [LineKey: [Decision]] { Dictionary(grouping: self, by: \.key) }

    /// Lines that are rejected or postponed on a day.
    public func declined(on day: Day) -> Set<LineKey> {
        Set(
            byLine.compactMap { key, history in
                let last = history.last { ![.received, .closed].contains($0.state) }
                guard let last, last.state == .rejected || last.state == .snoozed else { return nil }
                return last.until.map { $0 < day } ?? false ? nil : key
            })
    }

    /// Orders placed and neither received nor closed, in the order they were placed. A receipt or closing names its
    /// order, or else is for the oldest of its line.
    public var outstanding: [OutstandingOrder] {
        var open: [OutstandingOrder] = []
        for decision in self {
            switch decision.state {
            case .ordered:
                open.append(
                    OutstandingOrder(
                        key: decision.key, order: decision.order,
                        quantity: decision.quantity ?? decision.suggested.quantity, due: decision.due,
                        placed: decision.at))
            case .received, .closed:
                let at =
                    open.firstIndex { $0.key == decision.key && $0.order == decision.order }
                    ?? (decision.order.isEmpty ? open.firstIndex { $0.key == decision.key } : nil)
                if let at { open.remove(at: at) }
            default: break
            }
        }
        return open
    }

    /// The outstanding order that a receipt or closing of these decisions' line is for.
    func order(of decision: Decision) -> OutstandingOrder? {
        guard [.received, .closed].contains(decision.state) else { return nil }
        return outstanding.first { decision.order.isEmpty || $0.order == decision.order }
    }
}
