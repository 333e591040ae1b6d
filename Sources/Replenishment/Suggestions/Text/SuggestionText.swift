public import Retail

/// The names that suggestions are spoken of with: the arrays their indices point into.
public struct SuggestionNames: Sendable {
    public var skus: [SKU]
    public var suppliers: [Supplier]
    public var nodes: [Node]
    public var currency: Currency

    public init(skus: [SKU], suppliers: [Supplier], nodes: [Node], currency: Currency) {
        self.skus = skus
        self.suppliers = suppliers
        self.nodes = nodes
        self.currency = currency
    }

    public func sku(_ index: SKU.Index) -> String { index.position < skus.count ? skus[index.position].name : "?" }
    public func skuCode(_ index: SKU.Index) -> String { index.position < skus.count ? skus[index.position].code : "?" }
    public func node(_ index: Node.Index) -> String { index.position < nodes.count ? nodes[index.position].name : "?" }
    public func nodeCode(_ index: Node.Index) -> String {
        index.position < nodes.count ? nodes[index.position].code : "?"
    }
    public func supplier(_ index: Supplier.Index) -> String {
        index.position < suppliers.count ? suppliers[index.position].name : "?"
    }
    public func supplierCode(_ index: Supplier.Index) -> String {
        index.position < suppliers.count ? suppliers[index.position].code : "?"
    }
}

extension SuggestionEngine {
    /// Why a purchase is suggested, in one sentence.
    public static func reason(_ s: PurchaseSuggestion, names: SuggestionNames, language: Language) -> String {
        let quantity = grouped(s.quantity.final)
        let (sku, supplier, node) = (names.sku(s.sku), names.supplier(s.supplier), names.node(s.node))
        let chain = s.quantity
        if chain.final == 0 {
            let cause = chain.afterLimits > 0 ? "no_budget" : chain.afterContainer > 0 ? "no_room" : "not_worth"
            return Catalogue.text(
                "suggestion.reason.\(cause)", language, grouped(chain.afterMultiple), sku, supplier, node)
        }
        guard let stockout = s.stockout else {
            return Catalogue.text(
                "suggestion.reason.reorder", language, quantity, sku, supplier, node, s.orderBy.description,
                grouped(s.position), grouped(s.reorderPoint))
        }
        if s.urgency == .late {
            return Catalogue.text(
                "suggestion.reason.late", language, quantity, sku, supplier, node, stockout.description,
                s.receipt.description)
        }
        return Catalogue.text(
            "suggestion.reason.stockout", language, quantity, sku, supplier, node, s.orderBy.description,
            stockout.description, String(stockout - s.orderBy))
    }

    /// Why a transfer is suggested, in one sentence.
    public static func reason(_ t: TransferSuggestion, names: SuggestionNames, language: Language) -> String {
        let quantity = grouped(t.quantity)
        let (sku, from, to) = (names.sku(t.sku), names.node(t.from), names.node(t.to))
        if t.kind == .balance {
            return Catalogue.text(
                "suggestion.reason.balance", language, quantity, sku, from, to, t.stockout?.description ?? "-",
                grouped(t.available))
        }
        if t.isShortOfRoom {
            return Catalogue.text(
                "suggestion.reason.transfer_room", language, quantity, sku, from, to, grouped(t.need))
        }
        if t.quantity < t.need {
            return Catalogue.text(
                "suggestion.reason.transfer_short", language, quantity, sku, from, to, grouped(t.need),
                grouped(t.available))
        }
        return Catalogue.text(
            "suggestion.reason.transfer", language, quantity, sku, from, to, grouped(t.position), grouped(t.orderUpTo))
    }

    /// What an exception is about, in one sentence.
    public static func reason(_ e: SuggestionException, names: SuggestionNames, language: Language) -> String {
        let sku = e.sku.map { names.sku($0) } ?? ""
        let node = e.node.map { names.node($0) } ?? ""
        let supplier = e.supplier.map { names.supplier($0) } ?? ""
        return Catalogue.text(
            "exception.\(e.kind.rawValue).reason", language, sku, node, supplier, grouped(e.quantity),
            e.day?.description ?? "-", decimal(e.days, 0))
    }

    /// How the suggestion came about, step by step, each step with its numbers. Steps that changed nothing are left
    /// out.
    public static func explanation(of s: PurchaseSuggestion, names: SuggestionNames, language: Language) -> [String] {
        explanation(
            of: s.line, supplier: names.supplier(s.supplier), rival: s.rival.map { names.supplier($0) } ?? "",
            currency: names.currency, language: language)
    }

