import Foundation

/// A Poisson process whose rate is a constant, a sinusoid, or either with bursts that decay:
/// rate (1 + amplitude sin(2 pi t / period)) + sum of height exp(-(t - at) / decay) from each burst on.
///
/// Times are seconds, rates are per second. Arrivals are exact: a unit exponential draw is turned into the time to
/// the next arrival by inverting the integral of the rate (Çinlar, 1975), which thinning only samples.
public struct ArrivalLaw: Sendable, Equatable {
    /// A sudden rise of the rate by `height`, ebbing away exponentially.
    public struct Burst: Sendable, Equatable {
        public var at: Double
        public var height: Double
        public var decay: Double

        public init(at: Double, height: Double, decay: Double) {
            self.at = at
            self.height = height
            self.decay = decay
        }
    }

    public var rate: Double
    /// Part of the rate by which the sinusoid swings, 0 to 1.
    public var amplitude: Double
    public var period: Double
    public var bursts: [Burst]

    public init(rate: Double, amplitude: Double = 0, period: Double = 86_400, bursts: [Burst] = []) {
        self.rate = rate
        self.amplitude = amplitude
        self.period = period
        self.bursts = bursts
    }

    var isConstant: Bool { amplitude == 0 && bursts.isEmpty }

    /// The rate at a moment.
    public func intensity(_ time: Double) -> Double {
        var value = rate
        if amplitude > 0 { value += rate * amplitude * sin(2 * .pi * time / period) }
        for burst in bursts where time >= burst.at { value += burst.height * exp((burst.at - time) / burst.decay) }
        return value
    }

    /// Arrivals expected from a moment on, over a length of time.
    public func expected(from time: Double, for length: Double) -> Double {
        var value = rate * length
        if amplitude > 0 {
            // cos a - cos b = 2 sin((a + b) / 2) sin((b - a) / 2), which keeps short lengths exact.
            let (middle, half) = (2 * .pi * (time + length / 2) / period, .pi * length / period)
            value += rate * amplitude * period / .pi * sin(middle) * sin(half)
        }
        for burst in bursts {
            let begin = max(time, burst.at)
            let span = time + length - begin
            guard span > 0 else { continue }
            value -= burst.height * burst.decay * exp((burst.at - begin) / burst.decay) * expm1(-span / burst.decay)
        }
        return value
    }

    /// The length of time from a moment on in which `depth` arrivals are expected; infinite when so many never come.
    func length(from time: Double, for depth: Double) -> Double {
        if isConstant { return rate > 0 ? depth / rate : .infinity }
        if rate == 0 {
            let left = bursts.reduce(0.0) {
                $0 + $1.height * $1.decay * (time > $1.at ? exp(($1.at - time) / $1.decay) : 1)
            }
            guard depth < left else { return .infinity }
        }
        let now = intensity(time)
        var (low, high) = (0.0, now > 0 ? 2 * depth / now : period / 64)
        while expected(from: time, for: high) < depth {
            low = high
            high *= 2
        }
        var length = now > 0 ? min(max(depth / now, low), high) : (low + high) / 2
        for _ in 0..<200 {
            let excess = expected(from: time, for: length) - depth
            if excess == 0 { return length }
            if excess > 0 { high = length } else { low = length }
            let slope = intensity(time + length)
            let step = slope > 0 ? length - excess / slope : -1
            let next = step > low && step < high ? step : (low + high) / 2
            if abs(next - length) <= 1e-13 * (abs(time) + length) { return next }
            length = next
        }
        return length
    }
}
