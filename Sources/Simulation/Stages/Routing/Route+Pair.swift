import Retail

/// Two parcels instead of one: the search for the cheapest pair of nodes.
extension Replication {
    /// The cheapest way to send the order from two nodes, when it costs less than `limit`.
    ///
    /// Looks at the six nodes whose score by line is best; of a pair, lines that both have are tried at each of them
    /// in all combinations, up to six such lines, beyond that all at one or all at the other.
    mutating func cheapestPair(region: Int, asked: Int, below limit: Int64, at now: Int64) -> PairPlan? {
        let count = scratch.lines.count
        guard count <= RouteScratch.lines else { return nil }
        chooseCandidates(region: region, asked: asked, at: now)
        let candidates = routeScratch.nodes.count
        guard candidates > 1 else { return nil }
        var best = PairPlan(cost: limit)
        let all: UInt64 = count == 64 ? .max : 1 << UInt64(count) - 1
        for first in 0..<candidates {
            let has = lines(at: first)
            for second in (first + 1)..<candidates {
                let other = lines(at: second)
                guard has | other == all else { continue }
                let (mine, both) = (has & ~other, has & other)
                let free = both.nonzeroBitCount
                let choices = free <= 6 ? 1 << free : 2
                for choice in 0..<choices {
                    let taken = free <= 6 ? Self.deposit(UInt64(choice), into: both) : (choice == 0 ? 0 : both)
                    let part = mine | taken
                    if part == 0 || part == all { continue }
                    let one = score(of: part, candidate: first, region: region, asked: asked, at: now)
                    guard one.hasRoute, one.total < best.cost else { continue }
                    let two = score(of: all & ~part, candidate: second, region: region, asked: asked, at: now)
                    guard two.hasRoute, !one.isLast, !two.isLast else { continue }
                    let cost = one.total + two.total + routing.costPerSplit
                    if cost < best.cost {
                        best = PairPlan(
                            cost: cost, first: first, second: second, firstLines: part, firstTier: one.tier,
                            secondTier: two.tier)
                    }
                }
            }
        }
        return best.first >= 0 ? best : nil
    }

    /// Makes the pair the order's plan.
    mutating func assign(_ pair: PairPlan) {
        open(Int(routeScratch.nodes[pair.first]), tier: pair.firstTier)
        open(Int(routeScratch.nodes[pair.second]), tier: pair.secondTier)
        for line in 0..<scratch.lines.count {
            let isFirst = pair.firstLines >> UInt64(line) & 1 == 1
            let candidate = isFirst ? pair.first : pair.second
            scratch.lines[line].row = routeScratch.rows[candidate * RouteScratch.lines + line]
            scratch.lines[line].parcel = isFirst ? 0 : 1
        }
    }

    /// The nodes worth looking at: the best six by what their parcel of all they have costs a line.
    private mutating func chooseCandidates(region: Int, asked: Int, at now: Int64) {
        routeScratch.nodes.removeAll()
        routeScratch.ranks.removeAll()
        for index in Int(terms.servedOffsets[region])..<Int(terms.servedOffsets[region + 1]) {
            let node = Int(terms.servedNodes[index])
            let covered = Int64(scratch.coverage[node])
            guard covered > 0 else { continue }
            let score = score(node, region, asked: asked, grams: 0, lines: covered, at: now)
            guard score.hasRoute, !score.isLast else { continue }
            let rank = score.total / covered
            var place = routeScratch.nodes.count
            if place == RouteScratch.candidates {
                guard rank < routeScratch.ranks[place - 1] else { continue }
                place -= 1
            } else {
                routeScratch.nodes.append(0)
                routeScratch.ranks.append(0)
            }
            while place > 0 && routeScratch.ranks[place - 1] > rank {
                routeScratch.nodes[place] = routeScratch.nodes[place - 1]
                routeScratch.ranks[place] = routeScratch.ranks[place - 1]
                place -= 1
            }
            routeScratch.nodes[place] = Int32(node)
            routeScratch.ranks[place] = rank
        }
        for candidate in 0..<routeScratch.nodes.count {
            let node = routeScratch.nodes[candidate]
            for line in 0..<scratch.lines.count {
                let work = scratch.lines[line]
                let sku = Int(work.sku)
                var found: Int32 = -1
                for row in Int(stock.offsets[sku])..<Int(stock.offsets[sku + 1])
                where stock.rows[row].node == node && canSend(row, sku, work.quantity) { found = Int32(row) }
                routeScratch.rows[candidate * RouteScratch.lines + line] = found
            }
        }
    }

    /// The lines a candidate has whole, a bit each.
    private mutating func lines(at candidate: Int) -> UInt64 {
        var bits: UInt64 = 0
        for line in 0..<scratch.lines.count
        where routeScratch.rows[candidate * RouteScratch.lines + line] >= 0 { bits |= 1 << UInt64(line) }
        return bits
    }

    private mutating func score(
        of lines: UInt64, candidate: Int, region: Int, asked: Int, at now: Int64
    ) -> ParcelScore {
        var (grams, count): (Int64, Int64) = (0, 0)
        for line in 0..<scratch.lines.count where lines >> UInt64(line) & 1 == 1 {
            grams += Int64(terms.weights[Int(scratch.lines[line].sku)]) * Int64(scratch.lines[line].quantity)
            count += 1
        }
        var score = score(
            Int(routeScratch.nodes[candidate]), region, asked: asked, grams: grams, lines: count, at: now)
        if routing.weighsStock && score.hasRoute {
            for line in 0..<scratch.lines.count where lines >> UInt64(line) & 1 == 1 {
                weigh(
                    &score, row: Int(routeScratch.rows[candidate * RouteScratch.lines + line]),
                    quantity: scratch.lines[line].quantity)
            }
        }
        return score
    }

    /// Spreads the low bits of a number over the set bits of a mask, lowest first.
    private static func deposit(_ bits: UInt64, into mask: UInt64) -> UInt64 {
        var (result, left, number): (UInt64, UInt64, UInt64) = (0, mask, bits)
        while left != 0 {
            let lowest = left & (0 &- left)
            if number & 1 == 1 { result |= lowest }
            number >>= 1
            left &= left - 1
        }
        return result
    }
}
