import Retail

/// The score of a node, and the best node by a rule.
extension Replication {
    /// What a parcel from a node costs, all told, and the tier it gets: the tier asked for or a faster one, the
    /// cheapest; where there is none, the next slower. Stock, load, carriers and cut-off are those of this moment,
    /// surcharges those of the moment it would leave.
    @inline(__always)
    mutating func score(
        _ node: Int, _ region: Int, asked: Int, grams: Int64, lines: Int64, at now: Int64
    ) -> ParcelScore {
        score(node, ask(region, asked: asked, grams: grams, lines: lines, at: now))
    }

    /// A parcel whose sender is sought.
    @inline(__always)
    mutating func ask(_ region: Int, asked: Int, grams: Int64, lines: Int64, at now: Int64) -> ParcelAsk {
        ParcelAsk(
            region: region, asked: asked, grams: grams, lines: lines, now: now,
            fares: terms.fares.place(region, asked: asked, grams: grams))
    }

    /// The score of one of the nodes that are compared for a parcel.
    @inline(__always)
    mutating func score(_ node: Int, _ ask: ParcelAsk) -> ParcelScore {
        let (asked, now) = (ask.asked, ask.now)
        guard asked == 0 || routing.sends[node] else { return .none }
        flow.nodesScored += 1
        var free = stations.earliest(node)
        if faults.hasOutages { free = faults.afterOutage(node, max(free, now)) }
        let ready = max(free, now)
        var (price, tier): (Int64, Int) = (.max, -1)
        if routing.seesCarriers { (price, tier) = cheapestOption(node, ask, ready: ready, seesCarriers: true) }
        if tier < 0 { (price, tier) = cheapestRoute(node, ask, ready: ready) }
        guard tier >= 0 else { return .none }
        var score = ParcelScore(tier: tier, freight: price)
        score.processing = terms.lineCosts[node] * ask.lines
        score.distance = terms.distanceCosts[ask.region * prepared.nodeCount + node]
        score.load = (ready - now) / 1_000_000 * terms.backlogHourCost / 3_600
        score.slip = Int64(max(0, tier - asked)) * terms.tierStepCost
        score.isOverloaded = ready - now > routing.maximumBacklog
        score.isKept = asked > 0 && routing.keepsForTheHour[node]
        if routing.costPerLateDay != 0 && asked > 0 {
            let day = SliceGrid.microsecondsPerDay
            let days = ready / day - now / day + (ready % day > terms.nodeCutOffs[node] ? 1 : 0)
            score.lateDays = days * routing.costPerLateDay
        }
        return score
    }

    @inline(__always)
    private mutating func cheapestRoute(
        _ node: Int, _ ask: ParcelAsk, ready: Int64
    ) -> (price: Int64, tier: Int) {
        if faults.hasCarriers && faults.mayCharge(ready) {
            return cheapestOption(node, ask, ready: ready, seesCarriers: false)
        }
        if ask.fares >= 0, let known = terms.fares.fare(at: ask.fares + node) { return known }
        let fare = cheapestOption(node, ask, ready: ready, seesCarriers: false)
        if ask.fares >= 0 { terms.fares.keep(fare, at: ask.fares + node) }
        return fare
    }

    @inline(never)
    private mutating func cheapestOption(
        _ node: Int, _ ask: ParcelAsk, ready: Int64, seesCarriers: Bool
    ) -> (price: Int64, tier: Int) {
        let asked = ask.asked
        var (price, tier): (Int64, Int) = (.max, -1)
        for index in terms.routes(node, ask.region) {
            let route = terms.routes[index]
            let offered = Int(route.tier)
            // The hour is for those who ask for it.
            if offered == 0 && asked != 0 { continue }
            if offered > asked && tier >= 0 && (tier <= asked || offered > tier) { break }
            if seesCarriers && !desk.stage.hasRoom(Int(route.carrier), node, tier: offered, at: ready) { continue }
            var cost = route.price(grams: ask.grams)
            if faults.hasCarriers {
                let carrier = Int(route.carrier)
                let opens = Int64(prepared.world.network.nodes[node].opens) * 1_000_000
                let leaves = departure(tier: offered, cutOff: routing.cutOffs[carrier], opens: opens, at: ready)
                cost = faults.price(carrier, cost, at: leaves)
            }
            if cost < price { (price, tier) = (cost, offered) }
        }
        return (price, tier)
    }

    /// Adds what the shelves say: what a line takes from rows that run empty, or from a surplus.
    @inline(__always)
    mutating func weigh(_ score: inout ParcelScore, row: Int, quantity: Int32) {
        let (level, free) = (Int64(routing.levels[row]), Int64(stock.rows[row].free))
        guard level > 0 else { return }
        let missing = min(level, max(0, level - (free - Int64(quantity))))
        let part = Double(missing) / Double(level)
        score.imbalance += Int64(Double(routing.costOfImbalance) * Double(quantity) * part)
        let surplus = min(Int64(quantity), max(0, free - level))
        if surplus > 0 && routing.markdownRisk > 0 {
            let cost = terms.unitCosts[Int(stock.rows[row].sku)]
            score.markdown += cost * routing.markdownRisk / 1_000_000 * surplus
        }
    }

