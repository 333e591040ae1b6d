import Foundation
import NumericCore
import Retail

/// A shop small enough to reason about: three articles, two channels, two regions and an export region, a central
/// warehouse, two candidate front warehouses, twelve weeks of days closed on Sundays.
enum TinyShop {
    static let first = Day(number: 19_000 / 7 * 7 + 4)  // a Monday
    static let weeks = 12
    static let start = first + weeks * 7 - 7

    static func dataset() -> Dataset {
        let days = weeks * 7
        var panel = DemandPanel(axis: TimeAxis(step: .day, origin: first, count: days))
        let skus = [("lamp", 10.0), ("candle", 40), ("clock", 3)]
        for (s, (code, rate)) in skus.enumerated() {
            for channel in 0..<2 {
                let stream = RandomStream(
                    seed: 7, stream: RandomStreamID.generator.rawValue, entity: entityHash("\(code)/\(channel)"),
                    replication: 0)
                let level = channel == 0 ? 1.5 * rate : rate
                var cells: [Double] = []
                for day in 0..<days {
                    let units = level * (0.5 + stream.uniform(at: UInt32(day)))
                    cells.append((first + day).weekday == 7 ? Double.nan : units.rounded())
                }
                panel.append(
                    name: "\(code)/\(channel)", key: SeriesKey(sku: SKU.Index(s), channel: Channel.Index(channel)),
                    start: 0, cells)
            }
        }
        var shop = Dataset(name: "tiny", currency: .gbp, fingerprint: "tiny-1", demand: panel)
        shop.skus = skus.enumerated().map { i, sku in
            SKU(
                code: sku.0, name: sku.0.capitalized, categories: ["Home", i == 0 ? "Lights" : "Things", ""],
                weight: 400, volume: 1_000, listPrice: UnitPrice(units: 100_000 - Int64(i) * 30_000),
                unitCost: UnitPrice(units: 40_000 - Int64(i) * 10_000))
        }
        shop.channels = [
            Channel(code: "web", name: "Web shop", kind: .own, paymentFee: Rate(partsPerMillion: 20_000)),
            Channel(code: "app", name: "App", kind: .marketplace, commission: Rate(partsPerMillion: 50_000)),
        ]
        shop.regions = [
            Region(
                code: "north", name: "North", location: Coordinate(latitude: 54, longitude: -1.5), tier: 2,
                population: 2_000_000, zone: "home", isExport: false),
            Region(
                code: "south", name: "South", location: Coordinate(latitude: 51.5, longitude: -0.1), tier: 1,
                population: 8_000_000, zone: "home", isExport: false),
            Region(
                code: "abroad", name: "Abroad", location: Coordinate(latitude: 50, longitude: 8), tier: 3,
                population: 0, zone: "abroad", isExport: true),
        ]
        shop.segments = [
            Segment(code: "all", name: "All", share: .one, returnRate: Rate(partsPerMillion: 50_000))
        ]
        shop.nodes = [
            Node(
                code: "main", name: "Main", kind: .central, location: Coordinate(latitude: 52.5, longitude: -1.9),
                picksPerHour: 2_000)
        ]
        shop.candidates = [
            Node(
                code: "leeds", name: "Leeds", kind: .front, location: Coordinate(latitude: 53.9, longitude: -1.5),
                fixedCostPerDay: Amount(minor: 5_000)),
            Node(
                code: "london", name: "London", kind: .front, location: Coordinate(latitude: 51.5, longitude: -0.12),
                fixedCostPerDay: Amount(minor: 1_000)),
        ]
        shop.suppliers = [Supplier(code: "works", name: "Works", leadTime: 5, leadTimeDeviation: 1)]
        shop.supply = shop.skus.indices.map {
            SupplyTerms(
                sku: SKU.Index($0), supplier: Supplier.Index(0), minimumQuantity: 10, orderMultiple: 5,
                breaks: [PriceBreak(from: 1, unitCost: shop.skus[$0].unitCost)])
        }
        shop.carriers = [Carrier(code: "post", name: "Post", dailyCapacity: 100_000, cutOff: 20 * 3_600)]
        shop.rates =
            ["home", "abroad"].flatMap { zone in
                [ServiceTier.nextDay, .standard].map { tier in
                    RateCard(
                        carrier: Carrier.Index(0), zone: zone, tier: tier, firstWeight: 1_000,
                        firstPrice: UnitPrice(units: 30_000), stepWeight: 1_000, stepPrice: UnitPrice(units: 5_000),
                        transit: tier == .nextDay ? 18 : 48, transitDeviation: 4)
                }
            } + [
                RateCard(
                    carrier: Carrier.Index(0), zone: "home", tier: .oneHour, firstWeight: 1_000,
                    firstPrice: UnitPrice(units: 40_000), stepWeight: 1_000, stepPrice: UnitPrice(units: 5_000),
                    transit: 0.5, transitDeviation: 0.1)
            ]
        shop.calendar = BusinessCalendar(
            (0..<days + 28).map { first + $0 }.filter { $0.weekday == 7 }.map {
                CalendarDay(day: $0, isOpen: false, event: "")
            })
        shop.orders = orders(panel)
        shop.stock = shop.skus.indices.map {
            StockRecord(sku: SKU.Index($0), node: Node.Index(0), onHand: [400, 1_600, 150][$0])
        }
        return shop
    }

    /// Each day's units as orders of one lamp or candle or clock in pairs, placed through the day, region by turns.
    private static func orders(_ panel: DemandPanel) -> OrderHistory {
        var history = OrderHistory()
        for day in 0..<panel.axis.count {
            for series in panel.keys.indices {
                let cell = panel.cells(series)[day]
                guard !cell.isNaN, let sku = panel.keys[series].sku, let channel = panel.keys[series].channel else {
                    continue
                }
                var left = Int(cell)
                var number = 0
                while left > 0 {
                    let quantity = min(2, left)
                    history.codes.append("\(day)-\(series)-\(number)")
                    history.placed.append(
                        CivilTime(panel.axis.day(day), hour: 9 + number % 10, minute: number * 7 % 60))
                    history.channels.append(channel)
                    history.regions.append(Region.Index([0, 1, 1, 1, 2][(number + series + day) % 5]))
                    history.segments.append(Segment.Index(0))
                    history.lineSKUs.append(sku)
                    history.lineQuantities.append(Quantity(quantity))
                    history.linePrices.append(UnitPrice(units: 100_000))
                    history.lineCancelled.append(0)
                    history.lineOffsets.append(history.lineSKUs.count)
                    left -= quantity
                    number += 1
                }
            }
        }
        return history
    }

    /// Two days of that shop.
    static let scenario = """
        granary: 1
        data: shop
        seed: 3
        replications: 2
        clock:
          start: \(start)
          days: 2
        demand:
          volume: 4
          elasticity: -2
        promotions:
          - code: cut
            kind: price_cut
            scope: {skus: [lamp]}
            begins: \(start)T00:00
            ends: \(start + 1)T00:00
            depth: 20 %
          - code: rush
            kind: flash_sale
            scope: {category: [Home, Things]}
            begins: \(start + 1)T12:00
            ends: \(start + 1)T14:00
            channel: web
            depth: 50 %
            cap: 100
            uplift: 2
          - code: save
            kind: spend_and_save
            begins: \(start)T00:00
            ends: \(start + 2)T00:00
            threshold: 20 GBP
            saving: 2 GBP
        """
}
