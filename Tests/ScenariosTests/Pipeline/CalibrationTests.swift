import Datasets
import Foundation
import NumericCore
import Retail
import Simulation
import Testing

@testable import Scenarios

@Suite("Calibration finds the laws that made the orders")
struct CalibrationTests {
    @Test("Quantiles of a weighted sample are those of the population it stands for")
    func weighted() {
        let plain = WeightedSample((1...10).flatMap { value in (0..<value).map { _ in (Double(value), 1.0) } })
        let weighted = WeightedSample((1...10).map { (Double($0), Double($0)) })
        for p in [0.0, 0.1, 0.25, 0.5, 0.73, 0.9, 0.99] { #expect(plain.quantile(p) == weighted.quantile(p)) }
    }

    @Test("A law by quantiles gives back the law its values were drawn from")
    func law() {
        var stream = RandomStream(seed: 7, stream: 112, entity: 1, replication: 0)
        let values = (0..<20_000).map { _ in (stream.logNormal(logMean: 3, logStandardDeviation: 1.2), 1.0) }
        let law = WeightedSample(values).law(atLeast: 1e-6)
        #expect(law.fault == nil)
        for p in [0.2, 0.5, 0.9, 0.95, 0.99] {
            let exact = exp(3 + 1.2 * Normal.quantile(p))
            #expect(abs(law.quantile(p) / exact - 1) < 0.1, "\(p): \(law.quantile(p)), exact \(exact)")
        }
    }

    @Test("A law of values that are alike does not fall by a bit")
    func alike() {
        for value in [3_600.1, 86_400, 93_211.7, 1e6 / 3] {
            for count in [30, 31, 97, 400] {
                let law = WeightedSample((0..<count).map { (value + Double($0 / 90), 0.3) }).law(atLeast: 60)
                #expect(law.fault == nil, "\(count) values of \(value)")
            }
        }
    }

    @Test("The bootstrap interval of a median covers it about as often as it says")
    func bootstrap() {
        var covered = 0
        for run in 0..<100 {
            var stream = RandomStream(seed: 9, stream: 112, entity: UInt64(run), replication: 0)
            let sample = WeightedSample((0..<120).map { _ in (stream.exponential(), 1.0) })
            if sample.intervals([0.5], resamples: 200, seed: UInt64(run))[0].contains(log(2.0)) { covered += 1 }
        }
        #expect((86...100).contains(covered))
    }

    @Test("Measured laws are read back as they were written, and reach the world")
    func fragment() async throws {
        let shop = TinyShop.dataset()
        var dataset = shop
        var stream = RandomStream(seed: 3, stream: 112, entity: 5, replication: 0)
        let orders = dataset.orders.count
        try #require(orders >= 20)
        dataset.orders.paid = dataset.orders.placed.map { placed in
            CivilTime(seconds: placed.seconds + Int64(stream.exponential(mean: 300)) + 1)
        }
        let fit = try Calibration(dataset)
        let law = try #require(fit.paymentLag)
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try fit.yaml(source: "test").write(
            to: folder.appending(path: "measured.yaml"), atomically: true, encoding: .utf8)
        let path = folder.appending(path: "day.yaml").path
        try "granary: 1\nextends: measured.yaml\ndata: shop\nclock: {start: 2024-01-01}\n".write(
            toFile: path, atomically: true, encoding: .utf8)
        let scenario = try ScenarioLoader.load(path)
        let read = try #require(scenario.measured.paymentLag)
        for p in [0.1, 0.5, 0.9] { #expect(abs(read.quantile(p) / law.quantile(p) - 1) < 1e-4) }
        #expect(abs(scenario.measured.hours.reduce(0, +) - 1) < 1e-9 || scenario.measured.hours.isEmpty)
    }

    @Test("So it does where some orders stand for many and others for themselves")
    func weightedBootstrap() {
        // Of twenty orders of the population nineteen are of the first kind, of the sample every second one.
        func part(_ x: Double) -> Double { (19 * (1 - exp(-x)) + (1 - exp(-x / 3))) / 20 }
        var (low, high) = (0.0, 10.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if part(middle) < 0.9 { low = middle } else { high = middle }
        }
        var covered = 0
        for run in 0..<100 {
            var stream = RandomStream(seed: 10, stream: 112, entity: UInt64(run), replication: 0)
            let sample = WeightedSample(
                (0..<300).map { $0 % 2 == 0 ? (stream.exponential(), 19) : (3 * stream.exponential(), 1) })
            if sample.intervals([0.9], resamples: 200, seed: UInt64(run))[0].contains(low) { covered += 1 }
        }
        #expect((86...100).contains(covered), "\(covered)")
    }

    @Test("Bills of light and of heavy parcels keep their own spread")
    func freight() throws {
        // A thousand parcels of each: 10 within the first kilogram, 16 for three kilograms more, log-normal about it.
        let parcels = (0..<2_000).map { number -> OrderRecords.Parcel in
            let normal = Normal.quantile((Double(number / 2) + 0.5) / 1_000)
            let isHeavy = number % 2 == 1
            return OrderRecords.Parcel(
                weight: 1, node: 0, region: 0, kilometres: 10, transit: nil,
                freight: isHeavy ? 16 * exp(0.5 * normal) : 10 * exp(0.1 * normal), grams: isHeavy ? 3_400 : 400)
        }
        let fit = try #require(FreightFit(parcels))
        for (p, deviations) in [(0.1, -1.2816), (0.5, 0), (0.9, 1.2816), (0.95, 1.6449)] {
            #expect(abs(fit.bill(400, p) / (10 * exp(0.1 * deviations)) - 1) < 0.03, "\(p)")
            #expect(abs(fit.bill(3_400, p) / (16 * exp(0.5 * deviations)) - 1) < 0.05, "\(p)")
        }
    }

    @Test("A law that falls, and hours that do not add up, are named")
    func faults() {
        let text = """
            granary: 1
            data: shop
            clock: {start: 2024-01-01}
            payment:
              lag: [{share: 10 %, time: 9 s}, {share: 5 %, time: 20 s}]
            demand:
              hours: [{hour: 3, share: 40 %}]
            """
        do throws(ScenarioError) {
            _ = try ScenarioLoader.load(text: text, name: "law.yaml")
            Issue.record("loaded")
        } catch {
            #expect(error.description.contains("shares that do not rise"))
            #expect(error.description.contains("add up to 40"))
        }
    }
}
