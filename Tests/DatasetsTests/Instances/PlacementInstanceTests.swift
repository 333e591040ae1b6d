import Foundation
import Testing

@testable import Datasets

@Suite("Instance files of placement problems")
struct PlacementInstanceTests {
    private func read<Value>(_ text: String, _ reader: (String) throws -> Value) throws -> Value {
        let path = NSTemporaryDirectory() + "granary-instance-" + UUID().uuidString
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try reader(path)
    }

    private func fault(_ text: String, _ reader: (String) throws -> some Any) throws -> DataIssue? {
        do {
            _ = try read(text, reader)
            return nil
        } catch let issue as DataIssue {
            #expect(issue.untranslated.isEmpty)
            return issue
        }
    }

    @Test("of a repeated edge the last one counts, whichever way round it stands")
    func network() throws {
        let edges = [InstanceEdge(from: 0, to: 1, length: 7), InstanceEdge(from: 1, to: 2, length: 4)]
        #expect(
            try read("3 3 1\n1 2 5\n 2 3 4 \n2 1 7\n", PlacementInstances.median)
                == .network(vertices: 3, edges: edges, sites: 1))
    }

    @Test("points are read with their numbers in any order")
    func points() throws {
        let text =
            "NAME : t\nTYPE: TSP\nDIMENSION : 2\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n2 3 4\n1 0.5 -1e1\nEOF\n"
        #expect(
            try read(text, PlacementInstances.median)
                == .points([InstancePoint(x: 0.5, y: -10), InstancePoint(x: 3, y: 4)]))
    }

    @Test("a full matrix of distances is read; one that is not the same both ways is refused at the place")
    func matrix() throws {
        let head = "DIMENSION : 2\nEDGE_WEIGHT_TYPE : EXPLICIT\nEDGE_WEIGHT_FORMAT : FULL_MATRIX\nEDGE_WEIGHT_SECTION\n"
        #expect(
            try read(head + "0 3\n3 0\nEOF\n", PlacementInstances.median)
                == .matrix(points: 2, distances: [0, 3, 3, 0]))
        let issue = try fault(head + "0 3\n4 0\nEOF\n", PlacementInstances.median)
        #expect(issue?.line == 6 && issue?.expected.contains("from 2 to 1 it is 4") == true)
        #expect(try fault(head + "0 -3\n-3 0\n", PlacementInstances.median)?.value == "-3")
    }

    @Test("a word in place of a capacity leaves it open; costs are turned to sites by clients")
    func facility() throws {
        let instance = try read(
            " 2 3 \n capacity 10. \n 5 20\n 7 \n 1 2\n 0 3 4\n 2 5 6\n", PlacementInstances.facility)
        #expect(instance.capacities == [nil, 5] && instance.fixedCosts == [10, 20])
        #expect(instance.demands == [7, 0, 2] && instance.costs == [1, 3, 5, 2, 4, 6])
    }

    private static let badNetworks: [(String, Int, String?)] = [
        ("", 1, nil), ("3 1 1\n1 2\n", 3, nil), ("3 1 1\n1 4 5\n", 2, "4"), ("3 1 1\n1 2 -5\n", 2, "-5"),
        ("3 1 1\n1 2 NaN\n", 2, "NaN"), ("3 1 1\n1 2 inf\n", 2, "inf"), ("3 1 1\n1 2 1e999\n", 2, "1e999"),
        ("3 1 4\n1 2 5\n", 1, "4"), ("3 1 1\n1 2 5\n9", 3, "9"), ("99999999999 1 1\n", 1, "99999999999"),
        ("DIMENSION : 1\nEDGE_WEIGHT_TYPE : GEO\n", 2, "EDGE_WEIGHT_TYPE"), ("DIMENSION : x\n", 1, "DIMENSION"),
        ("DIMENSION : 2\nNODE_COORD_SECTION\n1 0 0\n1 1 1\n", 4, nil), ("NODE_COORD_SECTION\n1 0 0\n", 1, nil),
    ]

    @Test("bad networks are refused with line and value", arguments: badNetworks)
    func badNetwork(text: String, line: Int, value: String?) throws {
        let issue = try fault(text, PlacementInstances.median)
        #expect(issue != nil && issue?.line == line && issue?.value == value, "\(String(describing: issue))")
    }

    private static let badFacilities: [(String, Int, String?)] = [
        ("1 1\n5 1\n2\n", 4, nil), ("1 1\nlots 1\n2 3\n", 2, "lots"), ("1 1\n-5 1\n2 3\n", 2, "-5"),
        ("0 1\n", 1, "0"), ("1000000 1000000\n", 1, nil), ("1 1\n5 1\n2 3 4\n", 3, "4"),
    ]

    @Test("bad facility files are refused with line and value", arguments: badFacilities)
    func badFacility(text: String, line: Int, value: String?) throws {
        let issue = try fault(text, PlacementInstances.facility)
        #expect(issue != nil && issue?.line == line && issue?.value == value, "\(String(describing: issue))")
    }
}
