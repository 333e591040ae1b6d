import Foundation
import Retail
import Testing

@testable import Datasets

@Suite struct RoundTripTests {
    /// A folder with every file of the schema, and with values that are not the defaults.
    static let files: [String: String] = [
        "dataset.csv": "key,value\nname,tiny\ncurrency,JPY\nzone,Asia/Tokyo\n",
        "assumptions.csv": "subject,text\nvolume,\"twice, as stated\"\n",
        "products.csv": """
        sku,name,category1,category2,category3,role,handling,base_unit,case_pack,weight,volume,list_price,unit_cost
        A,"Tea, green",Food,Drink,Tea,traffic,chilled,gram,12,1,2,100.5,40.0001
        B, leading blank,,,,image,bulky,piece,1,900,30000,7,3

        """,
        "listings.csv": "sku,channel,from,through\nA,web,2011-01-01,2011-02-01\n",
        "prices.csv": "sku,channel,from,through,price\nA,,2011-01-01,2011-02-01,99.5\nB,web,2011-01-01,2199-12-31,5\n",
        "promotions.csv": """
        code,name,kind,begins,ends,channel,scope,depth_rate,threshold,saving,cap,merchant_rate,elasticity,uplift
        P,Cut,price_cut,2011-01-02T20:00:00,2011-01-03,web,category:Food|Drink,0.25,0,0,,0.5,-1.5,1
        Q,Flash,flash_sale,2011-01-02,2011-01-03,,skus:A|B,0.5,0,0,50,1,-2.25,1.1
        R,Spend,spend_and_save,2011-01-02,2011-01-03,,all,0,5000,500,,1,0,1.2

        """,
        "nodes.csv": """
        code,name,kind,latitude,longitude,picks_per_hour,stations,cut_off,opens,closes,fixed_cost_per_day,cost_per_line,storage,replenished_from
        c,Central,central,35.68,139.7,1000,20,17:30:15,05:00,24:00,50000,12.5,1000000,
        r,Regional,regional,34.7,135.5,500,8,18:00,06:00,22:00,10000,13,0,c

        """,
        "candidates.csv": "code,latitude,longitude,replenished_from\nf,35,139,r\n",
        "regions.csv": """
        code,name,latitude,longitude,tier,population,zone,is_export
        t,Tokyo,35.68,139.69,1,37000000,near,0
        x,Abroad,0,0,9,0,far,1

        """,
        "channels.csv": """
        code,name,kind,commission_rate,payment_fee_rate,settlement_days,synchronisation_lag,paid_rate
        web,Web,own,0.000001,0.02,3,5,0.9
        live,Live,live,0.2,0,14,120,0.85

        """,
        "segments.csv": "code,name,share_rate,return_rate\nnew,New,0.4,0.1\nold,Old,0.6,0.05\n",
        "carriers.csv": "code,name,daily_capacity,cut_off\nk,Kuro,1000,19:00\n",
        "rates.csv": """
        carrier,zone,tier,first_weight,first_price,step_weight,step_price,transit,transit_deviation,maximum_distance
        k,near,next_day,2000,700,500,120.25,20.5,3,0
        k,far,standard,1000,2500,1000,900,200,40,12000.5

        """,
        "events.csv": """
        name,kind,from,through,build_up,dip,source
        Sale week,shopping,2011-01-04,2011-01-06,3,2,told by the shop
        Stock-taking,observance,2011-01-09,2011-01-09,,,

        """,
        "signals.csv": "date,sku,promotion,kind,quantity\n2011-01-03,A,P,cart,12\n2011-01-04,A,P,deposit,2.5\n",
        "calendar.csv": "date,is_open,event\n2011-01-02,0,Sunday\n2011-01-05,1,Sale\n",
        "suppliers.csv": """
        code,name,tier,lead_time,lead_time_deviation,review_period,minimum_order_value,payment_days,accepts_returns,\
        minimum_order_units,container_volume,container_fill_rate,consignment,tax_rate,prices_include_tax
        s,Sup,agent,12.5,3.25,14,10000,45,1,120,33000,0.95,1,0.13,1
        u,Unknown,trader,,2,7,0,30,0,,,,,,

        """,
        "supply.csv": """
        sku,supplier,minimum_quantity,order_multiple,from_quantity,unit_cost,break_rule,lead_time,contract_from,\
        contract_through
        B,s,1,1,1,3,,,,
        A,s,24,12,120,38.5,incremental,20.5,2010-06-01,2011-05-31
        A,s,24,12,1,40.0001,incremental,20.5,2010-06-01,2011-05-31

        """,
        "supplier_calendar.csv": "supplier,from,through,reason\ns,2011-02-01,2011-02-14,Spring Festival\n",
        "purchase_history.csv": """
        sku,supplier,quantity,ordered,promised,received,received_quantity,rejected_quantity,unit_cost
        A,s,24,2010-12-01,2010-12-14,2010-12-15,23,2,39.9
        A,s,24,2010-12-20,2011-01-02,,,,

        """,
        "demand.csv": """
        date,sku,channel,region,quantity
        2011-01-01,A,web,t,2.5
        2011-01-04,A,web,t,3
        2011-01-03,B,live,x,0
        2011-01-06,B,,,1

        """,
        "orders.csv":
            "order,placed,channel,region,segment\n2,2011-01-03T08:00:01,live,x,\n1,2011-01-01T10:00:00,web,t,new\n",
        "order_lines.csv": "order,sku,quantity,price,cancelled\n1,A,2,100.5,1\n2,B,1,7,0\n1,A,1,99.5,0\n",
        "shipments.csv":
            "order,node,carrier,shipped,delivered,freight\n1,c,k,2011-01-01T18:00:00,2011-01-02T12:00:00,820\n2,r,k,2011-01-03T18:00:00,,2500\n",
        "returns.csv": "order,sku,returned,quantity,reason\n1,A,2011-01-04T00:00:00,1,too green\n",
        "settlements.csv":
            "statement,order,kind,amount,posted\nS1,1,principal,300,2011-01-10\nS1,,ads,-50,2011-01-10\n",
        "stock.csv": "sku,node,on_hand,reserved\nA,c,100,5\nB,r,7,0\n",
        "lots.csv": "sku,node,lot,expires,quantity\nA,c,L1,2011-06-30,60\nA,c,L2,,40\n",
        "open_orders.csv": "code,sku,supplier,node,quantity,due\nO1,A,s,c,24,2011-01-09\nO2,A,,r,12,2011-01-07\n",
        "budgets.csv": "name,from,through,amount\nJanuary,2011-01-01,2011-01-31,1000000\n",
        "adjustments.csv": """
        scope,channel,region,from,through,kind,value,author,reason,expires,made
        category:Food,web,t,2011-01-07,2011-01-09,multiply,1.5,Ann,fair,2011-01-08,2011-01-05
        all,,,2011-01-07,2011-01-09,add,-2,,,,

        """,
    ]

