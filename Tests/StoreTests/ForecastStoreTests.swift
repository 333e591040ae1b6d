import Retail
import Store
import Testing

@Suite("Stored forecasts")
struct ForecastStoreTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test("a forecast comes back under its digest, and storing it again changes nothing")
    func roundTrip() throws {
        let workspace = try Workspace.open(path: folder.file())
        let digest = try workspace.storeForecast(Sample.forecast, codes: Sample.codes, request: "q1")
        #expect(try workspace.storeForecast(Sample.forecast, codes: Sample.codes) == digest)
        #expect(try workspace.forecast(digest: digest, codes: Sample.codes) == Sample.forecast)
        #expect(try workspace.forecastDigest(for: "q1") == digest)
        #expect(try workspace.forecastDigest(for: "q2") == nil)
        #expect(try workspace.forecast(digest: "none", codes: Sample.codes) == nil)
    }

    @Test("the digest hangs on codes, not on the order a data set lists them in")
    func independentOfDenseIndices() throws {
        let workspace = try Workspace.open(path: folder.file())
        let digest = try workspace.storeForecast(Sample.forecast, codes: Sample.codes)
        let shuffled = SeriesCodes(skus: ["b", "new", "a"], channels: ["shop", "web"], regions: ["南", "north"])
        let read = try #require(try workspace.forecast(digest: digest, codes: shuffled))
        #expect(read.keys[0] == SeriesKey(sku: SKU.Index(0), channel: Channel.Index(1)))
        #expect(read.keys[1] == SeriesKey(region: Region.Index(0)))
        #expect(try workspace.storeForecast(read, codes: shuffled) == digest)
    }

    @Test("a forecast for goods that the data set does not know is refused by name")
    func unknownCode() throws {
        let workspace = try Workspace.open(path: folder.file())
        let digest = try workspace.storeForecast(Sample.forecast, codes: Sample.codes)
        let other = SeriesCodes(skus: ["a"], channels: ["web"], regions: ["南"])
        let error = #expect(throws: StoreError.self) { try workspace.forecast(digest: digest, codes: other) }
        #expect(error?.description.contains("SKU code b") == true)
    }

    @Test("a forecast whose parts do not fit each other is refused")
    func wrongShape() throws {
        let workspace = try Workspace.open(path: folder.file())
        var forecast = Sample.forecast
        forecast.mean.removeLast()
        #expect(throws: StoreError.self) { try workspace.storeForecast(forecast, codes: Sample.codes) }
    }

    @Test("a run cannot point at a forecast that is not in the workspace")
    func foreignKey() throws {
        let workspace = try Workspace.open(path: folder.file())
        var inputs = Sample.inputs
        inputs.forecastDigest = "nowhere"
        #expect(throws: StoreError.self) { try workspace.beginRun(inputs) }
        inputs.forecastDigest = try workspace.storeForecast(Sample.forecast, codes: Sample.codes)
        let id = try workspace.beginRun(inputs)
        #expect(try workspace.run(id).inputs.forecastDigest == inputs.forecastDigest)
    }
}
