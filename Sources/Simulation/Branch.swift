import Retail

/// A world made ready, and the one that holds before it when the plan changes in mid-run.
struct PreparedRun: Sendable {
    let main: Prepared
    let base: Prepared?
    /// The first slice of the main world; 0 where there is no other before it.
    let branchSlice: Int

    /// - Parameter world: validated.
    init(_ world: World) {
        main = Prepared(world)
        base = world.branch.map { Prepared($0.base) }
        guard let moment = world.branch?.moment.microseconds else {
            branchSlice = 0
            return
        }
        let grid = SliceGrid(world.clock)
        let slice = grid.slice(of: moment)
        branchSlice = grid.start(of: slice) < moment ? slice + 1 : slice
    }

    /// One replication from its start, or from a saved state, to its end.
    /// - Parameters:
    ///   - isAhead: demand is made on a thread beside.
    ///   - configure: called on each replication before it moves, such as to have an order observed.
    func simulate(
        seed: UInt64, number: UInt32, isAhead: Bool = false, meter: ProgressMeter?, checkpoints: Checkpoints = .none,
        isCancelled: () -> Bool, configure: (inout Replication) -> Void = { _ in }
    ) throws(SimulationError) -> Replication {
        var state: [UInt8]?
        do { state = try checkpoints.load(Int(number)) } catch { throw .checkpoint("\(error)") }
        let saved: Int
        do { saved = try state.map { (state) throws(CheckpointError) in try Replication.slice(of: state) } ?? 0 } catch
        {
            throw .checkpoint(error.description)
        }
        var replication = Replication(main, seed: seed, number: number)
        configure(&replication)
        if let base, saved < branchSlice {
            var before = Replication(base, seed: seed, number: number)
            configure(&before)
            if let state { try before.resume(state) }
            try before.run(
                until: branchSlice, isAhead: isAhead, meter: meter, checkpoints: checkpoints, isCancelled: isCancelled)
            try replication.takeOver(&before)
        } else if let state {
            try replication.resume(state)
        }
        try replication.run(
            until: nil, isAhead: isAhead, meter: meter, checkpoints: checkpoints, isCancelled: isCancelled)
        return replication
    }
}

extension Replication {
    /// Goes on where another plan's replication is, at a slice boundary.
    ///
    /// Everything is as the other left it. Promotions of the same code keep what they have given away of their caps.
    /// Of fewer clerks those go who are free first; more clerks begin at once.
    mutating func takeOver(_ before: inout Replication) throws(SimulationError) {
        do throws(CheckpointError) {
            var codec = StateCodec()
            try before.codeShared(&codec)
            codec = StateCodec(reading: codec.bytes)
            try codeShared(&codec)
        } catch { throw .checkpoint(error.description) }
        clerks.takeOver(before.clerks, at: wheel.grid.start(of: nextSlice))
        packing.takeOver(before.packing, at: wheel.grid.start(of: nextSlice))
        riders.takeOver(before.riders, at: wheel.grid.start(of: nextSlice))
        let (old, new) = (before.prepared.world.promotions, prepared.world.promotions)
        var places = [Int16](repeating: -1, count: old.count)
        for (place, promotion) in old.enumerated() {
            guard let now = new.firstIndex(where: { $0.code == promotion.code }) else { continue }
            places[place] = Int16(now)
            presales[now] = before.presales[place]
            guard let cap = new[now].cap else { continue }
            capLeft[now] = max(0, cap - ((promotion.cap ?? .max) - before.capLeft[place]))
        }
        pool.renamePromotions(places)
        stock.takeOver(before.stock.reserves, promotions: places)
        (story, examples) = (before.story, before.examples)
        for index in 0..<before.ledger.journal.count { ledger.journal.append(before.ledger.journal[index]) }
    }
}
