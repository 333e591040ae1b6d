import Retail
import Simulation

/// Turns the checked settings of a bare model into the model, and names what does not fit together.
struct ModelDecoder {
    let read: SettingsReader
    private(set) var issues: [ScenarioIssue] = []
    private let places: [String: SourcePlace]
    private let key: String
    private let file: String

    init(_ read: SettingsReader, places: [String: SourcePlace], key: String, file: String) {
        self.read = read
        self.places = places
        self.key = key
        self.file = file
    }

    func place(_ path: String) -> SourcePlace { places[path] ?? places[key] ?? SourcePlace(file: file) }

    private mutating func report(_ path: String, _ value: String = "", _ problem: ScenarioProblem) {
        issues.append(.init(place(path), path, value, problem))
    }

    /// Keys that go with one choice only.
    private mutating func refuse(_ paths: [String], kind: String) {
        for path in paths where read.isGiven(path) { report(path, "", .notForKind(kind: kind)) }
    }

    private mutating func law(_ path: String, word: String) -> TimeLaw {
        let law = read.text("\(path).\(word)") ?? ""
        let variation = read.number("\(path).variation")
        let phases = read.integer("\(path).phases")
        if law != "erlang" { refuse(["\(path).phases"], kind: law) }
        if ["exponential", "deterministic", "erlang"].contains(law) { refuse(["\(path).variation"], kind: law) }
        switch law {
        case "deterministic": return .deterministic
        case "exponential": return .exponential
        case "erlang":
            if phases == nil { report("\(path).phases", "", .missingTerm(kind: law, term: "phases")) }
            return .erlang(phases: Int(phases ?? 1))
        default:
            if variation == nil { report("\(path).variation", "", .missingTerm(kind: law, term: "variation")) }
            switch law {
            case "gamma": return .gamma(variation: variation ?? 1)
            case "log_normal": return .logNormal(variation: variation ?? 1)
            default: return .hyperexponential(variation: variation ?? 2)
            }
        }
    }

    // MARK: Queueing

    mutating func queueing() -> QueueingModel? {
        let stations = (0..<read.count("queueing.stations")).map { station("queueing.stations[\($0)]", number: $0) }
        let names = stations.map(\.name)
        for (i, name) in names.enumerated() where names.firstIndex(of: name) != i {
            report(
                "queueing.stations[\(i)].name", name, .model(fault: "two stations have this name; give each its own"))
        }
        var model = QueueingModel(
            arrivals: arrivals(), stations: stations, isSteady: read.text("queueing.measure") == "steady",
            warmUp: seconds("queueing.warm_up"), length: seconds("queueing.length"), observations: observations(),
            unit: read.text("queueing.unit") ?? "h")
        model.secondsPerUnit = ["s": 1.0, "min": 60, "h": 3_600, "d": 86_400][model.unit] ?? 3_600
        for i in stations.indices {
            guard let word = read.text("queueing.stations[\(i)].rework_to") else { continue }
            guard let target = names.firstIndex(of: word) else {
                report(
                    "queueing.stations[\(i)].rework_to", word,
                    .unknownCode(entity: "station", nearest: nearestName(to: word, in: names)))
                continue
            }
            model.stations[i].reworkTo = target
        }
        guard issues.isEmpty else { return nil }
        for fault in model.faults {
            let station = names.firstIndex { fault.place == "station \($0)" }
            let path = station.map { "queueing.stations[\($0)]" } ?? "queueing.\(fault.place)"
            report(path, "", .model(fault: "\(fault.place): \(fault.message)"))
        }
        return model
    }

    private func seconds(_ path: String) -> Double { read.duration(path)?.seconds ?? 0 }

    private mutating func arrivals() -> ArrivalLaw {
        let path = "queueing.arrivals"
        let law = read.text("\(path).law") ?? "poisson"
        if law == "poisson" { refuse(["\(path).amplitude", "\(path).period"], kind: law) }
        if law != "spike" { refuse(["\(path).bursts"], kind: law) }
        if law == "sinusoid", !read.isGiven("\(path).amplitude") {
            report("\(path).amplitude", "", .missingTerm(kind: law, term: "amplitude"))
        }
        if law == "spike", read.count("\(path).bursts") == 0 {
            report("\(path).bursts", "", .missingTerm(kind: law, term: "bursts"))
        }
        let bursts = (0..<read.count("\(path).bursts")).map { i in
            ArrivalLaw.Burst(
                at: seconds("\(path).bursts[\(i)].at"), height: read.number("\(path).bursts[\(i)].height") ?? 0,
                decay: seconds("\(path).bursts[\(i)].decay"))
        }
        return ArrivalLaw(
            rate: read.number("\(path).rate") ?? 0, amplitude: read.rate("\(path).amplitude")?.fraction ?? 0,
            period: seconds("\(path).period"), bursts: bursts)
    }

