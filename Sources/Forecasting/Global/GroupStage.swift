import NumericCore
import Retail

/// Forecasts of the totals in which the calendar can be told from noise: the groups that regression is made for, and all
/// totals that are sums of them.
///
/// Regression with one shared design, then trees over all groups; both from every origin that is asked for.
struct GroupStage: Sendable {
    let panel: SalesPanel
    let cadence: Cadence
    let horizon: Int
    /// The levels of totals over the groups, coarse first, and the groups themselves as its series.
    let hierarchy: Hierarchy
    /// Row-major nodes x steps, level by level.
    let history: [Double]
    /// Levels of the whole hierarchy that `hierarchy` holds, coarse first; the last level of `hierarchy` is the parents.
    let levels: [Int]
    private let parents: Hierarchy.Level
    private let steps: Int

    /// - Parameters:
    ///   - whole: the hierarchy whose totals are wanted.
    ///   - forecastsTotals: whether the totals over the groups are forecast too.
    init(
        _ panel: SalesPanel, _ whole: Hierarchy, parents: Hierarchy.Level, forecastsTotals: Bool, cadence: Cadence,
        horizon: Int
    ) {
        self.panel = panel
        self.cadence = cadence
        self.horizon = horizon
        self.parents = parents
        steps = panel.demand.axis.count
        let both = Hierarchy(levels: whole.levels.dropLast() + [parents])
        let last = both.levels.count - 1
        var (kept, made): ([Int], [Hierarchy.Level]) = ([], [])
        for (number, level) in both.levels.enumerated().dropLast()
        where forecastsTotals && level.groups.count < parents.groups.count {
            guard let of = both.groups(of: last, in: number) else { continue }
            kept.append(number)
            made.append(Hierarchy.Level(attributes: level.attributes, groups: level.groups, of: of))
        }
        levels = kept
        made.append(
            Hierarchy.Level(
                attributes: parents.attributes, groups: parents.groups, of: (0..<Int32(parents.groups.count)).map { $0 }
            ))
        hierarchy = Hierarchy(levels: made)
        let series = Hierarchy(levels: [parents, whole.bottom]).history(panel.demand, level: 0)
        history = SummingLadder(hierarchy).summed(series, width: steps)
    }

    /// The first node of the parents.
    var firstParent: Int { hierarchy.offsets[hierarchy.levels.count - 1] }

    /// The rows of the parents out of those of all nodes, `width` wide.
    func parents(of rows: [Double], width: Int) -> [Double] { Array(rows[(firstParent * width)...]) }

    /// Forecasts of all nodes by origin: nodes x horizon.
    ///
    /// - Parameters:
    ///   - lessons: origins that the trees learn from, ascending, each with its horizon known.
    ///   - asked: origins to forecast from, ascending.
    ///   - runs: of the trees, averaged.
    func forecasts(
        lessons: [Int], asked: [Int], boosting: BoostingOptions, runs: Int, threads: Int
    ) async throws(ForecastError) -> [Int: [Double]] {
        let regression = try await regression(Set(lessons + asked).sorted(), threads: threads)
        let series = hierarchy.levels.dropLast().enumerated().map { k, level in
            // Levels of the series, as attributes are told by series.
            Hierarchy.Level(
                attributes: level.attributes, groups: level.groups, of: parents.of.map { level.of[Int($0)] })
        }
        let features = GroupFeatures(panel, cadence: cadence, levels: series + [parents], history: history)
        return await GroupModel(features, horizon: horizon, boosting: boosting, regression: regression, runs: runs)
            .forecasts(training: lessons, asked: asked, threads: threads)
    }

    /// Most nodes whose errors' correlations are estimated.
    private static let correlated = 300

    /// The forecasts with all levels in agreement, by MinT with shrinkage: what the errors of all nodes did together at
    /// past origins tells which of them to believe.
    ///
    /// - Parameter forecasts: of all nodes by origin; those whose horizon is known judge.
    func agreed(_ forecasts: [Int: [Double]]) throws(ForecastError) -> [Int: [Double]] {
        let past = forecasts.keys.filter { $0 + horizon <= steps }.sorted()
        guard hierarchy.levels.count > 1, let errors = errors(forecasts, past) else { return forecasts }
        let reconciliation = Reconciliation(hierarchy)
        do {
            let metric = try ErrorMetric(errors, hierarchy)
            return forecasts.mapValues { reconciliation.reconciled($0, width: horizon, metric: metric) }
        } catch {
            throw .reconciliation("\(error)")
        }
    }

    /// Nil without any past.
    private func errors(_ forecasts: [Int: [Double]], _ past: [Int]) -> Reconciliation.Errors? {
        guard !past.isEmpty else { return nil }
        var squares = [Double](repeating: 0, count: hierarchy.nodes)
        // Levels from the top down, as far as their number can be borne.
        let above = hierarchy.offsets.lastIndex { $0 <= GroupStage.correlated } ?? 0
        let dense = hierarchy.offsets[above]
        var residuals = Matrix(rows: past.count * horizon, columns: dense)
        for (k, from) in past.enumerated() {
            guard let made = forecasts[from] else { continue }
            for node in 0..<hierarchy.nodes {
                for h in 0..<horizon {
                    let error = history[node * steps + from + h] - made[node * horizon + h]
                    squares[node] += error * error
                    if node < dense { residuals[k * horizon + h, node] = error }
                }
            }
        }
        let variances = meanSquares(squares, count: past.count * horizon)
        guard above > 0, residuals.rows >= 10, squares[..<dense].allSatisfy({ $0 > 0 }) else {
            return .independent(variances)
        }
        return .shrunk(residuals: residuals, above: above, variances: Array(variances[dense...]))
    }

    /// What regression says. Nodes that begin later are fitted apart.
    func regression(_ origins: [Int], threads: Int) async throws(ForecastError) -> [Int: [Double]] {
        let rounding = 4 * cadence.block
        var members: [Int: [Int]] = [:]
        for g in 0..<hierarchy.nodes {
            let first = (0..<steps).first { history[g * steps + $0] != 0 } ?? steps
            // Beginnings are rounded up, so that few designs are needed.
            members[first <= rounding ? 0 : (first / rounding + 1) * rounding, default: []].append(g)
        }
        var forecasts: [Int: [Double]] = [:]
        for origin in origins { forecasts[origin] = [Double](repeating: 0, count: hierarchy.nodes * horizon) }
        let design = DriverDesign(panel, origin: steps)
        for (first, groups) in members.sorted(by: { $0.key < $1.key }) {
            let usable = origins.filter { $0 > first + 2 * cadence.windows[2] }
            guard !usable.isEmpty else { continue }
            let ridge = SharedRidge(design: design, options: SharedRidge.Options(cadence))
            let rows = groups.flatMap { history[$0 * steps..<($0 + 1) * steps] }
            do {
                let made = try await ridge.forecasts(
                    rows, days: steps, first: first, origins: usable, horizon: horizon, threads: threads)
                for (k, origin) in usable.enumerated() {
                    for (row, g) in groups.enumerated() {
                        for h in 0..<horizon {
                            forecasts[origin]?[g * horizon + h] = made[k][row * horizon + h]
                        }
                    }
                }
            } catch {
                throw .regression("\(error)")
            }
        }
        return forecasts
    }
}
