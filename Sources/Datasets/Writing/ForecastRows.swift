/// The rows of a large forecast in the long format, made piece by piece: `unique_id`, `ds`, `model`, `mean` and one
/// column for each quantile, named `q0.025` and so on. Numbers have four decimals at most.
public struct ForecastRows: Sendable {
    public let dates: [String]
    public let model: String
    public let levels: [Double]

    public init(dates: [String], model: String, levels: [Double]) {
        self.dates = dates
        self.model = model
        self.levels = levels
    }

    public var header: [UInt8] {
        var output = CSVOutput()
        for name in ["unique_id", "ds", "model", "mean"] + levels.map({ "q\($0)" }) { output.text(name) }
        output.endRow()
        return output.bytes
    }

    /// The rows of some series.
    ///
    /// - Parameters:
    ///   - mean: row-major series x dates.
    ///   - quantiles: row-major series x dates x levels.
    public func rows(ids: ArraySlice<String>, mean: ArraySlice<Float>, quantiles: ArraySlice<Float>) -> [UInt8] {
        var output = CSVOutput()
        var (m, q) = (mean.startIndex, quantiles.startIndex)
        for id in ids {
            for date in dates {
                output.text(id)
                output.text(date)
                output.text(model)
                output.number(mean[m])
                m += 1
                for _ in levels {
                    output.number(quantiles[q])
                    q += 1
                }
                output.endRow()
            }
        }
        return output.bytes
    }
}

extension CSVOutput {
    /// Four decimals at most; empty when not finite.
    fileprivate mutating func number(_ value: Float) {
        guard value.isFinite, abs(value) < 1e14 else { return real(Double(value)) }
        decimal(Int64((Double(value) * 10_000).rounded()), places: 4)
    }
}