    private mutating func station(_ path: String, number: Int) -> QueueingModel.Station {
        let mean = read.isGiven("\(path).mean") ? seconds("\(path).mean") : nil
        let rate = read.number("\(path).rate")
        if mean == nil && rate == nil { report("\(path).mean", "", .missingTerm(kind: "station", term: "mean")) }
        if mean != nil && rate != nil {
            report("\(path).rate", "", .model(fault: "mean and rate say the same thing; give one of them"))
        }
        var servers: Int?
        if read.text("\(path).servers") != "unlimited" { servers = Int(read.integer("\(path).servers") ?? 1) }
        if servers == nil, read.isGiven("\(path).waiting_room") {
            report("\(path).waiting_room", "", .notForKind(kind: "unlimited"))
        }
        return .init(
            name: read.text("\(path).name") ?? "station_\(number + 1)", servers: servers,
            service: law(path, word: "service"), mean: mean ?? rate.map { 1 / $0 } ?? 0,
            waitingRoom: read.integer("\(path).waiting_room").map { Int($0) },
            rework: read.rate("\(path).rework")?.fraction ?? 0, reworkTo: number)
    }

    private mutating func observations() -> [QueueingModel.Observation] {
        (0..<read.count("queueing.observe")).compactMap { i in
            let path = "queueing.observe[\(i)]"
            let isMoment = read.isGiven("\(path).at")
            let (from, to) = (read.isGiven("\(path).from"), read.isGiven("\(path).to"))
            let every = read.isGiven("\(path).every") ? seconds("\(path).every") : nil
            if isMoment && !from && !to { return .number(at: seconds("\(path).at"), every: every) }
            guard !isMoment, from, to, seconds("\(path).from") < seconds("\(path).to") else {
                report(path, "", .model(fault: "give `at`, or `from` and a later `to`"))
                return nil
            }
            return .arrivals(from: seconds("\(path).from"), to: seconds("\(path).to"), every: every)
        }
    }

    // MARK: Inventory

    mutating func inventory() -> InventoryModel? {
        let period = seconds("inventory.period")
        let policy = policy()
        let demand = demandLaw()
        let leadTime = law("inventory.lead_time", word: "law")
        let currency = currency()
        guard let policy, issues.isEmpty else { return nil }
        func cost(_ key: String) -> Double { Double(read.money("inventory.costs.\(key)")?.units ?? 0) / 10_000 }
        let model = InventoryModel(
            isPeriodic: read.text("inventory.review") != "continuous", policy: policy, demand: demand,
            mean: (read.number("inventory.demand.mean") ?? 0) * period, leadTime: leadTime,
            leadMean: seconds("inventory.lead_time.mean") / period,
            isLost: read.text("inventory.unfilled") == "lost", holding: cost("holding"), backorder: cost("backorder"),
            lost: cost("lost"), order: cost("order"), warmUp: Int(min(1e15, seconds("inventory.warm_up") / period)),
            length: Int(min(1e15, seconds("inventory.length") / period)), currency: currency)
        for fault in model.faults {
            report("inventory.\(fault.place)", "", .model(fault: "\(fault.place): \(fault.message)"))
        }
        return model
    }

    private mutating func policy() -> InventoryModel.Policy? {
        let word = read.text("inventory.policy") ?? ""
        let terms: [String: [String]] = [
            "base_stock": ["order_up_to"], "r_q": ["reorder_point", "quantity"],
            "s_S": ["reorder_point", "order_up_to"], "moving_average": ["window"],
        ]
        let wanted = terms[word] ?? []
        for term in ["reorder_point", "order_up_to", "quantity", "window"] {
            let isGiven = read.isGiven("inventory.\(term)")
            if isGiven && !wanted.contains(term) { report("inventory.\(term)", "", .notForKind(kind: word)) }
            if !isGiven && wanted.contains(term) {
                report("inventory.\(term)", "", .missingTerm(kind: word, term: term))
            }
        }
        func number(_ term: String) -> Int { Int(read.integer("inventory.\(term)") ?? 0) }
        switch word {
        case "base_stock": return .baseStock(level: number("order_up_to"))
        case "r_q": return .lots(point: number("reorder_point"), quantity: number("quantity"))
        case "s_S": return .minMax(point: number("reorder_point"), level: number("order_up_to"))
        case "moving_average": return .movingAverage(periods: number("window"))
        default: return nil
        }
    }

    private mutating func demandLaw() -> InventoryModel.DemandLaw {
        let word = read.text("inventory.demand.law") ?? "poisson"
        let deviation = read.number("inventory.demand.deviation")
        switch word {
        case "negative_binomial", "normal":
            if deviation == nil {
                report("inventory.demand.deviation", "", .missingTerm(kind: word, term: "deviation"))
            }
            return word == "normal"
                ? .normal(deviation: deviation ?? 0) : .negativeBinomial(deviation: deviation ?? 0)
        default:
            refuse(["inventory.demand.deviation"], kind: word)
            return word == "deterministic" ? .deterministic : .poisson
        }
    }

    /// The one currency of the costs; no figure is converted.
    private mutating func currency() -> String {
        var found: String?
        for key in ["holding", "backorder", "lost", "order"] {
            let path = "inventory.costs.\(key)"
            guard let money = read.money(path), let code = money.currency else { continue }
            if let found, found != code { report(path, code, .wrongCurrency(currency: found)) }
            found = found ?? code
        }
        return found ?? ""
    }
}
