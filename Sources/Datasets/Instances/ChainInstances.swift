import Retail

/// One stage of a supply chain file.
public struct ChainStage: Sendable, Equatable {
    public var name: String
    public var line: Int
    public var leadTime: Double
    public var maximumServiceTime: Double?
    /// What the stage adds to a unit's cost, or what holding a unit there costs, as the file says.
    public var cost: Double
    public var poolingPower: Double?
    /// Demand from outside: mean, standard deviation and the deviations promised; nil where there is none.
    public var demandMean: Double?
    public var demandDeviation: Double?
    public var safetyFactor: Double?
    public var shortageCost: Double?
    /// The suppliers, by place in the file, and the units of theirs that go into one.
    public var upstream: [Link]

    public struct Link: Sendable, Equatable {
        public var stage: Int
        public var quantity: Double
    }
}

/// Reads files of supply chains: comma separated, one stage a line, the last columns naming its suppliers in pairs of
/// stage and quantity (the layout of the guaranteed-service chains that go with Graves and Willems, 2000).
public enum ChainInstances {
    /// Columns, by what they may be called. `up_stages` is the last and stands for all that follow.
    private static let names: [(key: String, spellings: [String])] = [
        ("stage", ["stage_id", "stage", "name"]), ("lead_time", ["lead_time"]),
        ("max_service", ["max_s_time", "max_service_time"]),
        ("cost", ["cost_rate", "cost", "added_cost"]),
        ("echelon", ["echelon_holding_cost", "echelon_holding"]),
        ("local", ["holding_cost", "local_holding_cost", "holding"]),
        ("pool", ["risk_pool"]), ("mean", ["ext_demand_mean", "demand_mean"]),
        ("deviation", ["ext_demand_std", "demand_std", "demand_sd"]),
        ("factor", ["ext_demand_thres", "safety_factor"]),
        ("shortage", ["shortage_cost", "stockout_cost", "backorder_cost"]), ("up", ["up_stages", "upstream"]),
    ]

    /// How the costs of a serial file are meant.
    public enum HoldingKind: Sendable {
        /// What holding a unit at the stage costs.
        case local
        /// What it costs beyond the stage above.
        case echelon
    }

    /// A chain for the guaranteed-service model: `stage_id`, `lead_time`, `cost_rate`, and as needed `max_s_time`,
    /// `risk_pool`, `ext_demand_mean`, `ext_demand_std`, `ext_demand_thres`, `up_stages`.
    /// - Throws: `FileError`, or a `DataIssue` with file, line and value.
    public static func guaranteedService(path: String) throws -> [ChainStage] {
        try read(path, needed: ["stage", "lead_time", "cost"], cost: "cost")
    }

    /// A serial system: `stage_id`, `lead_time`, `echelon_holding_cost` (or `holding_cost`), `demand_mean` and
    /// `demand_std` and `shortage_cost` at the stage of the customers, `up_stages`; stages in any order.
    /// - Returns: stages from the customers' upwards.
    public static func serial(path: String) throws -> (stages: [ChainStage], holding: HoldingKind) {
        let kind: HoldingKind = try columns(path)["echelon"] != nil ? .echelon : .local
        let stages = try read(
            path, needed: ["stage", "lead_time", kind == .echelon ? "echelon" : "local"],
            cost: kind == .echelon ? "echelon" : "local")
        func fault(_ line: Int, _ value: String, _ expected: Phrase, _ cure: Phrase) -> DataIssue {
            DataIssue(file: path, line: line, value: value, expected: expected, cure: cure)
        }
        var isSupplier = [Bool](repeating: false, count: stages.count)
        for stage in stages {
            guard stage.upstream.count <= 1 else {
                throw fault(stage.line, stage.name, "one supplier at most is expected in a row of stages", "use gsm")
            }
            for link in stage.upstream {
                guard !isSupplier[link.stage] else {
                    throw fault(
                        stage.line, stages[link.stage].name, "each stage may supply one other in a row", "use gsm")
                }
                isSupplier[link.stage] = true
            }
        }
        let ends = stages.indices.filter { !isSupplier[$0] }
        guard let end = ends.first, ends.count == 1 else {
            throw fault(
                stages.first?.line ?? 1, stages.first?.name ?? "", "stages that form one row are expected",
                "name each stage's supplier in up_stages")
        }
        var row: [ChainStage] = []
        var next: Int? = end
        while let place = next, row.count < stages.count {
            row.append(stages[place])
            next = stages[place].upstream.first?.stage
        }
        guard row.count == stages.count, next == nil else {
            throw fault(row.last?.line ?? 1, row.last?.name ?? "", "stages that form one row are expected", "use gsm")
        }
        return (row, kind)
    }

