/// The multiplied-out polynomials of eight parameter sets: w_t = sum ar[k] w_{t-k} + e_t + sum ma[k] e_{t-k}.
struct ArimaPolynomials {
    /// Coefficients by lag; entry 0 is not used.
    let ar: UnsafeMutablePointer<Lanes>
    let ma: UnsafeMutablePointer<Lanes>
    let arLength: Int
    let maLength: Int

    init(_ order: ArimaOrder, _ p: UnsafePointer<Lanes>, _ workspace: LaneWorkspace) {
        arLength = order.arLength
        maLength = order.maLength
        let room = arLength + maLength + 2
        ar = workspace.buffer(5, count: room)
        ma = ar + arLength + 1
        for k in 0..<room { ar[k] = .zero }
        let plainAR = levinson(p, order.p)
        let seasonalAR = levinson(p + order.p, order.seasonalP)
        let plainMA = levinson(p + order.p + order.seasonalP, order.q)
        let seasonalMA = levinson(p + order.p + order.seasonalP + order.q, order.seasonalQ)
        multiply(plainAR, seasonalAR, order.season, into: ar, sign: 1)
        multiply(plainMA, seasonalMA, order.season, into: ma, sign: -1)
    }

    /// The first column of the stationary covariance of the state in Harvey's form, with one zero behind; innovations
    /// have variance 1.
    func stationaryColumn(
        width r: Int, arLags: [Int], maLags: [Int], _ workspace: LaneWorkspace
    ) -> UnsafeMutablePointer<Lanes> {
        let reach = arLength + maLength + 1
        let block = workspace.buffer(8, count: 2 * (r + 2) + 2 * reach + 2 * (arLength + 2) + maLength + 2)
        let column = block
        let psi = column + r + 2
        let pure = psi + r + 1
        let mixed = pure + reach
        let moving = mixed + reach
        let scratch = moving + maLength + 1
        pureAutocovariances(pure, reach: reach, arLags: arLags, scratch)
        // Autocovariances of the moving average part.
        for s in 0...maLength { moving[s] = .zero }
        let terms = [0] + maLags
        for i in terms {
            for j in terms where j >= i {
                moving[j - i] += (i == 0 ? Lanes(repeating: 1) : ma[i]) * (j == 0 ? Lanes(repeating: 1) : ma[j])
            }
        }
        for k in 0...arLength {
            var sum = moving[0] * pure[k]
            for s in 1..<max(1, maLength + 1) { sum += moving[s] * (pure[k + s] + pure[abs(k - s)]) }
            mixed[k] = sum
        }
        for k in 0...r {
            var sum = k == 0 ? Lanes(repeating: 1) : k <= maLength ? ma[k] : .zero
            for lag in arLags where lag <= k { sum += ar[lag] * psi[k - lag] }
            psi[k] = sum
        }
        column[0] = mixed[0]
        for i in 1...r + 1 { column[i] = .zero }
        for lag in arLags {
            for i in 1..<max(1, lag) { column[i] += ar[lag] * mixed[lag - i] }
        }
        for lag in maLags {
            for i in 1...lag where i <= r { column[i] += ma[lag] * psi[lag - i] }
        }
        return column
    }

    /// Autocovariances 0 ..< reach of the AR part alone, by stepping the polynomial down to its partial
    /// autocorrelations and up again (Durbin 1960).
    private func pureAutocovariances(
        _ out: UnsafeMutablePointer<Lanes>, reach: Int, arLags: [Int], _ scratch: UnsafeMutablePointer<Lanes>
    ) {
        let p = arLength
        guard p > 0 else {
            for k in 0..<reach { out[k] = k == 0 ? Lanes(repeating: 1) : .zero }
            return
        }
        // scratch[0 ..< p]: the polynomial of falling order; the partial autocorrelations replace its end.
        for k in 0..<p { scratch[k] = ar[k + 1] }
        var variance = Lanes(repeating: 1)
        for length in stride(from: p, to: 0, by: -1) {
            let partial = scratch[length - 1]
            let inverse = 1 / (1 - partial * partial)
            variance *= inverse
            var (i, j) = (0, length - 2)
            while i < j {
                let (a, b) = (scratch[i], scratch[j])
                scratch[i] = (a + partial * b) * inverse
                scratch[j] = (b + partial * a) * inverse
                i += 1
                j -= 1
            }
            if i == j { scratch[i] = (scratch[i] + partial * scratch[i]) * inverse }
        }
        let partials = scratch
        let polynomial = scratch + p
        out[0] = variance
        for length in 1...p {
            let partial = partials[length - 1]
            var sum = partial * variance
            for j in 1..<max(1, length) { sum += polynomial[j - 1] * out[length - j] }
            out[length] = sum
            var (i, j) = (0, length - 2)
            while i < j {
                let (a, b) = (polynomial[i], polynomial[j])
                polynomial[i] = a - partial * b
                polynomial[j] = b - partial * a
                i += 1
                j -= 1
            }
            if i == j { polynomial[i] -= partial * polynomial[i] }
            polynomial[length - 1] = partial
            variance *= 1 - partial * partial
        }
        for k in p + 1..<max(p + 1, reach) {
            var sum = Lanes.zero
            for lag in arLags { sum += ar[lag] * out[k - lag] }
            out[k] = sum
        }
    }
}

/// Coefficients 1 ... count of the stationary polynomial with these partial autocorrelations.
private func levinson(_ partials: UnsafePointer<Lanes>, _ count: Int) -> [Lanes] {
    var out: [Lanes] = []
    for k in 0..<count {
        let before = out
        for j in 0..<k { out[j] = before[j] - partials[k] * before[k - 1 - j] }
        out.append(partials[k])
    }
    return out
}

/// Coefficients of 1 - (1 - plain)(1 - seasonal) times `sign`, by lag.
private func multiply(
    _ plain: [Lanes], _ seasonal: [Lanes], _ season: Int, into out: UnsafeMutablePointer<Lanes>, sign: Double
) {
    for (i, a) in plain.enumerated() { out[i + 1] += sign * a }
    for (j, b) in seasonal.enumerated() {
        out[season * (j + 1)] += sign * b
        for (i, a) in plain.enumerated() { out[season * (j + 1) + i + 1] -= sign * a * b }
    }
}
