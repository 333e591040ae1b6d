import NumericCore
import Testing

@Suite("Means with their intervals")
struct SampleMeanTests {
    @Test("Student's t has the quantiles of the printed tables")
    func student() {
        #expect(abs(StudentT.quantile(0.975, freedom: 1) - 12.7062047364) < 1e-6)
        #expect(abs(StudentT.quantile(0.975, freedom: 9) - 2.2621571628) < 1e-8)
        #expect(abs(StudentT.quantile(0.025, freedom: 9) + 2.2621571628) < 1e-8)
    }

    @Test("the interval of 1, 2, 3 is t(2) over the root of 3, and one value has none")
    func halfWidth() throws {
        let (mean, halfWidth) = meanAndHalfWidth([1, 2, 3])
        #expect(mean == 2)
        #expect(abs(try #require(halfWidth) - 4.3026527297 / 3.0.squareRoot()) < 1e-8)
        #expect(meanAndHalfWidth([3]).halfWidth == nil)
        #expect(meanAndHalfWidth([]).mean == 0)
    }
}
