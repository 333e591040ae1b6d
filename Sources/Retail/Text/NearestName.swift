/// The known name most like `name`, when it is near enough to be a slip of the keyboard: at most a third of its letters
/// differ, and no more than three. Capitals do not count.
public func nearestName(to name: String, in known: some Sequence<String>) -> String? {
    let letters = Array(name.lowercased().unicodeScalars)
    let limit = min(3, letters.count / 3)
    var best: (distance: Int, name: String)?
    for candidate in known {
        let distance = editDistance(letters, Array(candidate.lowercased().unicodeScalars), within: limit)
        if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.name
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`
/// (optimal string alignment; Damerau 1964, Levenshtein 1966); more than `limit` where their lengths say so.
func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], within limit: Int = 8) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    // Absurdly long names are no slips; this keeps a hostile key from costing a square of its length.
    if abs(a.count - b.count) > limit || a.count > 64 { return max(a.count, b.count) }
    var before = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
        var row = [i] + [Int](repeating: 0, count: b.count)
        for j in 1...b.count {
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], before[j - 2] + 1) }
        }
        before = last
        last = row
    }
    return last[b.count]
}
