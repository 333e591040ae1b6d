/// Complex exponential smoothing (Svetunkov, Kourentzes and Ord 2022): a level with a second, hidden part that takes
/// the place of trend and season.
enum CESKind: String, Sendable, CaseIterable {
    case none = "N"
    /// Level and hidden part one season back.
    case simple = "S"
    /// Plain level, and a season with one part.
    case partial = "P"
    /// Plain level, and a season with two parts.
    case full = "F"

    var parameterCount: Int {
        switch self {
        case .none, .simple: 2
        case .partial: 3
        case .full: 4
        }
    }

    func stateCount(season: Int) -> Int {
        switch self {
        case .none: 2
        case .simple: season
        case .partial, .full: 2 + season
        }
    }
}

/// Complex exponential smoothing of one series for eight parameter sets at once; parameters are a0, a1 and, with a
/// season, b0, b1; then the states before the first value: level and hidden level (one level a place for the simple
/// kind), and the places of the season. Hidden parts of what is kept by place begin as 1/1.1 of the visible ones.
struct CESLanes: LaneModel {
    let kind: CESKind
    let season: Int
    let values: UnsafeBufferPointer<Double>
    /// Room for four states a place.
    let scratch: UnsafeMutablePointer<Lanes>

    var count: Int { values.count }

    func residuals(_ p: UnsafePointer<Lanes>, _ out: UnsafeMutablePointer<Lanes>) -> LaneErrors {
        let gains = start(p)
        var squares = Lanes.zero
        var place = 0
        switch kind {
        case .none, .simple:
            for t in 0..<values.count {
                let error = step(values[t], place, gains, kind: .simple)
                out[t] = error
                squares += error * error
                place = place + 1 == season ? 0 : place + 1
            }
        case .partial:
            for t in 0..<values.count {
                let error = step(values[t], place, gains, kind: .partial)
                out[t] = error
                squares += error * error
                place = place + 1 == season ? 0 : place + 1
            }
        case .full:
            for t in 0..<values.count {
                let error = step(values[t], place, gains, kind: .full)
                out[t] = error
                squares += error * error
                place = place + 1 == season ? 0 : place + 1
            }
        }
        return LaneErrors(squares: squares)
    }

    /// How an error moves the two parts of a state, and how the hidden part decays into them.
    struct Gains {
        var visible, hidden, leak, keep: Lanes

        init(real: Lanes, imaginary: Lanes) {
            visible = real - imaginary
            hidden = real + imaginary
            leak = 1 - imaginary
            keep = 1 - real
        }
    }

    /// Sets the states out by place: level, hidden level, season, hidden season.
    func start(_ p: UnsafePointer<Lanes>) -> (level: Gains, season: Gains) {
        let count = kind.parameterCount
        let states = p + count
        for k in 0..<season {
            let own = scratch + 4 * k
            switch kind {
            case .none: (own[0], own[1]) = (states[0], states[1])
            case .simple: (own[0], own[1]) = (states[k], states[k] / 1.1)
            case .partial, .full:
                (own[0], own[1], own[2]) = (states[0], states[1], states[2 + k])
                own[3] = kind == .full ? states[2 + k] / 1.1 : .zero
            }
        }
        return (
            Gains(real: p[0], imaginary: p[1]),
            Gains(real: count > 2 ? p[2] : .zero, imaginary: count > 3 ? p[3] : .zero)
        )
    }

    /// The forecast of the next step, which has this place in the season.
    func ahead(_ place: Int) -> Lanes {
        kind == .simple || kind == .none ? scratch[4 * place] : scratch[0] + scratch[4 * place + 2]
    }

    /// Moves the states over one value; returns its error.
    @inline(__always)
    func step(_ value: Double, _ place: Int, _ gains: (level: Gains, season: Gains), kind: CESKind) -> Lanes {
        // The plain level has one place only; the simple kind keeps one a season (of length one without).
        let own = scratch + (kind == .simple ? 4 * place : 0)
        let seasonal = scratch + 4 * place
        let (level, hidden) = (own[0], own[1])
        let (a, b) = gains
        let shift = kind == .simple ? .zero : seasonal[2]
        let error = value - shift - level
        own[0] = level - a.leak * hidden + a.visible * error
        own[1] = level + a.keep * hidden + a.hidden * error
        switch kind {
        case .none, .simple: break
        case .partial: seasonal[2] = shift + b.visible * error
        case .full:
            let deep = seasonal[3]
            seasonal[2] = shift - b.leak * deep + b.visible * error
            seasonal[3] = shift + b.keep * deep + b.hidden * error
        }
        return error
    }
}
