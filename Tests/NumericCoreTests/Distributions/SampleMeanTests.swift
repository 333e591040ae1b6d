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

    @Test("a share of equal wholes is the mean of the shares, and of unequal ones their weighted mean")
    func share() throws {
        let equal = shareAndHalfWidth([2, 4, 6], of: [10, 10, 10])
        #expect(equal.share == 0.4)
        #expect(abs(try #require(equal.halfWidth) - 4.3026527297 * 0.2 / 3.0.squareRoot()) < 1e-8)
        let unequal = shareAndHalfWidth([1, 9], of: [10, 90])
        #expect(unequal.share == 0.1)
        #expect(try #require(unequal.halfWidth) < 1e-12)
        #expect(shareAndHalfWidth([1], of: [4]).halfWidth == nil)
        #expect(shareAndHalfWidth([0], of: [0]).share == nil)
    }
}
