/// The random numbers of one thing for one purpose: a small value that owns the draws of one
/// (seed, stream, entity, replication) and of nothing else.
///
/// The draws come from `Philox4x32`. The key is the 64-bit seed; the counter is laid out, from its first word
/// on, as
///
///     block 32 | entity 64 | stream 12, replication 20
///
/// and every block yields two 64-bit draws, so that draw `d` is half `d mod 2` of block `d / 2`. Sequential and
/// direct access agree: the `d`-th call of `next()`, counted from zero, returns `word(at: d)`. A stream holds
/// 2^32 draws and then begins again.
///
/// Because each variate takes its draws from a stream of its own, a rejection sampler that needs one draw more
/// in one scenario than in another shifts no other variate (common random numbers).
@frozen
public struct RandomStream: Sendable, Hashable, RandomNumberGenerator {
    /// The number of stream numbers that exist: 12 bits of the counter.
    public static let streamLimit: UInt16 = 1 << 12

    /// The number of replications that exist: 20 bits of the counter.
    public static let replicationLimit: UInt32 = 1 << 20

    @usableFromInline let seed: UInt64
    @usableFromInline let entity: UInt64
    /// Stream number in the upper 12 bits, replication in the lower 20.
    @usableFromInline let place: UInt32
    @usableFromInline var draw: UInt32
    /// The second half of the latest block; valid while `draw` is odd.
    @usableFromInline var spare: UInt64

    /// - Parameters:
    ///   - seed: the seed of the whole run.
    ///   - stream: the purpose of the draws, below `streamLimit`.
    ///   - entity: what the draws are about, usually `entityHash(code)`, never a dense index.
    ///   - replication: the number of the replication, below `replicationLimit`.
    /// - Precondition: `stream` and `replication` are below their limits. Both are checked where scenarios are
    ///   read; a larger value here would silently share another stream's numbers, which is worse than stopping.
    @inlinable
    public init(seed: UInt64, stream: UInt16, entity: UInt64, replication: UInt32) {
        precondition(stream < 1 << 12, "a random stream number has 12 bits")
        precondition(replication < 1 << 20, "a replication number has 20 bits")
        self.seed = seed
        self.entity = entity
        place = UInt32(stream) &<< 20 | replication
        draw = 0
        spare = 0
    }

    /// How many draws have been taken (modulo 2^32).
    @inlinable
    public var drawsTaken: UInt32 { draw }

    /// The next draw: 64 random bits.
    @inlinable
    public mutating func next() -> UInt64 {
        let d = draw
        draw = d &+ 1
        if d & 1 == 1 { return spare }
        let (first, second) = words(inBlock: d &>> 1)
        spare = second
        return first
    }

    /// The next draw as a number strictly between 0 and 1.
    ///
    /// The values are the odd multiples of 2^-53, each equally likely: never 0, never 1, symmetric about one half
    /// (`1 - u` is exact and equally likely), so that a quantile function of `u` is always finite.
    @inlinable
    public mutating func uniform() -> Double { RandomStream.unitInterval(next()) }

    /// Both draws of one block, without changing the stream.
    @inlinable
    public func words(inBlock block: UInt32) -> (UInt64, UInt64) {
        let w = Philox4x32.block(
            key: (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed &>> 32)),
            counter: (
                block, UInt32(truncatingIfNeeded: entity), UInt32(truncatingIfNeeded: entity &>> 32), place
            ))
        return (UInt64(w.1) &<< 32 | UInt64(w.0), UInt64(w.3) &<< 32 | UInt64(w.2))
    }

    /// Draw number `draw`, without changing the stream.
    @inlinable
    public func word(at draw: UInt32) -> UInt64 {
        let (first, second) = words(inBlock: draw &>> 1)
        return draw & 1 == 0 ? first : second
    }

    /// Draw number `draw` as a number strictly between 0 and 1, without changing the stream.
    @inlinable
    public func uniform(at draw: UInt32) -> Double { RandomStream.unitInterval(word(at: draw)) }

    /// Maps 64 random bits to an odd multiple of 2^-53.
    @inlinable
    @inline(__always)
    public static func unitInterval(_ word: UInt64) -> Double {
        Double(Int64(bitPattern: word &>> 11 | 1)) * 0x1p-53
    }
}
