import Foundation
public import Retail

extension DatasetReader {
    /// Reads measured ways between places from one file with the columns of `travel`, plain or gzip. A way given both
    /// ways must be the same both ways.
    /// - Parameter places: codes of the nodes, candidates and regions that are known.
    public static func readTravel(file path: String, places: Set<String>) throws(DatasetError) -> TravelTable {
        let log = IssueLog()
        let name = path.split(separator: "/").last.map(String.init) ?? path
        var reader = TableReader(path: path, file: name, schema: Schema.travel, currency: .gbp, log: log)
        var table = TravelTable()
        while reader.next() {
            let (from, to) = (reader.code(), reader.code())
            let (kilometres, minutes) = (reader.optionalReal(), reader.optionalReal())
            for place in [from, to] where !places.contains(place) && !place.isEmpty {
                reader.issue("'\(place)' is no node, candidate or region", "correct the code, or leave the row out")
            }
            let way = TravelTable.Way(
                kilometres: kilometres.isNaN ? nil : kilometres, minutes: minutes.isNaN ? nil : minutes)
            if way.kilometres == nil, way.minutes == nil {
                reader.issue("neither kilometres nor minutes are given", "give one of them, or leave the row out")
            }
            if let back = table.insert(way, from: from, to: to), differs(back, way) {
                reader.issue(
                    "the way from '\(from)' to '\(to)' is not as long as the way back", "make both the same")
            }
        }
        try log.check()
        return table
    }

    private static func differs(_ a: TravelTable.Way, _ b: TravelTable.Way) -> Bool {
        func isOther(_ one: Double?, _ other: Double?) -> Bool {
            guard let one, let other else { return false }
            return abs(one - other) > 1e-6 * max(1, abs(one))
        }
        return isOther(a.kilometres, b.kilometres) || isOther(a.minutes, b.minutes)
    }
}
