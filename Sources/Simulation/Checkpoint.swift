/// Where a run's saved states come from and go to; the simulator itself touches no file.
public struct Checkpoints: Sendable {
    /// The state saved last of a replication, or nil. Called once before the replication starts.
    public var load: @Sendable (_ replication: Int) throws -> [UInt8]?
    /// Whether a replication should save its state now; asked at most once a simulated minute.
    public var isDue: @Sendable (_ replication: Int) -> Bool
    /// Takes a state. The last one of a replication is its end, from which its numbers follow at once. Nil: no states
    /// are kept.
    public var save: (@Sendable (_ replication: Int, _ state: [UInt8]) throws -> Void)?

    public init(
        load: @escaping @Sendable (Int) throws -> [UInt8]?, isDue: @escaping @Sendable (Int) -> Bool,
        save: (@Sendable (Int, [UInt8]) throws -> Void)?
    ) {
        self.load = load
        self.isDue = isDue
        self.save = save
    }

    /// No states are kept.
    public static let none = Checkpoints(load: { _ in nil }, isDue: { _ in false }, save: nil)
}

extension Replication {
    /// The state at the beginning of a slice: what comes after depends on nothing else.
    mutating func checkpoint() throws(CheckpointError) -> [UInt8] {
        var codec = StateCodec()
        try code(&codec)
        return codec.bytes
    }

    /// Puts a saved state in the place of this one.
    mutating func restore(_ state: [UInt8]) throws(CheckpointError) {
        var codec = StateCodec(reading: state)
        try code(&codec)
        if !codec.isAtEnd { throw .truncated }
    }

    /// Every part that changes while the replication runs. The promotion boards are not among them: they follow from
    /// the moment.
    private mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codeShared(&codec)
        try clerks.code(&codec)
        try packing.code(&codec)
        try riders.code(&codec)
        try codec.code(capLeft)
        try codec.code(presales)
        try stock.reserves.code(&codec)
    }

    /// What is counted by things that no branch of a plan changes.
    mutating func codeShared(_ codec: inout StateCodec) throws(CheckpointError) {
        var (savedSeed, savedNumber) = (seed, number)
        try codec.code(&savedSeed)
        try codec.code(&savedNumber)
        if savedSeed != seed || savedNumber != number {
            throw .otherRun(seed: savedSeed, replication: savedNumber)
        }
        try codec.code(&nextSlice)
        try codec.code(&taken)
        try codec.code(&horizonValue)
        try demand.code(&codec)
        try stock.code(&codec)
        try pool.code(&codec)
        try wheel.code(&codec)
        try ledger.code(&codec)
        try stations.code(&codec)
        try counters.code(&codec)
        try uses.code(&codec)
        try waiting.code(&codec)
        try codec.code(&toPack)
        try codec.code(&freePack)
        try flow.code(&codec)
        try hour.code(&codec)
        try shelves.code(&codec)
        try supplyState.code(&codec)
        try docks.code(&codec)
    }

    /// The slice a saved state begins with.
    static func slice(of state: [UInt8]) throws(CheckpointError) -> Int {
        var codec = StateCodec(reading: state)
        var (seed, number, slice): (UInt64, UInt32, Int) = (0, 0, 0)
        try codec.code(&seed)
        try codec.code(&number)
        try codec.code(&slice)
        return slice
    }
}
