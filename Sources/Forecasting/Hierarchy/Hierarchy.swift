public import Retail

/// Series and the totals over them that are forecast together: a list of levels, each of which parts all bottom series
/// into groups. Levels may cross (by store and by department); no summing matrix is ever formed: a level is one
/// group number for each bottom series.
public struct Hierarchy: Sendable, Equatable {
    /// One way to part the bottom series.
    public struct Level: Sendable, Equatable {
        /// The attributes it groups by, such as `state`, `cat`; none for the grand total.
        public var attributes: [String]
        /// Name of each group, unique within the level.
        public var groups: [String]
        /// The group of each bottom series.
        public var of: [Int32]

        public var name: String { attributes.isEmpty ? "total" : attributes.joined(separator: "_") }
    }

    /// From the most to the least aggregate; the last is the series themselves.
    public let levels: [Level]
    /// The nodes of level l are offsets[l] ..< offsets[l + 1], group by group.
    public let offsets: [Int]

    public var nodes: Int { offsets[levels.count] }
    public var bottom: Level { levels[levels.count - 1] }
    public var series: Int { bottom.of.count }

    /// - Parameters:
    ///   - levels: the attributes of each aggregate level; the empty list is the grand total. The bottom level is
    ///     added below them. An attribute that the panel lacks is an error of the caller.
    ///   - name: the name of a group from the attributes of its level and their codes.
    public init(
        _ panel: SalesPanel, levels wanted: [[String]], name: ([String], [String]) -> String = Hierarchy.groupName
    ) {
        let count = panel.demand.seriesCount
        var levels: [Level] = []
        for attributes in wanted {
            let parts = attributes.map { wanted in
                guard let attribute = panel.attribute(wanted) else {
                    preconditionFailure("the panel has no attribute \(wanted)")
                }
                return attribute
            }
            levels.append(Hierarchy.level(parts, series: count) { name(attributes, $0) })
        }
        levels.append(
            Level(attributes: ["series"], groups: panel.demand.names, of: (0..<Int32(count)).map { $0 }))
        self.init(levels: levels)
    }

    /// - Parameter levels: with the series last.
    init(levels: [Level]) {
        self.levels = levels
        var offsets = [0]
        for level in levels { offsets.append(offsets[offsets.count - 1] + level.groups.count) }
        self.offsets = offsets
    }

    private static func level(_ parts: [SeriesAttribute], series: Int, name: ([String]) -> String) -> Level {
        var numbers: [[Int32]: Int32] = [:]
        var groups: [String] = []
        var of: [Int32] = []
        of.reserveCapacity(series)
        for s in 0..<series {
            let key = parts.map { $0.of[s] }
            if let known = numbers[key] {
                of.append(known)
            } else {
                let number = Int32(groups.count)
                numbers[key] = number
                of.append(number)
                groups.append(name(zip(parts, key).map { $0.codes[Int($1)] }))
            }
        }
        return Level(attributes: parts.map(\.name), groups: groups, of: of)
    }

    /// The ids of M5's probability track: codes joined by `_`, `X` for what is summed over where only one attribute
    /// is left, such as `Total_X`, `CA_X`, `CA_FOODS_1`.
    public static func groupName(_ attributes: [String], _ codes: [String]) -> String {
        switch codes.count {
        case 0: "Total_X"
        case 1: codes[0] + "_X"
        default: codes.joined(separator: "_")
        }
    }

    /// The aggregate levels of the M5 competition, 1 to 11; the series are level 12.
    public static let m5Levels: [[String]] = [
        [], ["state"], ["store"], ["cat"], ["dept"], ["state", "cat"], ["state", "dept"], ["store", "cat"],
        ["store", "dept"], ["item"], ["item", "state"],
    ]

    /// Rows of the bottom summed into the groups of a level: row-major groups x `width`.
    public func totals(_ rows: [Float], width: Int, level: Int) -> [Float] {
        if level == levels.count - 1 { return rows }
        let (of, groups) = (levels[level].of, levels[level].groups.count)
        var sums = [Float](repeating: 0, count: groups * width)
        rows.withUnsafeBufferPointer { rows in
            sums.withUnsafeMutableBufferPointer { sums in
                for s in 0..<of.count {
                    let (from, to) = (s * width, Int(of[s]) * width)
                    for k in 0..<width { sums[to &+ k] += rows[from &+ k] }
                }
            }
        }
        return sums
    }

    /// Past demand summed into the groups of a level: row-major groups x steps, in double precision. A missing cell
    /// counts as nothing sold.
    ///
    /// - Parameter steps: the stretch of the axis; all of it unless given.
    public func history(_ panel: DemandPanel, level: Int, steps: Range<Int>? = nil) -> [Double] {
        let steps = steps ?? 0..<panel.axis.count
        let level = levels[level]
        var sums = [Double](repeating: 0, count: level.groups.count * steps.count)
        panel.values.withUnsafeBufferPointer { values in
            sums.withUnsafeMutableBufferPointer { sums in
                for s in 0..<level.of.count {
                    let (start, from) = (Int(panel.starts[s]), panel.offsets[s])
                    let end = min(steps.upperBound, start + panel.offsets[s + 1] - from)
                    let row = Int(level.of[s]) * steps.count
                    for t in max(steps.lowerBound, start)..<max(steps.lowerBound, start, end) {
                        sums[row &+ t &- steps.lowerBound] += Double(values[from &+ t &- start])
                    }
                }
            }
        }
        return sums
    }
}
