/// Path relinking between choices that local search ends in (Glover, 1996; for the p-median Resende and Werneck, 2004):
/// what two good choices share stays, and on the way from one to the other the best choice in between is where the next
/// search begins.
struct EliteSites {
    /// The best choices met, the cheapest first.
    private(set) var choices: [(sites: [Int], cost: Double)] = []
    private static let most = 6

    /// The best choice found between a new one and those kept; nil where none is better than both ends were. The new
    /// one is kept if it is good enough.
    ///
    /// - Returns: the choice, and the rounds it took as a count of work.
    mutating func relink(_ new: SiteSearch, limit: Int) -> (search: SiteSearch?, work: Int) {
        let sites = new.sites
        guard !choices.contains(where: { $0.sites == sites }) else { return (nil, 0) }
        var (best, work): (SiteSearch?, Int) = (nil, 0)
        for other in choices.prefix(2) {
            var path = new
            guard let middle = path.walk(to: other.sites, work: &work) else { continue }
            var search = path.moved(to: middle)
            work += search.improve(limit: limit)
            if search.cost < min(best?.cost ?? .infinity, new.cost) { best = search }
        }
        keep(sites, new.cost)
        if let best { keep(best.sites, best.cost) }
        return (best, work)
    }

    mutating func keep(_ sites: [Int], _ cost: Double) {
        guard !choices.contains(where: { $0.sites == sites }) else { return }
        choices.append((sites, cost))
        choices.sort { ($0.cost, $0.sites.count) < ($1.cost, $1.sites.count) }
        if choices.count > Self.most { choices.removeLast() }
    }
}

extension SiteSearch {
    /// Goes step by step to the sites `end`, each time by the addition and the removal that cost least, and returns the
    /// cheapest choice in between; nil where the two differ by less than four sites.
    fileprivate mutating func walk(to end: [Int], work: inout Int) -> [Int]? {
        var isIn = [Bool](repeating: false, count: isOpen.count)
        for site in end { isIn[site] = true }
        var toOpen = end.filter { !isOpen[$0] }
        var toClose = sites.filter { !isIn[$0] }
        guard toOpen.count + toClose.count >= 4 else { return nil }
        var best: (sites: [Int], cost: Double)?
        while toOpen.count + toClose.count > 2 {
            // As many are opened as are closed, so that no step leaves the bounds on their number far behind.
            if toOpen.count >= toClose.count, let place = cheapestAddition(toOpen) {
                set(toOpen.remove(at: place), true)
            } else if let place = cheapestRemoval(toClose) {
                set(toClose.remove(at: place), false)
            }
            work += 1
            if cost < best?.cost ?? .infinity, count >= problem.minimumSites, count <= problem.maximumSites {
                best = (sites, cost)
            }
        }
        return best?.sites
    }

    private func cheapestAddition(_ list: [Int]) -> Int? {
        func change(_ site: Int) -> Double { problem.fixedCosts[site] - gain[site] }
        return list.indices.min { change(list[$0]) < change(list[$1]) }
    }

    private func cheapestRemoval(_ list: [Int]) -> Int? {
        func change(_ site: Int) -> Double { loss[site] - problem.fixedCosts[site] }
        return list.indices.min { change(list[$0]) < change(list[$1]) }
    }
}
