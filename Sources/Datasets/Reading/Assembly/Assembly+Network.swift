import Retail

extension Assembly {
    mutating func readChannels() -> [Channel] {
        guard var reader = open(Schema.channels) else { return [] }
        var list: [Channel] = []
        while reader.next() {
            let channel = Channel(
                code: reader.code(), name: reader.text(), kind: reader.choice(else: ChannelKind.own),
                commission: reader.rate(), paymentFee: reader.rate(), settlementDays: reader.integer(),
                synchronisationLag: reader.integer(), paidShare: reader.rate())
            _ = channels.insert(channel.code)
            list.append(channel)
        }
        close(reader)
        return list
    }

    mutating func readRegions() -> [Region] {
        guard var reader = open(Schema.regions) else { return [] }
        var list: [Region] = []
        while reader.next() {
            let region = Region(
                code: reader.code(), name: reader.text(),
                location: Coordinate(latitude: reader.real(), longitude: reader.real()), tier: reader.integer(),
                population: reader.integer(), zone: reader.text(), isExport: reader.flag())
            _ = regions.insert(region.code)
            list.append(region)
        }
        close(reader)
        return list
    }

    mutating func readSegments() -> [Segment] {
        guard var reader = open(Schema.segments) else {
            _ = segments.insert("all")
            return [Segment(code: "all", name: "all", share: .one, returnRate: .zero)]
        }
        var list: [Segment] = []
        while reader.next() {
            let segment = Segment(
                code: reader.code(), name: reader.text(), share: reader.rate(), returnRate: reader.rate(),
                conversion: reader.real(), priceSensitivity: reader.real())
            _ = segments.insert(segment.code)
            list.append(segment)
        }
        close(reader)
        return list
    }

    /// Nodes or candidates; stock may lie at nodes only, so that only their codes are kept.
    mutating func readNodes(_ schema: TableSchema) -> [Node] {
        guard var reader = open(schema) else { return [] }
        let isSite = schema.name == Schema.candidates.name
        var list: [Node] = []
        while reader.next() {
            let node = reader.node()
            nodeLines[node.code] = reader.line
            if !isSite {
                _ = nodes.insert(node.code)
            } else if nodes.find(node.code) != nil {
                reader.issue("'\(node.code)' is a node already", "keep it in one of nodes.csv and candidates.csv")
            }
            list.append(node)
        }
        close(reader)
        return list
    }

    mutating func readCarriers() -> [Carrier] {
        guard var reader = open(Schema.carriers) else {
            _ = carriers.insert("carrier")
            return [Carrier(code: "carrier", name: "carrier", dailyCapacity: 1_000_000, cutOff: 18 * 3_600)]
        }
        var list: [Carrier] = []
        while reader.next() {
            let carrier = Carrier(
                code: reader.code(), name: reader.text(), dailyCapacity: reader.integer(), cutOff: reader.clock(),
                hourlyCapacity: reader.integer())
            _ = carriers.insert(carrier.code)
            list.append(carrier)
        }
        close(reader)
        return list
    }

    mutating func readRates(_ dataset: Dataset) -> [RateCard] {
        guard var reader = open(Schema.rates) else { return defaultRates(dataset) }
        var list: [RateCard] = []
        while reader.next() {
            list.append(
                RateCard(
                    carrier: Carrier.Index(raw: reader.index(in: &carriers, kind: .carrier)), zone: reader.text(),
                    tier: reader.choice(else: ServiceTier.standard), firstWeight: reader.integer(),
                    firstPrice: reader.price(), stepWeight: reader.integer(), stepPrice: reader.price(),
                    transit: reader.real(), transitDeviation: reader.real(), maximumDistance: reader.real()))
        }
        close(reader)
        return list
    }
}

extension TableReader {
    /// The node or candidate of the row at hand.
    mutating func node() -> Node {
        let node = Node(
            code: code(), name: text(), kind: choice(else: NodeKind.central),
            location: Coordinate(latitude: real(), longitude: real()), picksPerHour: integer(), stations: integer(),
            cutOff: clock(), opens: clock(), closes: clock(), fixedCostPerDay: amount(), costPerLine: price(),
            storage: integer(), replenishedFrom: code(),
            synchronisationLag: integer(), packStations: integer(), dockCapacity: integer(), transferHours: real(),
            transferDeviation: real())
        if node.closes <= node.opens {
            issue("`closes` is not after `opens`", "correct the shift; 24:00 is the end of the day")
        }
        return node
    }
}
