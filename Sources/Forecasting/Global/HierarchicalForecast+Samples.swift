import NumericCore
import Retail

extension HierarchicalForecast {
    /// Joint samples that quantiles of totals are taken from.
    private static let samples = 200

    /// The same with quantiles of the totals from sums of joint samples of the series, which therefore agree with theirs.
    ///
    /// - Parameter judged: past origins, and the means of the series forecast from each.
    func sampled(
        _ panel: DemandPanel, judged: [(origin: Int, bottom: [Float])], seed: UInt64, threads: Int
    ) async -> HierarchicalForecast {
        let (count, width) = (hierarchy.series, horizon * levels.count)
        let first = hierarchy.nodes - count
        guard first > 0, width > 0 else { return self }
        let series = Forecast(
            axis: axis, keys: [SeriesKey](repeating: SeriesKey(), count: count), names: hierarchy.bottom.groups,
            mean: mean[(first * horizon)...].map(Double.init), levels: levels,
            quantiles: quantiles[(first * width)...].map(Double.init),
            choices: [ModelChoice](repeating: ModelChoice(model: "global", scores: []), count: count))
        let sampler = JointSampler(
            series,
            errors: (0..<count).map { s in
                let (start, cells) = (Int(panel.starts[s]), panel.offsets[s]..<panel.offsets[s + 1])
                var row: (cells: [Int32], errors: [Float]) = ([], [])
                for (origin, bottom) in judged {
                    for h in 0..<horizon {
                        let place = origin + h - start
                        guard place >= 0, place < cells.count, !panel.missing[cells.lowerBound + place] else {
                            continue
                        }
                        row.cells.append(Int32(origin + h))
                        row.errors.append(panel.values[cells.lowerBound + place] - bottom[s * horizon + h])
                    }
                }
                return row
            })
        let draws = await sampler.totals(
            of: hierarchy, samples: HierarchicalForecast.samples, seed: seed, threads: threads)
        let pieces = chunks(count: first * horizon, of: 4_096)
        let rows = await concurrentMap(chunks: pieces.count, threads: threads) { k in
            pieces[k].flatMap { place in
                draws.quantiles(place, mean: Double(mean[place]), levels: levels).map { Float($0) }
            }
        }
        var result = self
        result.quantiles.replaceSubrange(0..<first * width, with: rows.flatMap(\.self))
        return result
    }
}
