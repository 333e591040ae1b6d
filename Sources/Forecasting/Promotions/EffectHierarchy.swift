import NumericCore

/// A belief about effects.
struct EffectBelief: Sendable {
    var mean: [Double]
    var covariance: Matrix
}

/// Effects of units that belong to groups: each unit's effects scatter about its group's, the groups' about a common
/// mean, and all of it is learnt from the units together (empirical Bayes: Efron and Morris 1973; the scatter by
/// expectation and maximisation, Dempster, Laird and Rubin 1977, with a little prior so that few units do not pretend to
/// be alike). What is unsure about a group's mean is unsure about its units.
struct EffectHierarchy: Sendable {
    private(set) var units: [EffectBelief] = []
    private(set) var groups: [EffectBelief] = []
    private(set) var overall: EffectBelief
    /// Variance of each effect between units of a group, and between groups.
    private(set) var unitScatter: [Double]
    private(set) var groupScatter: [Double]

    /// Strength of the prior on a scatter, in units.
    private static let pseudoUnits = 2.0
    private static let rounds = 60

    /// - Parameters:
    ///   - outlook: mean and deviation of the common mean before any data, effect by effect.
    ///   - scatter: deviation between units that is expected before any data.
    init(
        _ evidence: [EffectEvidence], group: [Int], groups count: Int, outlook: [(mean: Double, deviation: Double)],
        scatter: [Double]
    ) throws(LinearAlgebraError) {
        let d = scatter.count
        unitScatter = scatter.map { $0 * $0 }
        groupScatter = unitScatter
        overall = EffectBelief(mean: outlook.map(\.mean), covariance: Matrix(rows: d, columns: d))
        for _ in 0..<Self.rounds {
            let (oldUnit, oldGroup) = (unitScatter, groupScatter)
            try spread(evidence, group, count, outlook)
            learn(evidence, group, scatter)
            let change = zip(unitScatter + groupScatter, oldUnit + oldGroup).map { abs($0 - $1) / $1 }.max() ?? 0
            if change < 1e-3 { break }
        }
        try spread(evidence, group, count, outlook)
    }

    // Differences of each unit from its group, and of each group from the mean: second moments.
    private var unitMoments: [[Double]] = []
    private var groupMoments: [[Double]] = []

    /// Exact beliefs at the present scatters: evidence is passed up and means are passed down.
    private mutating func spread(
        _ evidence: [EffectEvidence], _ group: [Int], _ count: Int, _ outlook: [(mean: Double, deviation: Double)]
    ) throws(LinearAlgebraError) {
        let d = unitScatter.count
        var sums = [EffectEvidence](
            repeating: EffectEvidence(
                information: Matrix(rows: d, columns: d), pull: [Double](repeating: 0, count: d)), count: count)
        for (unit, own) in evidence.enumerated() {
            sums[group[unit]].add(try own.through(unitScatter))
        }
        var total = EffectEvidence(information: Matrix(rows: d, columns: d), pull: [Double](repeating: 0, count: d))
        for sum in sums { total.add(try sum.through(groupScatter)) }
        for j in 0..<d {
            let precision = 1 / (outlook[j].deviation * outlook[j].deviation)
            total.information[j, j] += precision
            total.pull[j] += precision * outlook[j].mean
        }
        let top = try Cholesky(total.information)
        overall = EffectBelief(mean: top.solve(total.pull), covariance: top.solve(Matrix.identity(d)))
        groups = []
        groupMoments = []
        for sum in sums {
            let (belief, moment) = try sum.belief(under: overall, groupScatter)
            groups.append(belief)
            groupMoments.append(moment)
        }
        units = []
        unitMoments = []
        for (unit, own) in evidence.enumerated() {
            let (belief, moment) = try own.belief(under: groups[group[unit]], unitScatter)
            units.append(belief)
            unitMoments.append(moment)
        }
    }

    private mutating func learn(_ evidence: [EffectEvidence], _ group: [Int], _ scatter: [Double]) {
        for j in scatter.indices {
            let prior = Self.pseudoUnits * scatter[j] * scatter[j]
            // Units that say nothing about an effect do not vote on its scatter.
            let voters = evidence.indices.filter { evidence[$0].information[j, j] > 0 }
            let unitSum = voters.reduce(0) { $0 + unitMoments[$1][j] }
            unitScatter[j] = max(1e-8, (prior + unitSum) / (Self.pseudoUnits + Double(voters.count)))
            let present = Set(voters.map { group[$0] })
            let groupSum = present.sorted().reduce(0) { $0 + groupMoments[$1][j] }
            groupScatter[j] = max(1e-8, (prior + groupSum) / (Self.pseudoUnits + Double(present.count)))
        }
    }
}

extension EffectEvidence {
    fileprivate mutating func add(_ other: EffectEvidence) {
        information = Matrix(
            rows: information.rows, columns: information.columns,
            zip(information.elements, other.information.elements).map { $0 + $1 })
        for j in pull.indices { pull[j] += other.pull[j] }
    }

    /// The evidence about the mean of what this is evidence about, through a scatter.
    fileprivate func through(_ scatter: [Double]) throws(LinearAlgebraError) -> EffectEvidence {
        let d = scatter.count
        var inner = information
        for j in 0..<d { inner[j, j] += 1 / scatter[j] }
        // I - I (I + S)^-1 I = S - S (I + S)^-1 S with S the precision of the scatter: the second form has no cancellation
        // where there is no information.
        let factor = try Cholesky(inner)
        let inverse = factor.solve(Matrix.identity(d))
        let pulled = factor.solve(pull)
        var passed = Matrix(rows: d, columns: d)
        for i in 0..<d {
            for j in 0..<d {
                passed[i, j] = (i == j ? 1 / scatter[i] : 0) - inverse[i, j] / (scatter[i] * scatter[j])
            }
        }
        return EffectEvidence(information: passed, pull: pulled.enumerated().map { $1 / scatter[$0] })
    }

    /// The belief below a mean that is itself unsure, and the second moments of the difference from it.
    fileprivate func belief(
        under parent: EffectBelief, _ scatter: [Double]
    ) throws(LinearAlgebraError) -> (EffectBelief, [Double]) {
        let d = scatter.count
        var system = information
        var right = pull
        for j in 0..<d {
            system[j, j] += 1 / scatter[j]
            right[j] += parent.mean[j] / scatter[j]
        }
        let factor = try Cholesky(system)
        let mean = factor.solve(right)
        let inverse = factor.solve(Matrix.identity(d))
        // How the belief moves with the parent's mean.
        var gain = Matrix(rows: d, columns: d)
        for i in 0..<d { for j in 0..<d { gain[i, j] = inverse[i, j] / scatter[j] } }
        let moved = try Matrix.multiply(try Matrix.multiply(gain, parent.covariance), gain.transposed())
        var rest = gain
        for j in 0..<d { rest[j, j] -= 1 }
        let left = try Matrix.multiply(try Matrix.multiply(rest, parent.covariance), rest.transposed())
        var moment = [Double](repeating: 0, count: d)
        for j in 0..<d {
            let difference = mean[j] - parent.mean[j]
            moment[j] = difference * difference + inverse[j, j] + left[j, j]
        }
        let covariance = Matrix(rows: d, columns: d, zip(inverse.elements, moved.elements).map { $0 + $1 })
        return (EffectBelief(mean: mean, covariance: covariance), moment)
    }
}
