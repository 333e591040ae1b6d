import Reporting
import Retail
import Scenarios
import Store

/// What the API answers, in JSON. Days are ISO, moments seconds since 1970 UTC, shares 0 to 1, amounts in major
/// units; a number that is not one is null.

struct APIError: Codable, Equatable {
    var error: String
    /// What is wrong with which setting, when a scenario was refused.
    var problems: [APIProblem]?
}

struct APIProblem: Codable, Equatable {
    var path: String
    var message: String
}

struct APIRunList: Codable { var runs: [APIRun] }

struct APIRun: Codable {
    var id: Int64
    var name: String
    var status: String
    var progress: Double
    var stage: String
    var stage_text: String
    var started: Int64
    var finished: Int64?
    var message: String
    var currency: String
    /// Text, since JSON numbers lose digits beyond 2^53.
    var seed: String
    var replications: Int
    var overrides: [String]
    var engine_version: String
    var processor: String
    var data_fingerprint: String
    var forecast_digest: String?
    var plan_digest: String?
    var result_digest: String?
    /// With one run only, once it is done.
    var figures: [APIFigure]?
    var tables: [String]?
}

struct APIFigure: Codable {
    var key: String
    var unit: String
    var mean: Double?
    var half_width: Double?
    var replications: [Double?]

    init(_ figure: Figure) {
        key = figure.key
        unit = figure.unit
        mean = finite(figure.mean)
        half_width = finite(figure.halfWidth)
        replications = figure.replications.map(finite)
    }
}

struct APITable: Codable {
    var name: String
    var columns: [APIColumn]

    init(_ table: ResultTable) {
        name = table.name
        columns = table.columns.map(APIColumn.init)
    }
}

/// One of the three lists of values is there.
struct APIColumn: Codable {
    var name: String
    var unit: String
    var integers: [Int64]?
    var reals: [Double?]?
    var texts: [String]?

    init(_ column: Column) {
        name = column.name
        unit = column.unit
        switch column.values {
        case .integer(let values): integers = values
        case .real(let values): reals = values.map(finite)
        case .text(let values): texts = values
        }
    }
}

struct APISuggestionList: Codable { var suggestions: [APISuggestion] }

struct APISuggestion: Codable {
    var number: Int
    var sku: String
    var sku_name: String
    var supplier: String
    var node: String
    var position: Int64
    var demand_mean: Double?
    var safety_stock: Int64
    var need: Int64
    /// How the need became the quantity suggested.
    var chain: Chain
    var quantity: Int64
    var unit_cost: Double
    var value: Double
    var order_by: String
    var receipt: String
    var stockout: String?
    var first_gap: String?
    var suggested: Int64
    var urgency: String
    var state: String
    var drift: Int64?
    var marks: [String]
    var reason: String

    struct Chain: Codable {
        var minimum: Int64
        var multiple: Int64
        var rounding: String
        var price_break: Int64
        var order_value: Int64
        var container: Int64
        var limits: Int64
        var budget: Int64

        init(_ chain: QuantityChain) {
            (minimum, multiple, rounding) = (chain.afterMinimum, chain.afterMultiple, chain.rounding.rawValue)
            (price_break, order_value) = (chain.afterBreak, chain.afterOrderValue)
            (container, limits, budget) = (chain.afterContainer, chain.afterLimits, chain.afterBudget)
        }
    }

    init(_ line: SuggestionRow, number: Int, currency: Currency, language: Language) {
        self.number = number
        sku = line.sku
        sku_name = line.skuName
        supplier = line.supplier
        node = line.node
        position = line.position
        demand_mean = finite(line.demandMean)
        safety_stock = line.safetyStock
        need = line.quantity.need
        chain = Chain(line.quantity)
        quantity = line.orderQuantity
        suggested = line.quantity.final
        unit_cost = line.unitCost.major
        value = line.orderValue(in: currency).major(in: currency)
        order_by = line.orderBy.description
        receipt = line.receipt.description
        stockout = line.stockout?.description
        first_gap = line.firstGap?.description
        urgency = line.urgency.rawValue
        state = line.status.state.rawValue
        drift = line.status.drift
        marks = line.status.marks.map(\.rawValue)
        reason = line.reason(language)
    }
}

struct APIBookList: Codable { var books: [APIBook] }

struct APIBook: Codable {
    var id: Int64
    var dataset: String
    var source: String
    var day: String
    var currency: String
    var run: Int64?
    var made: Int64
    var lines: Int

    init(_ book: OrderBookEntry) {
        id = book.id.number
        dataset = book.dataset
        source = book.source
        day = book.today.description
        currency = book.currency
        run = book.run?.number
        made = book.made
        lines = book.lineCount
    }
}

/// `{"state": "approved", "quantity": 480, "by": "Li Na", "reason": "exhibition", "until": "2011-12-20"}`
struct APIDecision: Codable {
    var state: String
    var by: String
    var quantity: Int64?
    var reason: String?
    var until: String?
    var order: String?

    var form: Form {
        Form([
            ("state", state), ("by", by), ("quantity", quantity.map { String($0) } ?? ""), ("reason", reason ?? ""),
            ("until", until ?? ""), ("order", order ?? ""),
        ])
    }
}

struct APIComparison: Codable {
    struct Row: Codable {
        var key: String
        var unit: String
        var means: [Double?]
        /// To the first run; null for the first, and where one of the two is missing.
        var differences: [Double?]
        var half_widths: [Double?]
    }

    var runs: [String]
    var figures: [Row]

    init(_ comparison: Comparison) {
        runs = comparison.runs
        figures = comparison.figures.map { figure in
            Row(
                key: figure.key, unit: figure.unit, means: figure.values.map { $0.flatMap { finite($0.mean) } },
                differences: figure.differences.map { $0.flatMap { finite($0.mean) } },
                half_widths: figure.differences.map { $0.flatMap { $0.halfWidth.flatMap(finite) } })
        }
    }
}

struct APIScenarioList: Codable { var scenarios: [APIScenario] }

struct APIScenario: Codable {
    struct Setting: Codable {
        var path: String
        var value: String
        var label: String
        var choices: [String]?
    }

    var name: String
    /// Empty when the file cannot be used; `problems` says why.
    var title: String
    var levers: [Setting]
    var problems: [APIProblem]
}

/// `{"scenario": "flagship", "overrides": ["demand.volume=2"]}`
struct APIRunRequest: Codable {
    var scenario: String
    var overrides: [String]?
}

private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
