public import Retail

extension SalesPanel {
    /// A data set as the global engine sees it: series grouped by SKU, category, channel and region, the named events and
    /// closed days of its calendar, planned promotions that move no price, and prices after price cuts and flash sales.
    ///
    /// - Parameter horizon: steps ahead that calendar, prices and plans are read for.
    /// - Throws: `ForecastError.step` unless the axis has days or weeks.
    public init(_ dataset: Dataset, horizon: Int) throws(ForecastError) {
        let demand = dataset.demand
        guard demand.axis.step == .day || demand.axis.step == .week else { throw .step(demand.axis.step.rawValue) }
        let known = demand.axis.count + horizon
        self.init(
            demand: demand, attributes: SalesPanel.attributes(dataset), events: SalesPanel.events(dataset, known),
            flags: SalesPanel.flags(dataset, known), prices: SalesPanel.prices(dataset, known), knownDays: known)
    }

    /// Only what tells series apart.
    public static func attributes(_ dataset: Dataset) -> [SeriesAttribute] {
        let keys = dataset.demand.keys
        func attribute(_ name: String, _ code: (SeriesKey) -> String) -> SeriesAttribute? {
            var numbers: [String: Int32] = [:]
            var codes: [String] = []
            let of = keys.map { key -> Int32 in
                let code = code(key)
                if let known = numbers[code] { return known }
                numbers[code] = Int32(codes.count)
                codes.append(code)
                return Int32(codes.count - 1)
            }
            return codes.count > 1 ? SeriesAttribute(name: name, codes: codes, of: of) : nil
        }
        func sku(_ key: SeriesKey) -> SKU? {
            key.sku.flatMap { dataset.skus.indices.contains($0.position) ? dataset.skus[$0.position] : nil }
        }
        let categories = (0..<3).map { depth in
            attribute("category\(depth + 1)") { key in
                sku(key).flatMap { depth < $0.categories.count ? $0.categories[depth] : nil } ?? ""
            }
        }
        return
            ([
                attribute("channel") { key in
                    key.channel.flatMap {
                        dataset.channels.indices.contains($0.position) ? dataset.channels[$0.position].code : nil
                    } ?? ""
                },
                attribute("region") { key in
                    key.region.flatMap {
                        dataset.regions.indices.contains($0.position) ? dataset.regions[$0.position].code : nil
                    } ?? ""
                },
            ] + categories + [attribute("sku") { sku($0)?.code ?? "" }]).compactMap(\.self)
    }

    private static func events(_ dataset: Dataset, _ known: Int) -> [DayEvents] {
        var steps: [String: [Int]] = [:]
        for listed in dataset.calendar.days where !listed.event.isEmpty {
            let step = dataset.demand.axis.index(of: listed.day)
            if step >= 0, step < known, steps[listed.event]?.last != step {
                steps[listed.event, default: []].append(step)
            }
        }
        // Holidays over several days, unless the data set lists them day by day.
        let listed = Set(steps.keys)
        for span in dataset.calendar.spans where !listed.contains(span.name) {
            for step in SalesPanel.steps(span.from, span.through, dataset.demand.axis, known)
            where steps[span.name]?.contains(step) != true {
                steps[span.name, default: []].append(step)
            }
        }
        return steps.sorted { $0.key < $1.key }.map { DayEvents(name: $0.key, days: $0.value) }
    }

    /// The days before and after a holiday that feel it.
    private static func windowFlags(_ dataset: Dataset, _ known: Int) -> [DayFlag] {
        let axis = dataset.demand.axis
        let listed = Set(dataset.calendar.days.map(\.event))
        var flags: [DayFlag] = []
        for (name, spans) in Dictionary(grouping: dataset.calendar.spans, by: \.name).sorted(by: { $0.key < $1.key })
        where !listed.contains(name) {
            var (before, after) = ([Bool](repeating: false, count: known), [Bool](repeating: false, count: known))
            for span in spans {
                if span.buildUp > 0 {
                    for step in steps(span.from - span.buildUp, span.from - 1, axis, known) { before[step] = true }
                }
                if span.dip > 0 {
                    for step in steps(span.through + 1, span.through + span.dip, axis, known) { after[step] = true }
                }
            }
            flags.append(DayFlag(name: "before \(name)", isSet: before))
            flags.append(DayFlag(name: "after \(name)", isSet: after))
        }
        return flags
    }

