import Retail

extension Assembly {
    /// Reads everything, in an order in which codes are known before they are used. The demand is read early when
    /// it has to stand in for a missing list of SKUs, channels or regions.
    mutating func read() throws(DatasetError) -> Dataset {
        readDescription()
        readAssumptions()
        let calendar = readCalendar()
        var skuList = readProducts()
        var channelList = readChannels()
        var regionList = readRegions()
        var rows = readDemand()
        try log.check()
        if !has(Schema.products) {
            rows.sortSKUs(&skus)
            skuList = defaultSKUs()
        }
        if !has(Schema.channels) {
            rows.sortChannels(&channels)
            channelList = defaultChannels()
        }
        if !has(Schema.regions) {
            rows.sortRegions(&regions)
            regionList = defaultRegions()
        }
        let builder = PanelBuilder(
            file: fileName(Schema.demand), rows: rows, absent: absentRows ?? .zero, statedStep: step,
            calendar: calendar, skus: skus.texts, channels: channels.texts, regions: regions.texts)
        let built = builder.build(log)
        try log.check()
        guard let built else { throw DatasetError(issues: []) }
        if built.closedRows > 0 {
            note(
                "demand.csv",
                "\(built.closedRows) rows with \(Int64(built.closedUnits)) units lie on days that the calendar has "
                    + "as closed; they are kept")
        }
        var dataset = Dataset(name: name, currency: currency, fingerprint: "", demand: built.panel)
        dataset.zone = zone
        dataset.demandPrices = built.prices
        dataset.demandInStock = built.inStock
        dataset.calendar = self.calendar(calendar, readEvents(), around: built.panel.axis)
        dataset.skus = skuList
        dataset.channels = channelList
        dataset.regions = regionList
        dataset.segments = readSegments()
        dataset.nodes = readNodes(Schema.nodes)
        if !has(Schema.nodes) { dataset.nodes = [defaultNode(regionList)] }
        dataset.candidates = readNodes(Schema.candidates)
        checkUpstream(dataset)
        dataset.suppliers = readSuppliers()
        dataset.supply = readSupply(dataset)
        dataset.closures = readClosures()
        dataset.carriers = readCarriers()
        dataset.rates = readRates(dataset)
        dataset.listings = readListings()
        dataset.prices = readPrices()
        dataset.promotions = readPromotions()
        dataset.orders = readOrders()
        dataset.shipments = readShipments()
        dataset.returns = readReturns()
        dataset.settlements = readSettlements()
        dataset.stock = readStock(dataset)
        dataset.lots = readLots()
        dataset.openOrders = readOpenOrders()
        dataset.purchases = readPurchases()
        dataset.budgets = readBudgets()
        dataset.adjustments = readAdjustments()
        dataset.signals = readSignals(dataset.promotions)
        try log.check()
        noteAbsent()
        dataset.assumptions = assumptions
        dataset.fingerprint = fingerprint()
        return dataset
    }

    private mutating func readDescription() {
        guard var reader = open(Schema.dataset) else { return }
        while reader.next() {
            let key = reader.choice(DescriptionKey.self, else: .name)
            let value = reader.text()
            switch key {
            case .name: name = value
            case .zone: zone = value
            case .currency:
                if let known = Currency(code: value) {
                    currency = known
                } else {
                    reader.fault(shown: value, "is no currency", "give three capital letters, such as GBP")
                }
            case .step:
                step = TimeStep(rawValue: value)
                if step == nil {
                    reader.fault(
                        shown: value, "is no step",
                        "give one of \(TimeStep.allCases.map(\.rawValue).joined(separator: ", "))")
                }
            case .absentRows:
                absentRows = AbsentRows(rawValue: value)
                if absentRows == nil { reader.fault(shown: value, "is neither zero nor missing", "give one of them") }
            case .country:
                country = Country(rawValue: value)
                if country == nil {
                    let known = Country.allCases.map(\.rawValue).joined(separator: ", ")
                    reader.fault(
                        shown: value, "is no country with a table of holidays",
                        "give one of \(known), or leave the row out and list events in calendar.csv and events.csv")
                }
            }
        }
        close(reader)
    }

    private mutating func readAssumptions() {
        guard var reader = open(Schema.assumptions) else { return }
        var read: [Assumption] = []
        while reader.next() { read.append(Assumption(subject: reader.text(), text: reader.text())) }
        assumptions.append(contentsOf: read)
        close(reader)
    }

