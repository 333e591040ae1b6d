/// Computes `body(0)`, `body(1)`, ... on at most `threads` tasks at a time and returns the results in index order.
///
/// What a body returns may depend on its index alone; then so does the result, whatever the number of threads. With
/// one thread, or one chunk, the bodies run one after another on the caller's task.
///
/// - Throws: the error of the lowest index that fails. Chunks start in index order, and none starts after a failure
///   is seen, so the same error is thrown for any number of threads.
public func concurrentMap<T: Sendable, E: Error>(
    chunks: Int, threads: Int, _ body: @escaping @Sendable (Int) throws(E) -> T
) async throws(E) -> [T] {
    guard chunks > 0 else { return [] }
    guard threads > 1, chunks > 1 else {
        var results: [T] = []
        results.reserveCapacity(chunks)
        for i in 0..<chunks { results.append(try body(i)) }
        return results
    }
    let outcomes = await withTaskGroup(of: (Int, Result<T, E>).self) { group in
        var outcomes = [Result<T, E>?](repeating: nil, count: chunks)
        var started = 0
        var failed = false
        func startNext() {
            let index = started
            group.addTask {
                do throws(E) { return (index, .success(try body(index))) } catch { return (index, .failure(error)) }
            }
            started += 1
        }
        while started < min(threads, chunks) { startNext() }
        while let (index, outcome) = await group.next() {
            outcomes[index] = outcome
            if case .failure = outcome { failed = true }
            if started < chunks && !failed { startNext() }
        }
        return outcomes
    }
    var results: [T] = []
    results.reserveCapacity(chunks)
    // Up to the first failure every chunk has run: they start in order.
    for outcome in outcomes {
        guard let outcome else { break }
        results.append(try outcome.get())
    }
    return results
}
