import Foundation
import Retail
import Testing

@testable import Datasets

@Suite("Calendars, people's changes, signals and regressors read from files")
struct KnowledgeTests {
    private let demand = "date,sku,quantity\n2023-10-01,A,1\n2023-12-01,A,2\n"

    private func issues(_ files: [String: String]) throws -> [DataIssue] {
        var files = files
        files["demand.csv"] = files["demand.csv"] ?? demand
        do {
            _ = try read(files)
            return []
        } catch let error as DatasetError { return error.issues }
    }

    @Test("A country gives the calendar its holidays, and a year without a table is an assumption that everybody sees")
    func country() throws {
        let known = try read(["demand.csv": demand, "dataset.csv": "key,value\ncountry,CN\n"])
        #expect(known.calendar.country == .china)
        #expect(known.calendar.spans.contains { $0.name == "双11" })
        #expect(known.calendar.spans.contains { $0.name == "国庆节" && $0.from == Day(iso: "2023-09-29") })
        #expect(!known.assumptions.contains { $0.text.contains("not in the table") })
        let old = try read([
            "demand.csv": "date,sku,quantity\n2009-10-01,A,1\n2009-12-01,A,2\n",
            "dataset.csv": "key,value\ncountry,CN\n",
        ])
        #expect(old.assumptions.contains { $0.text.contains("2009") && $0.text.contains("not in the table") })
        let stated = try read([
            "demand.csv": "date,sku,quantity\n2009-10-01,A,1\n2009-12-01,A,2\n",
            "dataset.csv": "key,value\ncountry,CN\n",
            "events.csv": "name,kind,from,through\n国庆节,public_holiday,2009-10-01,2009-10-08\n",
        ])
        #expect(!stated.assumptions.contains { $0.text.contains("not in the table") })
        #expect(stated.calendar.event(Day(iso: "2009-10-08") ?? Day(number: 0)) == "国庆节")
    }

    @Test("Each fault is named with file, line, value and cure")
    func faults() throws {
        let country = try issues(["dataset.csv": "key,value\ncountry,XX\n"])
        #expect(country.count == 1 && country[0].line == 2 && country[0].description.contains("CN, GB, US"))
        let turned = try issues(["events.csv": "name,from,through\nx,2023-10-05,2023-10-01\n"])
        #expect(turned.map(\.line) == [2])
        let kind = try issues(["events.csv": "name,kind,from,through\nx,holday,2023-10-05,2023-10-06\n"])
        #expect(kind[0].field == "kind" && kind[0].value == "holday")
        let head = "scope,from,through,kind,value\n"
        let negative = try issues(["adjustments.csv": head + "all,2023-12-02,2023-12-03,set,-5\n"])
        #expect(negative.map(\.line) == [2] && negative[0].cure.contains("add"))
        let unknown = try issues(["adjustments.csv": head + "skus:B,2023-12-02,2023-12-03,add,5\n"])
        #expect(unknown[0].description.contains("'B'"))
        let signal = try issues([
            "promotions.csv": "code,kind,begins,ends\np,coupon,2023-11-01,2023-11-02\n",
            "signals.csv": "date,sku,promotion,kind,quantity\n2023-10-30,A,q,cart,5\n2023-10-30,A,p,cart,-5\n",
        ])
        #expect(signal.map(\.line) == [2, 3] && signal[0].value == "q")
        let twice = try issues([
            "promotions.csv": "code,kind,begins,ends\np,coupon,2023-11-01,2023-11-02\n",
            "signals.csv": "date,sku,promotion,kind,quantity\n2023-10-30,A,p,cart,5\n2023-10-30,A,p,cart,6\n",
        ])
        #expect(twice.map(\.line) == [3])
    }

    @Test("An adjustments file beside the data set names its codes")
    func besideTheData() throws {
        let data = try read(["demand.csv": demand])
        try withFolder { folder in
            let path = folder + "/next.csv"
            try "scope,from,through,kind,value,author,made\nskus:A,2023-12-02,2023-12-03,add,5,Ann,2023-12-01\n"
                .write(toFile: path, atomically: true, encoding: .utf8)
            let list = try DatasetReader.readAdjustments(file: path, for: data)
            #expect(list.count == 1 && list[0].scope == .skus([SKU.Index(0)]) && list[0].author == "Ann")
            #expect(list[0].made == Day(iso: "2023-12-01"))
            try "scope,from,through,kind,value\nskus:Z,2023-12-02,2023-12-03,add,5\n"
                .write(toFile: path, atomically: true, encoding: .utf8)
            #expect(throws: DatasetError.self) { try DatasetReader.readAdjustments(file: path, for: data) }
            #expect(throws: DatasetError.self) {
                try DatasetReader.readAdjustments(file: folder + "/no.csv", for: data)
            }
        }
    }

    private func long(_ text: String, _ names: [String]? = nil) throws -> (DemandPanel, LongRegressors?) {
        var result: (DemandPanel, LongRegressors?)?
        try withFolder { folder in
            let path = folder + "/long.csv"
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            result = try DatasetReader.readLongPanel(file: path, regressors: names)
        }
        return try #require(result)
    }

    @Test("Further columns of a long file are regressors, and rows beyond the last value are what is known ahead")
    func regressors() throws {
        let text = """
            price,unique_id,ds,y,promo
            1.5,a,2024-01-01,3,0
            1.5,a,2024-01-02,,1
            1.2,a,2024-01-03,5,
            1.1,a,2024-01-04,,1
            2,b,2024-01-01,7,0
            2,b,2024-01-02,8,0

            """
        let (panel, found) = try long(text)
        let regressors = try #require(found)
        #expect(regressors.names == ["price", "promo"])
        #expect(panel.axis.count == 3 && panel.seriesCount == 2)
        #expect(panel.cells(0).count == 3 && panel.cells(0)[1].isNaN && panel.cells(1) == [7, 8])
        #expect(regressors.values[0].count == 8 && regressors.values[0][6] == 1.1)
        #expect(regressors.values[0][5].isNaN && regressors.values[1] == [2, 0, 2, 0])
        let (_, one) = try long(text, ["promo"])
        #expect(one?.names == ["promo"])
        let (whole, none) = try long(text, [])
        #expect(none == nil && whole.axis.count == 3)
        let (plain, nothing) = try long("unique_id,ds,y\na,1,2\na,2,3\n")
        #expect(nothing == nil && plain.cells(0) == [2, 3])
    }

    @Test("A column that is asked for and not there, or holds no numbers, is named")
    func badRegressors() throws {
        let text = "unique_id,ds,y,price,note\na,2024-01-01,3,1.5,rain\na,2024-01-02,4,nan,sun\n"
        func issue(_ names: [String]?) -> DataIssue? {
            do {
                _ = try long(text, names)
                return nil
            } catch { return (error as? DatasetError)?.issues.first }
        }
        #expect(issue(["prise"])?.description.contains("did you mean price?") == true)
        let words = issue(["note"])
        #expect(words?.line == 2 && words?.field == "note" && words?.value == "rain")
        let notNumber = issue(["price"])
        #expect(notNumber?.line == 3 && notNumber?.field == "price")
        #expect(issue([]) == nil)
    }
}
