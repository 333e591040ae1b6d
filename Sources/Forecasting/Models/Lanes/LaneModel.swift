/// Eight numbers, one for each of eight parameter sets that are tried side by side.
typealias Lanes = SIMD8<Double>

/// What eight parameter sets cost: the objective is count x log(squares) + logs, which is minus twice a Gaussian
/// log-likelihood with its variance concentrated out, but for a constant.
struct LaneErrors {
    /// Sums of squared residuals.
    var squares: Lanes
    /// What the scales of the residuals add, such as 2 sum log |fitted| for relative errors.
    var logs = Lanes.zero
}

/// A model whose residuals are computed for eight parameter sets in one pass over the data.
protocol LaneModel {
    /// Residuals of one parameter set.
    var count: Int { get }

    /// Writes the residuals of eight parameter sets, `count` of them; `parameters` has one entry a parameter. A set
    /// that makes no sense gives NaN or infinite errors.
    func residuals(
        _ parameters: UnsafePointer<Lanes>, _ residuals: UnsafeMutablePointer<Lanes>
    ) -> LaneErrors
}

/// Buffers that one task uses again for each series, so that the work stays in cache.
final class LaneWorkspace {
    private var buffers: [UnsafeMutablePointer<Lanes>?] = []
    private var capacities: [Int] = []

    init() {}

    deinit { for buffer in buffers { buffer?.deallocate() } }

    /// Buffer number `index` with room for `count` entries; its content is whatever was left there.
    func buffer(_ index: Int, count: Int) -> UnsafeMutablePointer<Lanes> {
        while buffers.count <= index {
            buffers.append(nil)
            capacities.append(0)
        }
        if let buffer = buffers[index], capacities[index] >= count { return buffer }
        buffers[index]?.deallocate()
        let made = UnsafeMutablePointer<Lanes>.allocate(capacity: count)
        made.initialize(repeating: .zero, count: count)
        buffers[index] = made
        capacities[index] = count
        return made
    }
}
