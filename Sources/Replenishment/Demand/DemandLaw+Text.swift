import NumericCore

extension DemandLaw {
    /// A law from its text: `poisson:10`, `normal:50,8`, `gamma:20,6`, `negative-binomial:4,3`, `empirical:3,0,7`.
    ///
    /// The numbers are mean and standard deviation (Poisson: the mean). By name they may be given as `mean`, `sd` or
    /// `variance`, for gamma as `shape` and `scale`, for the negative binomial as `mean` and `size`, or `size` and
    /// `probability`. Observations are equally likely, or carry a weight as in `0*3,7*1`.
    public init(text: String) throws(ReplenishmentError) {
        try self.init(parsing: text)
        // A constant may be observed; a law with a density must have a spread.
        var mayBeConstant = isCount
        if case .empirical = self { mayBeConstant = true }
        guard mean.isFinite, variance.isFinite, mean.magnitude <= Self.largestUnits,
            standardDeviation <= Self.largestUnits, mayBeConstant || variance > 0
        else {
            throw .text(
                name: "demand", value: text,
                expected:
                    "a law whose mean and standard deviation are at most a thousand million units, and numbers that "
                    + "it can be reckoned with; count in larger units")
        }
    }

    private static let largestUnits = 1e9

    private init(parsing text: String) throws(ReplenishmentError) {
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let family = String(halves[0]).lowercased()
        let parts = (halves.count > 1 ? halves[1] : "").split(separator: ",", omittingEmptySubsequences: false)
            .map { String($0.filter { $0 != " " }) }
        if family == "empirical" {
            self = .empirical(try Self.observations(parts, text))
            return
        }
        let numbers = try Self.named(parts, text)
        switch family {
        case "poisson":
            guard let mean = numbers["mean"], numbers.count == 1, mean >= 0 else { throw Self.fault(text) }
            self = .poisson(PoissonDistribution(mean: mean))
        case "normal":
            guard let mean = numbers["mean"], let sd = numbers.deviation, numbers.count == 2, sd > 0 else {
                throw Self.fault(text)
            }
            self = .normal(NormalDistribution(mean: mean, standardDeviation: sd))
        case "gamma":
            if let shape = numbers["shape"], let scale = numbers["scale"], shape > 0, scale > 0 {
                self = .gamma(GammaDistribution(shape: shape, scale: scale))
                return
            }
            guard let mean = numbers["mean"], let sd = numbers.deviation, numbers.count == 2, mean > 0, sd > 0 else {
                throw Self.fault(text)
            }
            self = .gamma(GammaDistribution(mean: mean, variance: sd * sd))
        case "negative-binomial", "negbin":
            if let size = numbers["size"], size > 0 {
                if let mean = numbers["mean"], mean >= 0 {
                    self = .negativeBinomial(NegativeBinomialDistribution(mean: mean, size: size))
                    return
                }
                if let probability = numbers["probability"], probability > 0, probability <= 1 {
                    self = .negativeBinomial(NegativeBinomialDistribution(size: size, probability: probability))
                    return
                }
            }
            guard let mean = numbers["mean"], let sd = numbers.deviation, numbers.count == 2,
                let law = NegativeBinomialDistribution(mean: mean, variance: sd * sd)
            else { throw Self.fault(text) }
            self = .negativeBinomial(law)
        default: throw Self.fault(text)
        }
    }

    private static func fault(_ text: String) -> ReplenishmentError {
        .text(
            name: "demand", value: text,
            expected: "a law such as poisson:10, normal:50,8 (mean, standard deviation), gamma:20,6, "
                + "negative-binomial:4,3 (its variance above its mean) or empirical:3,0,7")
    }

    private static func named(_ parts: [String], _ text: String) throws(ReplenishmentError) -> [String: Double] {
        let places = ["mean", "sd"]
        let known: Set = ["mean", "sd", "variance", "shape", "scale", "size", "probability"]
        var numbers: [String: Double] = [:]
        for (place, part) in parts.enumerated() {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let name = halves.count == 2 ? halves[0] : place < places.count ? places[place] : ""
            guard let value = Double(halves[halves.count - 1]), value.isFinite, known.contains(name),
                numbers.updateValue(value, forKey: name) == nil
            else { throw fault(text) }
        }
        return numbers
    }

    private static func observations(_ parts: [String], _ text: String) throws(ReplenishmentError)
        -> EmpiricalDistribution
    {
        var values: [Double] = []
        var weights: [Double] = []
        for part in parts {
            let halves = part.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
            guard let value = Double(halves[0]), value >= 0, value < 1e15,
                let weight = halves.count == 2 ? Double(halves[1]) : 1, weight >= 0, weight < 1e15
            else { throw fault(text) }
            values.append(value)
            weights.append(weight)
        }
        guard weights.contains(where: { $0 > 0 }) else { throw fault(text) }
        return EmpiricalDistribution(values: values, weights: weights)
    }
}

extension [String: Double] {
    /// The standard deviation, given as itself or by its square.
    fileprivate var deviation: Double? { self["sd"] ?? self["variance"].map { $0 >= 0 ? $0.squareRoot() : -1 } }
}