    private static func flags(_ dataset: Dataset, _ known: Int) -> [DayFlag] {
        let axis = dataset.demand.axis
        var flags: [DayFlag] = []
        if axis.step == .day {
            flags.append(DayFlag(name: "closed", isSet: (0..<known).map { !dataset.calendar.isOpen(axis.day($0)) }))
        }
        for kind in PromotionKind.allCases where kind != .priceCut {
            var isSet = [Bool](repeating: false, count: known)
            for promotion in dataset.promotions where promotion.kind == kind {
                for step in steps(promotion.begins.day, promotion.ends.day, axis, known) { isSet[step] = true }
            }
            flags.append(DayFlag(name: kind.rawValue, isSet: isSet))
        }
        flags += windowFlags(dataset, known)
        return flags.filter { flag in flag.isSet.contains(true) && flag.isSet.contains(false) }
    }

    /// The steps of an axis that some days fall on.
    private static func steps(_ first: Day, _ last: Day, _ axis: TimeAxis, _ known: Int) -> Range<Int> {
        let from = max(0, axis.index(of: first))
        return from..<max(from, min(known, axis.index(of: last) + 1))
    }

    private static func prices(_ dataset: Dataset, _ known: Int) -> PriceHistory? {
        let axis = dataset.demand.axis
        // What everybody pays for one unit.
        let everybody = dataset.prices.filter { $0.segment == nil && $0.minimumQuantity <= 1 }
        let rows = Dictionary(grouping: everybody, by: \.sku)
        let cuts = dataset.promotions.filter { $0.kind == .priceCut || $0.kind == .flashSale }
        guard !rows.isEmpty || !cuts.isEmpty else { return nil }
        var history = PriceHistory(offsets: [0], days: [], prices: [])
        for key in dataset.demand.keys {
            if let index = key.sku, dataset.skus.indices.contains(index.position) {
                let sku = dataset.skus[index.position]
                var price = [Double](repeating: sku.listPrice.major, count: known)
                for row in rows[index] ?? [] where row.channel == nil || row.channel == key.channel {
                    for step in steps(row.from, row.through, axis, known) { price[step] = row.price.major }
                }
                for cut in cuts
                where cut.scope.covers(index, dataset.skus) && (cut.channel == nil || cut.channel == key.channel) {
                    for step in steps(cut.begins.day, cut.ends.day, axis, known) {
                        price[step] *= 1 - cut.depth.fraction
                    }
                }
                for step in 0..<known where price[step] > 0 && (step == 0 || price[step] != price[step - 1]) {
                    history.days.append(Int32(step))
                    history.prices.append(Float(price[step]))
                }
            }
            history.offsets.append(history.days.count)
        }
        return history
    }
}

extension GlobalOptions {
    /// Levels for a data set: total, each attribute alone, and the groups regression forecasts; the groups are category,
    /// channel and region as far as each keeps ten series on average.
    public static func retail(
        _ panel: SalesPanel, quantiles: [Double] = [], isThorough: Bool = false
    ) -> GlobalOptions {
        let present = panel.attributes.map(\.name)
        var parents: [String] = []
        var groups = 1
        for name in ["category1", "channel", "region"] {
            guard let attribute = panel.attribute(name), panel.demand.seriesCount >= 10 * groups * attribute.codes.count
            else { continue }
            parents.append(name)
            groups *= attribute.codes.count
        }
        // A SKU sold in one place only is its own series.
        let isShared = (panel.attribute("sku")?.codes.count ?? 0) < panel.demand.seriesCount
        let levels = [[]] + present.filter { $0 != "sku" || isShared }.map { [$0] }
        return GlobalOptions(
            levels: parents.count > 1 ? levels + [parents] : levels, parents: parents,
            kin: panel.attribute("sku") == nil ? parents : ["sku"], quantiles: quantiles, isThorough: isThorough)
    }
}
