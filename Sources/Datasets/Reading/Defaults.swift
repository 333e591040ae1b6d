import Retail

/// What stands in for files that are not there. Each default is named in the schema's `absent` text.
extension Assembly {
    static let defaultCost = Rate(partsPerMillion: 600_000)
    static let defaultCoverDays = 28
    static let defaultLeadTime = 7.0

    func defaultSKUs() -> [SKU] {
        let price = UnitPrice(units: 100_000)
        return skus.texts.map {
            SKU(code: $0, name: $0, listPrice: price, unitCost: price.scaled(by: Self.defaultCost))
        }
    }

    mutating func defaultChannels() -> [Channel] {
        if channels.count == 0 { _ = channels.insert("shop") }
        return channels.texts.map { Channel(code: $0, name: $0, kind: .own) }
    }

    mutating func defaultRegions() -> [Region] {
        if regions.count == 0 { _ = regions.insert("all") }
        return regions.texts.map {
            Region(
                code: $0, name: $0, location: Coordinate(latitude: 0, longitude: 0), tier: 1, population: 0,
                zone: "default", isExport: false)
        }
    }

    mutating func defaultNode(_ regions: [Region]) -> Node {
        _ = nodes.insert("main")
        let location = regions.first?.location ?? Coordinate(latitude: 0, longitude: 0)
        return Node(code: "main", name: "main", kind: .central, location: location)
    }

    func defaultRates(_ dataset: Dataset) -> [RateCard] {
        let zones = Set(dataset.regions.map(\.zone)).sorted()
        return dataset.carriers.indices.flatMap { carrier in
            zones.flatMap { zone in
                [(ServiceTier.nextDay, 24.0), (.standard, 72.0)].map { tier, hours in
                    RateCard(
                        carrier: Carrier.Index(carrier), zone: zone, tier: tier, firstWeight: 1_000,
                        firstPrice: UnitPrice(units: 30_000), stepWeight: 1_000,
                        stepPrice: UnitPrice(units: 10_000), transit: hours, transitDeviation: hours / 6)
                }
            }
        }
    }

    func defaultSupply(_ dataset: Dataset) -> [SupplyTerms] {
        dataset.skus.indices.map { sku in
            let pack = max(1, dataset.skus[sku].casePack)
            return SupplyTerms(
                sku: SKU.Index(sku), supplier: Supplier.Index(0), minimumQuantity: pack, orderMultiple: pack,
                breaks: [PriceBreak(from: 1, unitCost: dataset.skus[sku].unitCost)])
        }
    }

    /// 28 days of the mean daily demand of the last 56 days at the first node; on axes of other steps 4 steps of the
    /// mean of the last 8.
    func defaultStock(_ dataset: Dataset) -> [StockRecord] {
        let axis = dataset.demand.axis
        let (window, cover): (Int, Double) =
            switch axis.step {
            case .day: (56, Double(Self.defaultCoverDays))
            case .hour: (56 * 24, Double(Self.defaultCoverDays * 24))
            default: (8, 4)
            }
        var sums = [Double](repeating: 0, count: dataset.skus.count)
        for series in dataset.demand.keys.indices {
            guard let sku = dataset.demand.keys[series].sku else { continue }
            let start = Int(dataset.demand.starts[series])
            for cell in dataset.demand.offsets[series]..<dataset.demand.offsets[series + 1] {
                let step = start + cell - dataset.demand.offsets[series]
                if step >= axis.count - window, !dataset.demand.missing[cell] {
                    sums[sku.position] += Double(dataset.demand.values[cell])
                }
            }
        }
        let steps = Double(min(window, max(1, axis.count)))
        return sums.enumerated().map { sku, sum in
            let units = min((sum / steps * cover).rounded(.up), Double(Quantity.max / 2))
            return StockRecord(sku: SKU.Index(sku), node: Node.Index(0), onHand: Quantity(units))
        }
    }

    /// Names the files that are not there: those with a default of their own one by one, those of which there are
    /// simply none together.
    mutating func noteAbsent() {
        var none: [String] = []
        for schema in absentFiles where schema.name != "assumptions" {
            if schema.absent.hasPrefix("there are none") {
                none.append(schema.name)
            } else {
                note(schema.name + ".csv", "not given: \(schema.absent)")
            }
        }
        if !none.isEmpty { note(Self.absentSubject, "none given: \(none.joined(separator: ", "))") }
    }

    /// Subject of the note on files of which there are none; made anew on each reading and never written.
    static let absentSubject = "absent files"
}
