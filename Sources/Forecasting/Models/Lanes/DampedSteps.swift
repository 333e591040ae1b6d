/// The steps of damped normal equations inside a box, eight dampings side by side.
///
/// A step that leaves the box puts those parameters on its wall and is solved again for the others. Parameters on a wall
/// keep a row of the identity, so that the eight systems keep one shape.
struct DampedSteps {
    private let lower: [Double]
    private let upper: [Double]
    private let dampings: Lanes
    /// Large systems take two dampings only, and steps shortened instead.
    private let lengths: Lanes
    private let factor: UnsafeMutablePointer<Lanes>
    private let right: UnsafeMutablePointer<Lanes>
    /// 1 where a parameter may move, 0 where it is held.
    private let free: UnsafeMutablePointer<Lanes>
    private let fixed: UnsafeMutablePointer<Lanes>
    private let step: UnsafeMutablePointer<Lanes>

    private static let many = 32

    init(lower: [Double], upper: [Double], _ workspace: LaneWorkspace) {
        (self.lower, self.upper) = (lower, upper)
        let size = lower.count
        if size <= Self.many {
            dampings = Lanes(1e-9, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100)
            lengths = Lanes(repeating: 1)
        } else {
            dampings = Lanes(1e-9, 1e-9, 1e-9, 1e-9, 0.1, 0.1, 0.1, 0.1)
            lengths = Lanes(1, 0.6, 0.3, 0.1, 1, 0.6, 0.3, 0.1)
        }
        factor = workspace.buffer(9, count: size * size + 4 * size)
        right = factor + size * size
        free = right + size
        fixed = free + size
        step = fixed + size
    }

    /// Writes eight points to try, one entry a parameter; false where nothing can move.
    func candidates(
        from point: [Double], _ hessian: [Double], _ gradient: [Double], into out: UnsafeMutablePointer<Lanes>
    ) -> Bool {
        let size = point.count
        var moves = false
        for j in 0..<size {
            let pinnedLow = point[j] <= lower[j] && gradient[j] >= 0
            let pinnedHigh = point[j] >= upper[j] && gradient[j] <= 0
            let isFree = !pinnedLow && !pinnedHigh && hessian[j * size + j] > 0
            free[j] = Lanes(repeating: isFree ? 1 : 0)
            fixed[j] = .zero
            if isFree { moves = true }
        }
        guard moves else { return false }
        var pending = SIMDMask<SIMD8<Int64>>(repeating: true)
        var failed = SIMDMask<SIMD8<Int64>>(repeating: false)
        for round in 0..<4 {
            failed .|= solve(size, hessian, gradient) .& pending
            var left = SIMDMask<SIMD8<Int64>>(repeating: false)
            for j in 0..<size {
                step[j].replace(with: right[j], where: pending)
                let to = right[j] + point[j]
                let out = (to .< lower[j] .| to .> upper[j]) .& (free[j] .> 0) .& pending
                let wall = pointwiseMin(pointwiseMax(to, Lanes(repeating: lower[j])), Lanes(repeating: upper[j]))
                fixed[j].replace(with: wall - point[j], where: out)
                free[j].replace(with: 0, where: out)
                left .|= out
            }
            pending = left
            if round == 3 || !any(pending) { break }
        }
        for j in 0..<size {
            let to = point[j] + lengths * step[j]
            var inside = pointwiseMin(pointwiseMax(to, Lanes(repeating: lower[j])), Lanes(repeating: upper[j]))
            // A system without a solution stays where it is.
            inside.replace(with: point[j], where: failed)
            out[j] = inside
        }
        return true
    }

    /// Solves (H + damping diag H) x = -(g + H fixed) over the free parameters by Cholesky's factors, into `right`;
    /// true in the lanes where it has no solution.
    private func solve(_ n: Int, _ hessian: [Double], _ gradient: [Double]) -> SIMDMask<SIMD8<Int64>> {
        let scale = 1 + dampings
        for i in 0..<n {
            var value = Lanes(repeating: -gradient[i])
            for k in 0..<n where fixed[k] != .zero { value -= hessian[i * n + k] * fixed[k] }
            right[i] = fixed[i].replacing(with: value, where: free[i] .> 0)
            for k in 0..<i {
                let product = Lanes(repeating: hessian[i * n + k])
                factor[i * n + k] = Lanes.zero.replacing(with: product, where: free[i] * free[k] .> 0)
            }
            let diagonal = hessian[i * n + i] * scale
            factor[i * n + i] = Lanes(repeating: 1).replacing(with: diagonal, where: free[i] .> 0)
        }
        var failed = SIMDMask<SIMD8<Int64>>(repeating: false)
        for i in 0..<n {
            for k in 0..<i {
                var sum = factor[i * n + k]
                for j in 0..<k { sum -= factor[i * n + j] * factor[k * n + j] }
                factor[i * n + k] = sum / factor[k * n + k]
            }
            let least = 1e-13 * factor[i * n + i]
            var sum = factor[i * n + i]
            for j in 0..<i { sum -= factor[i * n + j] * factor[i * n + j] }
            failed .|= .!(sum .< .infinity)
            // Parameters that say the same are left to the ones before them.
            factor[i * n + i] = sum.squareRoot().replacing(with: .infinity, where: .!(sum .> least))
        }
        for i in 0..<n {
            var sum = right[i]
            for j in 0..<i { sum -= factor[i * n + j] * right[j] }
            right[i] = sum / factor[i * n + i]
        }
        for i in (0..<n).reversed() {
            var sum = right[i]
            for j in i + 1..<max(n, i + 1) { sum -= factor[j * n + i] * right[j] }
            right[i] = sum / factor[i * n + i]
        }
        return failed
    }
}
