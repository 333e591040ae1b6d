/// For every client the sites that could serve it more cheaply than its fallback, nearest first, in one flat buffer.
///
/// The sums of a facility problem run over "sites cheaper than a price": a prefix of these lists. With many sites open
/// the prefixes are short, which is where the solver's speed comes from.
struct NearSites: Sendable {
    /// Where each client's list begins; one entry more than there are clients.
    private(set) var offsets: [Int]
    private(set) var costs: [Double]
    private(set) var sites: [Int32]

    /// - Parameter isClosed: sites left out, by number.
    init(_ problem: FacilityProblem, isClosed: (Int) -> Bool) {
        let (n, m) = (problem.siteCount, problem.clientCount)
        let open = (0..<n).filter { !isClosed($0) }
        offsets = [0]
        offsets.reserveCapacity(m + 1)
        costs = []
        sites = []
        var row = [Double](repeating: 0, count: n)
        var list: [Int32] = []
        for client in 0..<m {
            list.removeAll(keepingCapacity: true)
            for site in open {
                let cost = problem.costs[site * m + client]
                row[site] = cost
                if cost < problem.fallback[client] { list.append(Int32(site)) }
            }
            row.withUnsafeBufferPointer { row in
                list.sort { (row[Int($0)], $0) < (row[Int($1)], $1) }
                for site in list { costs.append(row[Int(site)]) }
            }
            sites.append(contentsOf: list)
            offsets.append(sites.count)
        }
    }

    /// The lists without the sites that have been closed since; the order stays.
    mutating func drop(_ isClosed: (Int) -> Bool) {
        var kept = 0
        var begin = 0
        for client in 0..<(offsets.count - 1) {
            let end = offsets[client + 1]
            for k in begin..<end where !isClosed(Int(sites[k])) {
                sites[kept] = sites[k]
                costs[kept] = costs[k]
                kept += 1
            }
            begin = end
            offsets[client + 1] = kept
        }
        sites.removeLast(sites.count - kept)
        costs.removeLast(costs.count - kept)
    }
}
