import NumericCore
import Retail

/// Levels that a review sets anew every day, played against the demand they were set for.
///
/// What a plan's formulas say of a day is what levels like its own come to, kept for long. Levels that fall leave stock
/// above them, which protects too; those that rise are met late.
public struct LevelReplay: Sendable, Equatable {
    /// Part of demand served from stock, of all days but the first ones.
    public var share: Double
    /// Half the width of the 95 % interval of the share in a single replication.
    public var spread: Double

    /// Nil where nothing is asked for.
    ///
    /// - Parameters:
    ///   - daily: demand from the first day on.
    ///   - policies: the levels of each day.
    ///   - warmUp: days that are not counted.
    ///   - entity: names the row's random numbers.
    public init?(
        daily: DailyDemand, feed: Feed, policies: [PolicyParameters], warmUp: Int, lines: [LineSizes.Size],
        replications: Int, seed: UInt64, entity: UInt64
    ) {
        let means = policies.indices.map { daily.mean(day: $0) }
        let usual = means.reduce(0, +) / Double(max(1, means.count))
        guard usual > 0, warmUp < policies.count else { return nil }
        let shelf = ReplayShelf(
            daily: daily, span: Double(policies.count), feed: feed, policy: policies[0], lines: lines)
        let course = ReplayShelf.Course(policies: policies, paces: means.map { $0 / usual }, warmUp: warmUp)
        var (served, asked): ([Double], [Double]) = ([], [])
        for replication in 0..<replications {
            let outcome = shelf.play(
                days: policies.count, warmUp: warmUp, seed: seed, entity: entity, replication: replication,
                course: course)
            served.append(outcome.served)
            asked.append(outcome.asked)
        }
        guard case (let share?, let halfWidth?) = shareAndHalfWidth(served, of: asked) else { return nil }
        self.share = share
        spread = halfWidth * Double(replications).squareRoot()
    }
}