    private func bytes(_ folder: String) throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            found[name] = try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
        }
        return found
    }

    private func expectSame(_ a: Dataset, _ b: Dataset) {
        #expect(a.name == b.name && a.currency == b.currency && a.zone == b.zone)
        #expect(a.skus == b.skus)
        #expect(a.channels == b.channels && a.regions == b.regions && a.segments == b.segments)
        #expect(a.nodes == b.nodes && a.candidates == b.candidates)
        #expect(a.suppliers == b.suppliers && a.supply == b.supply && a.carriers == b.carriers && a.rates == b.rates)
        #expect(a.calendar == b.calendar && a.promotions == b.promotions)
        #expect(a.listings == b.listings && a.prices == b.prices)
        #expect(a.demand == b.demand)
        #expect(a.demandPrices == b.demandPrices && a.demandInStock == b.demandInStock)
        #expect(a.orders == b.orders && a.shipments == b.shipments && a.returns == b.returns)
        #expect(a.stock == b.stock && a.lots == b.lots && a.openOrders == b.openOrders)
        #expect(
            a.purchases == b.purchases && a.closures == b.closures && a.budgets == b.budgets
                && a.adjustments == b.adjustments)
        #expect(a.signals == b.signals)
        #expect(a.settlements == b.settlements && a.assumptions == b.assumptions)
    }

    @Test("a data set with every file reads back the same, plain and compressed, and is written to the same bytes")
    func everyFile() throws {
        #expect(Set(Self.files.keys) == Set(Schema.tables.map { $0.name + ".csv" }))
        let first = try read(Self.files)
        // A few facts by hand, so that reader and writer cannot agree on an error.
        #expect(first.currency.minorDigits == 0 && first.suppliers[0].minimumOrderValue.minor == 10_000)
        #expect(first.channels[0].commission.partsPerMillion == 1 && first.nodes[0].closes == 86_400)
        #expect(first.supply[0].breaks.map(\.from) == [1, 120] && first.skus[0].unitCost.units == 400_001)
        #expect(first.orders.codes == ["1", "2"] && first.orders.lineQuantities == [2, 1, 1])
        #expect(first.promotions[0].scope == .category(["Food", "Drink"]) && first.promotions[1].cap == 50)
        #expect(first.calendar.spans.contains { $0.name == "Sale week" && $0.buildUp == 3 })
        #expect(first.adjustments.map(\.made) == [Day(iso: "2011-01-05"), nil])
        #expect(first.candidates[0].kind == .front && first.purchases[1].received == nil)
        #expect(first.purchases.map(\.receivedQuantity) == [23, 0] && first.purchases[0].rejectedQuantity == 2)
        #expect(first.suppliers.map(\.statesLeadTime) == [true, false] && first.suppliers[1].leadTime == 7)
        #expect(first.suppliers[0].containerVolume == 33_000 && first.suppliers[1].containerFill == Supplier.usualFill)
        #expect(first.supply[0].breakRule == .incremental && first.supply[0].leadTime == 20.5)
        #expect(first.supply[0].contractThrough == Day(iso: "2011-05-31") && first.supply[1].contractFrom == nil)
        try withFolder { folder in
            for (name, compressed) in [("plain", false), ("gzip", true), ("again", true)] {
                try DatasetWriter.write(first, to: folder + "/" + name, compressed: compressed)
                let second = try DatasetReader.read(folder: folder + "/" + name)
                expectSame(first, second)
                try DatasetWriter.write(second, to: folder + "/" + name + "2", compressed: compressed)
                #expect(try bytes(folder + "/" + name) == bytes(folder + "/" + name + "2"))
            }
            #expect(try bytes(folder + "/gzip") == bytes(folder + "/again"))
            let plain = try DatasetReader.read(folder: folder + "/plain")
            #expect(try DatasetReader.read(folder: folder + "/gzip").fingerprint == plain.fingerprint)
            // Over an earlier folder of the other form nothing of it is left.
            try DatasetWriter.write(first, to: folder + "/plain", compressed: true)
            #expect(try bytes(folder + "/plain") == bytes(folder + "/gzip"))
        }
    }

    @Test("a data set made of defaults alone reads back the same, without new assumptions")
    func defaultsOnly() throws {
        let first = try read(["demand.csv": "unique_id,ds,y\na,2011-01-31,1\na,2011-04-30,2\nb,2011-02-28,3\n"])
        #expect(first.demand.axis.step == .month && first.demand.axis.count == 4)
        try withFolder { folder in
            try DatasetWriter.write(first, to: folder)
            expectSame(first, try DatasetReader.read(folder: folder))
        }
    }

    @Test("panels of every kind of gap survive writing")
    func panels() throws {
        var random = TestRandom(state: 12)
        for round in 0..<40 {
            var files: [String: String] = [:]
            if round % 2 == 0 { files["calendar.csv"] = "date,is_open\n2011-01-04,0\n2011-01-09,0\n" }
            var text = round % 3 == 0 ? "date,sku,quantity,price,in_stock\n" : "date,sku,quantity\n"
            for sku in 0..<4 {
                for day in 1...12 where Int.random(in: 0..<3, using: &random) > 0 {
                    let quantity = ["", "0", "1", "2.5"][Int.random(in: round % 5 == 0 ? 0..<4 : 1..<4, using: &random)]
                    text += "2011-01-\(day < 10 ? "0" : "")\(day),S\(sku),\(quantity)"
                    text += round % 3 == 0 ? ",1.5,\(day % 2)\n" : "\n"
                }
            }
            files["demand.csv"] = text + "2011-01-12,T,1" + (round % 3 == 0 ? ",2,1\n" : "\n")
            let first = try read(files)
            try withFolder { folder in
                try DatasetWriter.write(first, to: folder, compressed: false)
                let second = try DatasetReader.read(folder: folder)
                #expect(first.demand == second.demand, "round \(round)")
                #expect(first.demandPrices == second.demandPrices && first.demandInStock == second.demandInStock)
            }
        }
    }

    @Test("the data dictionary in docs is the one the schema gives")
    func dictionary() throws {
        let path = packageFolder + "/docs/data-dictionary.md"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text == dataDictionaryMarkdown())
        for table in Schema.tables {
            for column in table.columns { #expect(text.contains("| `\(column.name)` |")) }
        }
    }
}
