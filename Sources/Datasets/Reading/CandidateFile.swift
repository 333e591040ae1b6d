public import Retail

extension DatasetReader {
    /// Reads candidate sites from one file in the columns of `candidates.csv`, plain or gzip.
    /// - Parameter nodes: the nodes that exist; a candidate is none of them, and is replenished from one of them or
    ///   from another candidate.
    public static func readCandidates(
        file path: String, currency: Currency, nodes: [Node]
    ) throws(DatasetError) -> [Node] {
        let log = IssueLog()
        let name = path.split(separator: "/").last.map(String.init) ?? path
        var reader = TableReader(path: path, file: name, schema: Schema.candidates, currency: currency, log: log)
        let existing = Set(nodes.map(\.code))
        var list: [Node] = []
        while reader.next() {
            let node = reader.node()
            if existing.contains(node.code) {
                reader.issue("'\(node.code)' is a node already", "leave it out of the candidates")
            }
            list.append(node)
        }
        if list.isEmpty {
            log.add(
                DataIssue(
                    file: name, expected: "has no candidate site",
                    cure: "give a row for each site, or leave the file out and take the data set's own"))
        }
        try log.check()
        let known = existing.union(list.map(\.code))
        for node in list where !node.replenishedFrom.isEmpty && !known.contains(node.replenishedFrom) {
            log.add(
                DataIssue(
                    file: name, field: "replenished_from", value: node.replenishedFrom, expected: "is an unknown node",
                    cure: "add it to nodes.csv, or leave the field empty"))
        }
        try log.check()
        return list
    }
}