    /// The same for a line whose supplier, and the one next in cost (empty where there is none), are known by name.
    public static func explanation(
        of s: PurchaseLine, supplier: String, rival: String, currency: Currency, language: Language
    ) -> [String] {
        func line(_ key: String, _ arguments: String...) -> String {
            Catalogue.text(key, language, arguments: arguments)
        }
        var lines = [
            line(
                "suggestion.step.demand", decimal(s.demandMean, 1), decimal(s.demandP10, 0), decimal(s.demandP50, 0),
                decimal(s.demandP90, 0)),
            line("suggestion.step.target", grouped(s.safetyStock), grouped(s.reorderPoint), grouped(s.orderUpTo)),
            line("suggestion.step.basis", safetyStockSource(s, language), reorderPointSource(s, language)),
            line(
                "suggestion.step.position", grouped(s.position), grouped(s.onHand), grouped(s.inTransit),
                grouped(s.onOrder), grouped(s.backordered), grouped(s.reserved)),
        ]
        if s.expiring > 0 { lines.append(line("suggestion.step.expiring", grouped(s.expiring))) }
        let chain = s.quantity
        lines.append(line("suggestion.step.need", grouped(chain.need)))
        if chain.afterMinimum > chain.need {
            lines.append(line("suggestion.step.minimum", grouped(chain.afterMinimum)))
        }
        if chain.afterMultiple > chain.afterMinimum {
            lines.append(line("suggestion.step.multiple", grouped(chain.afterMultiple)))
        } else if chain.afterMultiple < chain.afterMinimum {
            lines.append(line("suggestion.step.multiple_down", grouped(chain.afterMultiple)))
        }
        if chain.afterBreak > chain.afterMultiple {
            lines.append(line("suggestion.step.break", grouped(chain.afterBreak), decimal(s.unitCost.major, 4)))
        }
        if chain.afterOrderValue > chain.afterBreak {
            lines.append(line("suggestion.step.order_value", grouped(chain.afterOrderValue)))
        }
        if chain.afterContainer > chain.afterOrderValue {
            lines.append(line("suggestion.step.container", grouped(chain.afterContainer)))
        } else if chain.afterContainer < chain.afterOrderValue {
            lines.append(line("suggestion.step.container_down", grouped(chain.afterContainer)))
        }
        if chain.afterLimits != chain.afterContainer {
            lines.append(line("suggestion.step.limits", grouped(chain.afterLimits)))
        }
        if chain.afterBudget != chain.afterLimits {
            lines.append(line("suggestion.step.budget", grouped(chain.afterBudget)))
        }
        if s.isBelowContainer { lines.append(line("suggestion.step.below_container")) }
        if s.isBelowOrderValue { lines.append(line("suggestion.step.below_order_value")) }
        lines.append(
            line(
                "suggestion.step.value", grouped(chain.final), decimal(s.unitCost.major, 4),
                decimal(s.value.major(in: currency), currency.minorDigits), currency.code))
        if s.part == .urgent { lines.append(line("suggestion.step.urgent_part", supplier, rival)) }
        if s.part == .rest { lines.append(line("suggestion.step.rest_part")) }
        if !rival.isEmpty, s.part != .urgent {
            lines.append(
                line(
                    "suggestion.step.choice", supplier, decimal(s.effectiveCost.major, 4), rival,
                    decimal(s.rivalCost.major, 4)))
        }
        lines.append(
            line("suggestion.step.cover", decimal(s.daysOfCoverBefore, 1), decimal(s.daysOfCoverAfter, 1)))
        lines.append(line("suggestion.step.risk", decimal(100 * s.stockoutProbability, 1)))
        lines.append(line("suggestion.step.dates", s.orderBy.description, s.receipt.description))
        if let gap = s.firstGap { lines.append(line("suggestion.step.gap", gap.description)) }
        if s.urgency == .late, let stockout = s.stockout {
            lines.append(line("suggestion.step.late", stockout.description))
        }
        return lines
    }
}

/// Where a line's safety stock comes from: the service promised and the law of demand.
public func safetyStockSource(_ line: PurchaseLine, _ language: Language) -> String {
    Catalogue.text(
        "suggestion.source.\(line.basis.service.kind)", language, decimal(100 * line.basis.service.level, 1),
        lawText(line.law, fit: line.basis.fit, language))
}

/// Where its reorder point comes from: the time it must last, and who says so.
public func reorderPointSource(_ line: PurchaseLine, _ language: Language) -> String {
    let basis = line.basis
    let span = [decimal(basis.leadTime, 1), decimal(basis.leadTimeDeviation, 1), String(basis.reviewPeriod)]
    switch basis.leadTimeSource {
    case .terms: return Catalogue.text("suggestion.source.terms", language, arguments: span)
    case .assumed: return Catalogue.text("suggestion.source.assumed", language, arguments: span)
    case .measured(let orders):
        return Catalogue.text("suggestion.source.measured", language, arguments: span + [String(orders)])
    }
}

/// A whole number with its thousands apart, as both languages write them: 12,345.
func grouped(_ value: Int64) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (place, digit) in digits.enumerated() {
        if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
        text.append(digit)
    }
    return value < 0 ? "-" + text : text
}

/// A number with a fixed count of decimals and its thousands apart, rounded half away from zero, the same on every
/// machine.
func decimal(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "-" : value < 0 ? "-∞" : "∞" }
    guard value.magnitude < 1e14 else { return String(value) }
    var scale: Int64 = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int64((value.magnitude * Double(scale)).rounded(.toNearestOrAwayFromZero))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    let whole = sign + grouped(scaled / scale)
    guard digits > 0 else { return whole }
    let fraction = String(scaled % scale)
    return whole + "." + String(repeating: "0", count: digits - fraction.count) + fraction
}

/// A law of demand by name, with its gap to the samples it was chosen by.
private func lawText(_ law: String, fit: Double?, _ language: Language) -> String {
    guard !law.isEmpty else { return "-" }
    let name = Catalogue.text("law.\(law)", language)
    return fit.map { Catalogue.text("suggestion.source.law", language, name, decimal(100 * $0, 1)) } ?? name
}
