/// Collects the issues of a reading; keeps the first 50 and counts the others.
final class IssueLog {
    private(set) var issues: [DataIssue] = []
    private(set) var further = 0

    var isEmpty: Bool { issues.isEmpty }
    /// Whether further issues would only be counted.
    var isFull: Bool { issues.count >= DatasetError.listed }

    func add(_ issue: DataIssue) {
        if issues.count < DatasetError.listed { issues.append(issue) } else { further += 1 }
    }

    func check() throws(DatasetError) {
        if !issues.isEmpty { throw DatasetError(issues: issues, further: further) }
    }
}

/// The known word nearest to `word` by edit distance, when it is near enough to be a slip of the finger.
func nearest(_ word: String, among known: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().utf8.prefix(64))
    var best: (distance: Int, word: String)?
    for candidate in known {
        let other = Array(candidate.lowercased().utf8.prefix(64))
        var row = Array(0...other.count)
        for (i, letter) in letters.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, against) in other.enumerated() {
                let change = diagonal + (letter == against ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, diagonal + 1)
            }
        }
        if row[other.count] < best?.distance ?? .max { best = (row[other.count], candidate) }
    }
    guard let best, best.distance <= max(2, letters.count / 3) else { return nil }
    return best.word
}