    private static func columns(_ path: String) throws -> [String: Int] {
        let scanner = try InstanceScanner(path: path)
        var lines = scanner
        return try header(&lines).places
    }

    private static func header(_ scanner: inout InstanceScanner) throws(DataIssue) -> (
        places: [String: Int], upstream: Int
    ) {
        var text = scanner.restOfLine()
        if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
        var places: [String: Int] = [:]
        for (place, field) in fields(text).enumerated() where !field.isEmpty {
            guard let key = names.first(where: { $0.spellings.contains(field) })?.key else {
                throw scanner.issue(
                    ArraySlice(field.utf8), "this column is not known",
                    "name the columns \(names.map { $0.spellings[0] }.joined(separator: ", "))")
            }
            guard places.updateValue(place, forKey: key) == nil else {
                throw scanner.issue(ArraySlice(field.utf8), "this column appears twice", "leave one of them out")
            }
        }
        if let up = places["up"], let later = places.values.max(), later > up {
            throw scanner.issue(nil, "up_stages must be the last column", "move it to the end")
        }
        return (places, places["up"] ?? .max)
    }

    private static func read(_ path: String, needed: [String], cost: String) throws -> [ChainStage] {
        var scanner = try InstanceScanner(path: path)
        let (places, upstream) = try header(&scanner)
        for key in needed where places[key] == nil {
            let spelling = names.first { $0.key == key }?.spellings[0] ?? key
            throw scanner.issue(nil, "the column \(spelling) is missing", "add it to the first line")
        }
        var stages: [ChainStage] = []
        var links: [[(name: String, quantity: Double)]] = []
        var known: [String: Int] = [:]
        while scanner.nextLine() {
            let cells = fields(scanner.restOfLine())
            if cells.allSatisfy(\.isEmpty) { continue }
            func text(_ key: String) -> String? {
                guard let place = places[key], place < cells.count, !cells[place].isEmpty else { return nil }
                return cells[place]
            }
            func number(_ key: String) throws(DataIssue) -> Double? {
                guard let text = text(key) else { return nil }
                return try scanner.number(ArraySlice(text.utf8), "\(key)", in: 0...1e15)
            }
            guard let name = text("stage") else { throw scanner.issue(nil, "a stage without a name", "name it") }
            guard known.updateValue(stages.count, forKey: name) == nil else {
                throw scanner.issue(ArraySlice(name.utf8), "this stage appears twice", "give each stage one line")
            }
            guard let leadTime = try number("lead_time"), let costs = try number(cost) else {
                throw scanner.issue(
                    ArraySlice(name.utf8), "lead time and cost of the stage are expected", "fill them in")
            }
            stages.append(
                ChainStage(
                    name: name, line: scanner.line, leadTime: leadTime, maximumServiceTime: try number("max_service"),
                    cost: costs, poolingPower: try number("pool"), demandMean: try number("mean"),
                    demandDeviation: try number("deviation"), safetyFactor: try number("factor"),
                    shortageCost: try number("shortage"), upstream: []))
            var pairs: [(String, Double)] = []
            var cell = upstream
            while cell < cells.count, !cells[cell].isEmpty {
                let quantity = cell + 1 < cells.count ? cells[cell + 1] : ""
                pairs.append(
                    (
                        cells[cell],
                        quantity.isEmpty
                            ? 1 : try scanner.number(ArraySlice(quantity.utf8), "a quantity", in: 1e-9...1e9)
                    ))
                cell += 2
            }
            links.append(pairs)
            guard stages.count <= 1_000_000 else { throw scanner.issue(nil, "more than a million stages", "split it") }
        }
        guard !stages.isEmpty else { throw scanner.issue(nil, "the file has no stages", "add a line for each") }
        for place in stages.indices {
            for (name, quantity) in links[place] {
                guard let supplier = known[name] else {
                    throw DataIssue(
                        file: path, line: stages[place].line, value: name, expected: "this supplier has no line",
                        cure: "add the stage or correct its name")
                }
                stages[place].upstream.append(ChainStage.Link(stage: supplier, quantity: quantity))
            }
        }
        return stages
    }

    /// The cells of a line; a cell in quotation marks may hold commas.
    private static func fields(_ line: String) -> [String] {
        var cells: [String] = []
        var cell = ""
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                cells.append(cell)
                cell = ""
            } else {
                cell.append(character)
            }
        }
        cells.append(cell)
        return cells.map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " || $0 == "\r" }.reversed()) }
    }
}