    /// The score of a node that sends every line of the scratch.
    @inline(__always)
    mutating func scoreOfAll(
        _ node: Int, _ region: Int, asked: Int, grams: Int64, at now: Int64
    ) -> ParcelScore {
        var score = score(
            node, region, asked: asked, grams: grams, lines: Int64(scratch.lines.count), at: now)
        if routing.weighsStock && score.hasRoute {
            for line in 0..<scratch.lines.count {
                let work = scratch.lines[line]
                for row in Int(stock.offsets[Int(work.sku)])..<Int(stock.offsets[Int(work.sku) + 1])
                where Int(stock.rows[row].node) == node {
                    weigh(&score, row: row, quantity: work.quantity)
                }
            }
        }
        return score
    }

    /// The front warehouse that serves the order within the hour, the cheapest; nil when none can.
    mutating func bestFront(
        region: Int, lines: Int32, grams: Int64, at now: Int64
    ) -> (node: Int, score: ParcelScore)? {
        var best: (node: Int, score: ParcelScore)?
        for index in Int(terms.frontOffsets[region])..<Int(terms.frontOffsets[region + 1]) {
            let node = Int(terms.frontNodes[index])
            guard scratch.coverage[node] == lines, isReadyForTheHour(node, at: now) else { continue }
            let score = scoreOfAll(node, region, asked: 0, grams: grams, at: now)
            if score.rank < best?.score.rank ?? .max { best = (node, score) }
        }
        return best
    }

    /// A front warehouse is open, not out, and has a rider.
    mutating func isReadyForTheHour(_ node: Int, at now: Int64) -> Bool {
        isAtWork(node, at: now) && hasRider(node, at: now)
    }

    /// A node's shift is on, and it is not out.
    mutating func isAtWork(_ node: Int, at now: Int64) -> Bool {
        stations.isOpen(node, now) && !(faults.hasOutages && faults.afterOutage(node, now) > now)
    }

    /// The node that has everything and comes first by a rule; nil when none has everything.
    mutating func bestWhole(
        _ rule: RoutingRule, region: Int, asked: Int, lines: Int32, grams: Int64, at now: Int64
    ) -> (node: Int, score: ParcelScore)? {
        if rule == .cheapest {
            var best = ParcelScore.none
            var place = -1
            for index in 0..<scratch.covering.count {
                let node = Int(scratch.covering[index])
                guard scratch.coverage[node] == lines else { continue }
                let score = scoreOfAll(node, region, asked: asked, grams: grams, at: now)
                if score.rank < best.rank { (best, place) = (score, node) }
            }
            return place >= 0 ? (place, best) : nil
        }
        let home = Int(terms.homeNodes[region])
        var place = rule == .fixed && home >= 0 && scratch.coverage[home] == lines && routing.sends[home] ? home : -1
        // First without the front warehouses that are kept for the hour.
        for isLast in [false, true] where place < 0 {
            var nearest = Int64.max
            for index in Int(terms.servedOffsets[region])..<Int(terms.servedOffsets[region + 1]) {
                let node = Int(terms.servedNodes[index])
                guard scratch.coverage[node] == lines, routing.sends[node], routing.keepsForTheHour[node] == isLast
                else { continue }
                if routing.metres(node, region) < nearest { (nearest, place) = (routing.metres(node, region), node) }
            }
        }
        if place < 0 { return nil }
        let score = scoreOfAll(place, region, asked: asked, grams: grams, at: now)
        return score.hasRoute ? (place, score) : nil
    }

    // MARK: Baseline in shadow

    /// Records what the old rule would have chosen for this order, and what both cost by the same score. Orders that
    /// no single node has are split alike and not compared.
    mutating func compareWithShadow(region: Int, asked: Int, lines: Int32, grams: Int64, at now: Int64) {
        guard let rule = routing.shadow, routeScratch.cost >= 0 else { return }
        let chosen = Int(scratch.nodes[0])
        let isHour = scratch.tier == 0 && asked == 0
        if isHour { return }
        guard
            let old = bestWhole(rule, region: region, asked: max(1, asked), lines: lines, grams: grams, at: now)
        else { return }
        let isOther = old.node != chosen || scratch.parcels > 1
        flow.shadowCompared[region] += 1
        flow.shadowDifferent[region] += isOther ? 1 : 0
        flow.routedCost[region] += routeScratch.cost
        flow.shadowCost[region] += old.score.total
        if isObserving {
            tell(
                at: now,
                .shadow(
                    rule: rule.rawValue, node: prepared.world.network.nodes[old.node].code,
                    cost: amount(old.score.total), chosen: amount(routeScratch.cost)))
        }
    }

    // MARK: The alternatives told

    /// Tells what every node that has something of the order would cost.
    mutating func tellAlternatives(region: Int, asked: Int, lines: Int32, grams: Int64, at now: Int64) {
        var found: [TraceStep.Alternative] = []
        for node in 0..<prepared.nodeCount where scratch.coverage[node] > 0 {
            let isFront = asked == 0 && prepared.world.network.nodes[node].kind == .front
            let score =
                scratch.coverage[node] == lines
                ? scoreOfAll(node, region, asked: isFront ? 0 : max(1, asked), grams: grams, at: now)
                : ParcelScore.none
            found.append(
                TraceStep.Alternative(
                    node: prepared.world.network.nodes[node].code, covers: Int(scratch.coverage[node]),
                    of: Int(lines), isReachable: score.hasRoute, isOverloaded: score.isOverloaded,
                    freight: amount(score.freight), processing: amount(score.processing),
                    distance: amount(score.distance), load: amount(score.load),
                    service: amount(score.slip + score.lateDays), stock: amount(score.imbalance - score.markdown),
                    total: amount(score.total)))
        }
        if !found.isEmpty { tell(at: now, .considered(found)) }
    }

    private mutating func amount(_ units: Int64) -> Amount { Amount(minor: terms.minor(units)) }
}
