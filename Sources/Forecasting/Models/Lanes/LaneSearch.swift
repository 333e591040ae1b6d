import Foundation

/// Where a search for the best parameters ended.
struct LaneFit: Sendable {
    var point: [Double]
    /// count x log(sum of squares) + logs at `point`.
    var objective: Double
    var iterations: Int
}

/// The least concentrated Gaussian deviance in a box: Gauss and Newton's method with eight dampings (Levenberg 1944,
/// Marquardt 1963) tried in the lanes of one pass, derivatives by differences in the lanes of another.
///
/// One iteration costs a pass for every eight parameters and one for the candidates. Deterministic.
struct LaneSearch {
    var lower: [Double]
    var upper: [Double]
    /// The distance over which a derivative is taken, by parameter.
    var reach: [Double]
    /// Ends when an iteration lowers the objective by less.
    var tolerance = 0.01
    var iterations = 25

    /// Starts from the best of `starts`; nil where none has a finite objective.
    func minimise(_ model: some LaneModel, starts: [[Double]], _ workspace: LaneWorkspace) -> LaneFit? {
        let n = model.count
        let size = lower.count
        guard n > 0, size > 0, !starts.isEmpty else { return nil }
        let batches = (size + 7) / 8
        let trial = workspace.buffer(0, count: n)
        let parameters = workspace.buffer(1, count: size)
        let slopes = workspace.buffer(2, count: n * batches)
        let current = UnsafeMutableRawPointer(workspace.buffer(3, count: (n + 7) / 8))
            .bindMemory(to: Double.self, capacity: n)

        var state: State?
        var first = 0
        while first < starts.count {
            for j in 0..<size {
                for lane in 0..<8 { parameters[j][lane] = starts[min(first + lane, starts.count - 1)][j] }
            }
            consider(model, parameters, trial, current, &state)
            first += 8
        }
        guard var best = state else { return nil }
        let solver = DampedSteps(lower: lower, upper: upper, workspace)
        var done = 0
        while done < iterations, best.squares > 0 {
            done += 1
            let (hessian, gradient) = normalEquations(model, best, parameters, slopes, current)
            guard solver.candidates(from: best.point, hessian, gradient, into: parameters) else { break }
            let before = best.objective
            state = best
            consider(model, parameters, trial, current, &state)
            best = state ?? best
            if before - best.objective < tolerance { break }
        }
        return LaneFit(point: best.point, objective: best.objective, iterations: done)
    }

    private struct State {
        var point: [Double]
        var objective: Double
        var squares: Double
        var logs: Double
    }

    /// Evaluates eight points and keeps the best where it is better than what is known, with its residuals.
    private func consider(
        _ model: some LaneModel, _ parameters: UnsafeMutablePointer<Lanes>, _ trial: UnsafeMutablePointer<Lanes>,
        _ current: UnsafeMutablePointer<Double>, _ state: inout State?
    ) {
        let errors = model.residuals(parameters, trial)
        let n = model.count
        var winner = -1
        for lane in 0..<8 {
            let squares = max(errors.squares[lane], .leastNormalMagnitude)
            let objective = Double(n) * log(squares) + errors.logs[lane]
            guard objective.isFinite, objective < state?.objective ?? .infinity else { continue }
            state = State(
                point: [], objective: objective, squares: errors.squares[lane], logs: errors.logs[lane])
            winner = lane
        }
        guard winner >= 0 else { return }
        state?.point = lower.indices.map { parameters[$0][winner] }
        let values = UnsafeRawPointer(trial).assumingMemoryBound(to: Double.self)
        for i in 0..<n { current[i] = values[8 * i + winner] }
    }

    /// The products of the residuals' derivatives with each other, row by row, and with the residuals.
    private func normalEquations(
        _ model: some LaneModel, _ at: State, _ parameters: UnsafeMutablePointer<Lanes>,
        _ slopes: UnsafeMutablePointer<Lanes>, _ current: UnsafeMutablePointer<Double>
    ) -> (hessian: [Double], gradient: [Double]) {
        let n = model.count
        let size = lower.count
        let batches = (size + 7) / 8
        for j in 0..<size { parameters[j] = Lanes(repeating: at.point[j]) }
        var isDead = [Bool](repeating: false, count: size)
        var gradient = [Double](repeating: 0, count: size)
        for batch in 0..<batches {
            let lanes = min(8, size - 8 * batch)
            var inverse = Lanes.zero
            for lane in 0..<lanes {
                let j = 8 * batch + lane
                let step = at.point[j] + reach[j] <= upper[j] ? reach[j] : -reach[j]
                parameters[j][lane] = at.point[j] + step
                inverse[lane] = 1 / step
            }
            let out = slopes + batch * n
            let errors = model.residuals(parameters, out)
            var ratio = Lanes(repeating: 1)
            for lane in 0..<lanes {
                let j = 8 * batch + lane
                parameters[j][lane] = at.point[j]
                if !(errors.squares[lane] + errors.logs[lane]).isFinite {
                    (inverse[lane], isDead[j]) = (0, true)
                    continue
                }
                // Residuals are compared on the scale of the current point, which makes the deviance a plain sum.
                ratio[lane] = exp((errors.logs[lane] - at.logs) / (2 * Double(n)))
            }
            ratio *= inverse
            var along = Lanes.zero
            if isDead.contains(true) {
                for i in 0..<n {
                    var slope = ratio * out[i] - current[i] * inverse
                    slope.replace(with: 0, where: inverse .== 0)
                    out[i] = slope
                    along += slope * current[i]
                }
            } else {
                for i in 0..<n {
                    let slope = ratio * out[i] - current[i] * inverse
                    out[i] = slope
                    along += slope * current[i]
                }
            }
            for lane in 0..<lanes { gradient[8 * batch + lane] = along[lane] }
        }
        var hessian = [Double](repeating: 0, count: size * size)
        for a in 0..<batches {
            for b in 0...a {
                let rows = min(8, size - 8 * a)
                let block = crossProducts(slopes + a * n, slopes + b * n, n, rows: rows)
                for i in 0..<rows {
                    for k in 0..<min(8, size - 8 * b) {
                        hessian[(8 * a + i) * size + 8 * b + k] = block[i][k]
                        hessian[(8 * b + k) * size + 8 * a + i] = block[i][k]
                    }
                }
            }
        }
        return (hessian, gradient)
    }
}

/// Sum over time of the outer products of two columns of lanes, for the first `rows` lanes of `a`; four rows at a time,
/// which is what the registers hold.
private func crossProducts(
    _ a: UnsafeMutablePointer<Lanes>, _ b: UnsafeMutablePointer<Lanes>, _ n: Int, rows: Int
) -> [Lanes] {
    var out = fourProducts(a, b, n) { $0.lowHalf }
    if rows > 4 { out += fourProducts(a, b, n) { $0.highHalf } }
    return out
}

@inline(__always)
private func fourProducts(
    _ a: UnsafeMutablePointer<Lanes>, _ b: UnsafeMutablePointer<Lanes>, _ n: Int, _ half: (Lanes) -> SIMD4<Double>
) -> [Lanes] {
    var (r0, r1, r2, r3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    for i in 0..<n {
        let (x, y) = (half(a[i]), b[i])
        r0 += x[0] * y
        r1 += x[1] * y
        r2 += x[2] * y
        r3 += x[3] * y
    }
    return [r0, r1, r2, r3]
}
