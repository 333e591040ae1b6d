import Foundation

/// The exact likelihood of a stationary seasonal ARMA process for eight parameter sets at once.
///
/// Parameters are partial autocorrelations in (-1, 1), of the plain and seasonal AR and MA polynomials in this order
/// (Barndorff-Nielsen and Schou 1973), so that every point is stationary and invertible; then the mean, if any.
///
/// The filter starts from the stationary distribution and is updated by the recursions of Morf, Sidhu and Kailath
/// (1974; Pearlman 1980, Mélard 1984), which cost the order of the model a step, not its square; once the variance
/// of the innovations has settled, the plain recursion over the few non-zero coefficients takes over. So a long season
/// costs little more than a short one.
struct ArimaLanes: LaneModel {
    let order: ArimaOrder
    let values: UnsafeBufferPointer<Double>
    let workspace: LaneWorkspace
    /// How near to its limit the variance of the innovations must be before the plain recursion takes over.
    var tolerance = 1e-8
    /// Steps after which it takes over in any case.
    var patience = Int.max

    var count: Int { values.count }
    /// Length of the state.
    var width: Int { max(order.arLength, order.maLength + 1) }

    init(
        _ order: ArimaOrder, _ values: UnsafeBufferPointer<Double>, _ workspace: LaneWorkspace,
        tolerance: Double = 1e-8, patience: Int = .max
    ) {
        self.order = order
        self.values = values
        self.workspace = workspace
        self.tolerance = tolerance
        self.patience = patience
        (arLags, maLags) = (
            lags(order.p, order.seasonalP, order.season), lags(order.q, order.seasonalQ, order.season)
        )
    }

    /// Lags whose coefficients are not zero by construction, ascending.
    let arLags: [Int]
    let maLags: [Int]

    func residuals(_ p: UnsafePointer<Lanes>, _ out: UnsafeMutablePointer<Lanes>) -> LaneErrors {
        filter(p, out).errors
    }

    /// Innovations over the roots of their variances; the variances of the first steps stay in a buffer.
    ///
    /// - Returns: also the number of steps filtered exactly, and the coefficients.
    func filter(
        _ p: UnsafePointer<Lanes>, _ out: UnsafeMutablePointer<Lanes>, normalises: Bool = true
    ) -> (errors: LaneErrors, exactSteps: Int, polynomials: ArimaPolynomials) {
        let n = values.count
        let polynomials = ArimaPolynomials(order, p, workspace)
        let mean = order.hasConstant ? p[order.coefficientCount - 1] : .zero
        let (ar, ma) = (polynomials.ar, polynomials.ma)
        let variances = workspace.buffer(6, count: n)
        let exact = exactPhase(polynomials, mean, out, variances)

        var shift = Lanes(repeating: 1)
        for lag in arLags { shift -= ar[lag] }
        shift *= mean
        var squares = Lanes.zero
        for t in exact..<n {
            var error = values[t] - shift
            for lag in arLags { if lag <= t { error -= ar[lag] * values[t - lag] } else { error -= ar[lag] * mean } }
            for lag in maLags where lag <= t { error -= ma[lag] * out[t - lag] }
            out[t] = error
            squares += error * error
        }
        var logs = Lanes.zero
        var product = Lanes(repeating: 1)
        for t in 0..<exact {
            product *= variances[t]
            if t % 16 == 15 || t == exact - 1 {
                for lane in 0..<8 { logs[lane] += log(product[lane]) }
                product = Lanes(repeating: 1)
            }
            let error = out[t]
            squares += error * error / variances[t]
            if normalises { out[t] = error / variances[t].squareRoot() }
        }
        return (LaneErrors(squares: squares, logs: logs), exact, polynomials)
    }

    /// Runs the exact filter until it has settled; leaves the state of the next step in buffer 7.
    private func exactPhase(
        _ polynomials: ArimaPolynomials, _ mean: Lanes, _ out: UnsafeMutablePointer<Lanes>,
        _ variances: UnsafeMutablePointer<Lanes>
    ) -> Int {
        let n = values.count
        let r = width
        let ar = polynomials.ar
        let state = workspace.buffer(7, count: 3 * (r + 1))
        let gain = state + (r + 1)
        let change = gain + (r + 1)
        for i in 0...r { (state[i], gain[i], change[i]) = (.zero, .zero, .zero) }
        // gain = T P Z from the first column of the stationary covariance.
        let column = polynomials.stationaryColumn(width: r, arLags: arLags, maLags: maLags, workspace)
        var variance = column[0]
        for i in 0..<r { gain[i] = (i < order.arLength ? ar[i + 1] * column[0] : .zero) + column[i + 1] }
        for i in 0..<r { change[i] = gain[i] }
        var scale = -1 / variance
        for t in 0..<n {
            let settled = variance - 1
            if t >= patience || (t > 0 && settled.max() < tolerance) { return t }
            let inverse = 1 / variance
            let error = values[t] - mean - state[0]
            out[t] = error
            variances[t] = variance
            let (first, lead) = (state[0], change[0])
            let (push, factor) = (error * inverse, scale * lead)
            let pull = inverse * lead
            for i in 0..<r {
                let coefficient = i < order.arLength ? ar[i + 1] : .zero
                let moved = coefficient * lead + change[i + 1]
                state[i] = coefficient * first + state[i + 1] + gain[i] * push
                change[i] = moved - gain[i] * pull
                gain[i] += factor * moved
            }
            let next = variance + factor * lead
            scale *= variance / next
            variance = next
        }
        return n
    }
}

/// Lags of (1 + plain terms)(1 + seasonal terms) that are not zero by construction.
private func lags(_ plain: Int, _ seasonal: Int, _ season: Int) -> [Int] {
    var found: Set<Int> = []
    for i in 0...plain { for j in 0...seasonal where i + j > 0 { found.insert(i + season * j) } }
    return found.sorted()
}
