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