    private mutating func readEvents() -> [CalendarEvent] {
        guard var reader = open(Schema.events) else { return [] }
        var events: [CalendarEvent] = []
        while reader.next() {
            let name = reader.text()
            let kind = reader.choice(else: CalendarEventKind.shopping)
            let (from, through) = (reader.date(), reader.date())
            order(reader, from, through)
            events.append(
                CalendarEvent(
                    name: name, kind: kind, from: from, through: through, buildUp: reader.integer(),
                    dip: reader.integer(), source: reader.text()))
        }
        close(reader)
        return events
    }

    /// The calendar with the events of the country around the days of the demand and over a year beyond.
    private mutating func calendar(_ days: BusinessCalendar, _ stated: [CalendarEvent], around axis: TimeAxis)
        -> BusinessCalendar
    {
        guard axis.step != .bare else { return days }
        let last = axis.day(axis.count - 1)
        let calendar = BusinessCalendar(
            days.days, country: country, stated: stated, from: axis.origin, through: last + Self.daysAhead)
        if let warning = calendar.warning(from: axis.origin, through: last) { note("dataset.csv", warning) }
        return calendar
    }

    /// Days beyond the demand for which a country's events are made.
    private static let daysAhead = 550

    private mutating func readCalendar() -> BusinessCalendar {
        guard var reader = open(Schema.calendar) else { return BusinessCalendar() }
        var days: [CalendarDay] = []
        // A calendar that lists plain open days lists every day: one left out is a gap, not an open day.
        var isDense = false
        var places: [Day: Int] = [:]
        while reader.next() {
            let day = CalendarDay(day: reader.date(), isOpen: reader.flag(), event: reader.text())
            isDense = isDense || (day.isOpen && day.event.isEmpty)
            places[day.day] = reader.line
            days.append(day)
        }
        if isDense {
            let listed = places.keys.sorted()
            for (day, next) in zip(listed, listed.dropFirst()) where next != day + 1 {
                reader.issue(
                    line: places[next], "the days after \(day) are missing in a calendar that lists open days",
                    "list every day from the first to the last, or only closed days and events")
            }
        }
        close(reader)
        return BusinessCalendar(days)
    }

    private mutating func readDemand() -> DemandRows {
        var rows = DemandRows()
        let isLong = isLongFormat()
        let schema = isLong ? Schema.longPanel : Schema.demand
        guard var reader = open(schema, checksKeys: false) else { return rows }
        if isLong { absentRows = absentRows ?? .missing }
        let grows = (!has(Schema.products), !has(Schema.channels), !has(Schema.regions))
        rows.read(
            &reader, skus: &skus, channels: &channels, regions: &regions, grows: grows, log: log)
        close(reader)
        return rows
    }

    /// Whether `demand.csv` has the header of the long format.
    private func isLongFormat() -> Bool {
        guard var scanner = try? CSVScanner(path: folder + "/" + fileName(Schema.demand)),
            let found = try? scanner.next(), found
        else { return false }
        for field in scanner.fields.indices where Parse.trimmed(scanner.bytes(field)).elementsEqual("unique_id".utf8) {
            return true
        }
        return false
    }

    /// A node must be replenished from a node that exists, and not from itself in a circle.
    private mutating func checkUpstream(_ dataset: Dataset) {
        let all = dataset.nodes + dataset.candidates
        let upstream = Dictionary(all.map { ($0.code, $0.replenishedFrom) }, uniquingKeysWith: { first, _ in first })
        var told: Set<String> = []
        for (position, node) in all.enumerated() where !node.replenishedFrom.isEmpty {
            let file = fileName(position < dataset.nodes.count ? Schema.nodes : Schema.candidates)
            let at = node.replenishedFrom
            if upstream[at] == nil {
                // Nodes further down are not to blame, and an unknown node is told once.
                guard !nodes.isPartial, told.insert(at).inserted else { continue }
                log.add(
                    DataIssue(
                        file: file, line: nodeLines[node.code], field: "replenished_from", value: at,
                        expected: "is an unknown node",
                        cure: "add it to nodes.csv, or leave the field empty"))
                continue
            }
            var (way, steps) = (at, 0)
            while way != node.code, let next = upstream[way], !next.isEmpty, steps <= all.count {
                (way, steps) = (next, steps + 1)
            }
            if way == node.code {
                log.add(
                    DataIssue(
                        file: file, line: nodeLines[node.code], field: "replenished_from", value: node.code,
                        expected: "is replenished in a circle",
                        cure: "one node of the circle must be supplied from outside"))
            }
        }
    }
}

enum DescriptionKey: String, CaseIterable {
    case name, currency, zone, step
    case absentRows = "absent_rows"
    case country
}
