import Foundation
import Testing

@testable import Datasets

@Suite("Files of supply chains") struct ChainInstanceTests {
    private func read<Value>(_ text: String, _ reader: (String) throws -> Value) throws -> Value {
        let path = NSTemporaryDirectory() + "granary-chain-" + UUID().uuidString
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try reader(path)
    }

    @Test("stages, their numbers and their suppliers are read, in any order and with a byte-order mark")
    func stages() throws {
        let text = """
            \u{FEFF}stage_id,lead_time,max_s_time,cost_rate,risk_pool,ext_demand_mean,ext_demand_std,ext_demand_thres,up_stages\r
            End,4,0,8000,,5,3,1.645,"First, part",1,Second,2\r
            "First, part",11,,575,2,,,,\r
            Second,8,,3850,1,,,,,\r

            """
        let stages = try read(text, ChainInstances.guaranteedService)
        #expect(stages.map(\.name) == ["End", "First, part", "Second"])
        #expect(stages[0].upstream == [.init(stage: 1, quantity: 1), .init(stage: 2, quantity: 2)])
        #expect(stages[0].maximumServiceTime == 0 && stages[1].maximumServiceTime == nil)
        #expect(stages[2].poolingPower == 1 && stages[0].safetyFactor == 1.645)
    }

    @Test(
        "a file that cannot be read says why, with the line",
        arguments: [
            ("", 1), ("stage_id,lead_time\nA,1\n", 1), ("stage_id,lead_time,cost_rate,colour\nA,1,1,2\n", 1),
            ("stage_id,lead_time,cost_rate\nA,1,1\nA,2,2\n", 3), ("stage_id,lead_time,cost_rate\nA,nan,1\n", 2),
            ("stage_id,lead_time,cost_rate\nA,-1,1\n", 2), ("stage_id,lead_time,cost_rate,up_stages\nA,1,1,B,1\n", 2),
            ("stage_id,lead_time,cost_rate,up_stages\nA,1,1\nB,2,1,A,x\n", 3), ("stage_id,lead_time,cost_rate\n", 1),
            ("stage_id,up_stages,lead_time,cost_rate\nA,,1,1\n", 1),
        ])
    func faults(text: String, line: Int) {
        do {
            _ = try read(text, ChainInstances.guaranteedService)
            Issue.record("\(text) was read")
        } catch let issue as DataIssue {
            #expect(abs((issue.line ?? 0) - line) <= 1, "\(text): line \(issue.line ?? 0)")
            #expect(issue.untranslated.isEmpty)
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test("a row of stages is put in order from the customers up; what is no row is refused")
    func rows() throws {
        let head = "stage_id,lead_time,holding_cost,shortage_cost,demand_mean,up_stages\n"
        let (row, kind) = try read(head + "top,2,1,,,\nlow,1,4,9,5,mid,1\nmid,1,2,,,top,1\n", ChainInstances.serial)
        #expect(row.map(\.name) == ["low", "mid", "top"])
        #expect(kind == .local)
        for text in ["a,1,1,,,b\nb,1,1,,,a\n", "a,1,1,,,c\nb,1,1,,,c\nc,1,1,,,\n", "a,1,1,,,\nb,1,1,,,\n"] {
            #expect(throws: DataIssue.self) { try read(head + text, ChainInstances.serial) }
        }
    }
}
