import Foundation
import Retail
import Testing

@testable import Scenarios

@Suite("Errors in scenario files name the place and the cure")
struct ScenarioErrorTests {
    @Test("An unknown key is refused with its line and column and the nearest known key")
    func unknownKey() {
        let found = issues(smallest + "\npayment:\n  time_uot: 15 min\n")
        #expect(brief(found) == ["6:3 payment.time_uot unknown_key_near"])
        #expect(found.first?.cure(.english) == "did you mean `time_out`?")
        #expect(found.first?.cure(.chinese) == "是否应为 `time_out`？")
    }

    @Test("A key that belongs in another section is pointed there")
    func misplacedKey() {
        let found = issues(smallest + "\ntime_out: 15 min\n")
        #expect(brief(found) == ["5:1 time_out unknown_key_near"])
        #expect(found.first?.cure(.english) == "did you mean `payment.time_out`?")
    }

    @Test("An unknown key that resembles none lists the known ones")
    func strangeKey() {
        let found = issues(smallest + "\ncarriers:\n  zeppelins: 3\n")
        #expect(brief(found) == ["6:3 carriers.zeppelins unknown_key"])
        let known = SettingTable.children(of: "carriers").map(\.key).joined(separator: ", ")
        #expect(found.first?.expected(.english) == "one of \(known)")
    }

    @Test("Every key given twice is an issue at its second place, and reading goes on behind it")
    func duplicateKeys() {
        let text =
            smallest + """

                demand:
                  volume: 2
                  elasticity: -1
                  volume: 3
                  elasticity: -2
                  volume: 4
                colour: red
                """
        #expect(
            brief(issues(text)) == [
                "8:3 demand.volume duplicate_key", "9:3 demand.elasticity duplicate_key",
                "10:3 demand.volume duplicate_key", "11:1 colour unknown_key",
            ])
    }

    @Test("A duration, an amount, a share and a distance without a unit are refused at the value")
    func missingUnits() {
        let text =
            smallest + """

                payment:
                  time_out: 90
                after_sales:
                  write_down: 0.15
                costs:
                  packaging: 0.30
                network:
                  radius: 40
                """
        #expect(
            brief(issues(text)) == [
                "6:13 payment.time_out missing_unit", "8:15 after_sales.write_down missing_unit",
                "10:14 costs.packaging missing_unit", "12:11 network.radius missing_unit",
            ])
    }

    @Test(
        "A value of the wrong kind or out of its range is refused, and nothing is rounded into place",
        arguments: [
            ("payment: {time_out: 90 parsecs}", "missing_unit"), ("payment: {time_out: soon}", "wrong_kind"),
            ("payment: {time_out: -5 min}", "out_of_range"), ("stock: {channel_lag: -1 s}", "out_of_range"),
            ("payment: {time_out: 99999999999999999 d}", "out_of_range"),
            ("payment: {time_out: 0.0000001 s}", "wrong_kind"),
            ("demand: {volume: nan}", "wrong_kind"), ("demand: {volume: inf}", "wrong_kind"),
            ("demand: {volume: 1e999}", "wrong_kind"), ("demand: {volume: 0}", "out_of_range"),
            ("demand: {volume: -3}", "out_of_range"), ("demand: {elasticity: 1.5}", "out_of_range"),
            ("demand: {history_through: 2024-02-30}", "wrong_kind"), ("replications: 0", "out_of_range"),
            ("replications: 2.5", "wrong_kind"), ("replications: many", "wrong_kind"),
            ("seed: 99999999999999999999", "out_of_range"), ("stock: {sharing: communism}", "wrong_kind"),
            ("stock: {service_level: 100 %}", "out_of_range"), ("costs: {packaging: 0.30 pounds}", "missing_unit"),
            ("costs: {packaging: -1 GBP}", "out_of_range"), ("promotions: summer", "wrong_kind"),
            ("promotions: [summer]", "wrong_kind"), ("payment: 15 min", "wrong_kind"), ("payment:", "wrong_kind"),
            ("stock: {shares: [30 %]}", "wrong_kind"), ("stock: {shares: {web: 130 %}}", "out_of_range"),
            ("network: {front_warehouses: some}", "wrong_kind"),
            ("network: {front_warehouses: [{a: 1}]}", "wrong_kind"),
        ])
    func badValues(line: String, problem: String) {
        let found = issues(smallest + "\n" + line + "\n")
        #expect(found.map(\.problem.key) == [problem])
        #expect(found.first?.place.line == 5)
        #expect(found.first.map { $0.place.column > 1 } == true)
    }

    @Test("A zone that does not exist is refused")
    func zone() {
        let text = "granary: 1\ndata: shop\nclock:\n  start: 2024-06-17\n  zone: Europe/Atlantis\n"
        #expect(brief(issues(text)) == ["5:9 clock.zone wrong_kind"])
    }

    @Test("Required keys that are missing are named, each once")
    func missingKeys() {
        #expect(brief(issues("granary: 1\n")) == ["1:1 data missing_key", "1:1 clock.start missing_key"])
        let text = smallest + "\npromotions:\n  - code: a\n"
        #expect(
            brief(issues(text)) == [
                "6:5 promotions[0].kind missing_key", "6:5 promotions[0].begins missing_key",
                "6:5 promotions[0].ends missing_key",
            ])
    }

    @Test("The version comes first, and a newer one is the only error reported")
    func version() {
        #expect(brief(issues("data: shop\n" + smallest)).contains("2:1 granary version_not_first"))
        #expect(brief(issues("data: shop\n")).contains("1:1 granary version_not_first"))
        #expect(brief(issues("granary: 2\nhyperdrive: on\n")) == ["1:10 granary newer_version"])
        #expect(
            brief(issues("granary: zero\ndata: s\nclock: {start: 2024-06-17}\n")).contains("1:10 granary bad_version"))
    }

    @Test("Broken YAML is an error at the place where it breaks")
    func syntax() {
        let found = issues("granary: 1\ndata: [shop\nclock: {}\n")
        #expect(found.map(\.problem.key) == ["syntax"])
        #expect(found.first?.place.line == 3)
        #expect(issues("").map(\.problem.key) == ["not_mapping"])
        #expect(issues("- a\n- b\n").map(\.problem.key) == ["not_mapping"])
        #expect(issues("granary: 1\ndata: \"a\u{7}b\"\n").map(\.problem.key) == ["syntax"])
    }

    @Test("Bytes that are not UTF-8 are refused where the first of them stands")
    func latin1() throws {
        let folder = try ScenarioFolder([:])
        try folder.write("latin.yaml", Data("granary: 1\nname: caf".utf8) + Data([0xE9, 0x0A]))
        #expect {
            try ScenarioLoader.load(folder.file("latin.yaml"))
        } throws: { error in
            brief((error as? ScenarioError)?.issues ?? []) == ["2:10  not_utf8"]
        }
    }

    @Test("A byte order mark and Windows line ends are fine")
    func windows() throws {
        let folder = try ScenarioFolder([:])
        let text = smallest.replacing("\n", with: "\r\n")
        try folder.write("windows.yaml", Data([0xEF, 0xBB, 0xBF]) + Data(text.utf8))
        #expect(try ScenarioLoader.load(folder.file("windows.yaml")).clock.start.description == "2024-06-17")
    }

    @Test("A file too large, a bomb of aliases and absurd nesting end quickly with an error")
    func hostileFiles() {
        #expect(issues(String(repeating: "# x\n", count: 100_000)).map(\.problem.key) == ["too_large"])
        var bomb = "granary: 1\na: &a [x, x, x, x, x, x, x, x, x]\n"
        for (name, below) in zip("bcdefghi", "abcdefgh") {
            bomb += "\(name): &\(name) [*\(below), *\(below), *\(below), *\(below), *\(below)]\n"
        }
        #expect(issues(bomb).map(\.problem.key) == ["too_many_aliases"])
        let wide = "granary: 1\na: &a [" + String(repeating: "x,", count: 30_000) + "x]\nb: [*a, *a]\n"
        #expect(issues(wide).map(\.problem.key) == ["too_many_values"])
        let deep = "granary: 1\na: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900) + "\n"
        #expect(issues(deep).contains { $0.problem.key == "syntax" })
    }

    @Test("Aliases in moderation work")
    func aliases() throws {
        let text = smallest + "\ncosts: {packaging: &fee 2 GBP, late_compensation: *fee}\n"
        let scenario = try ScenarioLoader.load(text: text, name: "s.yaml")
        #expect(scenario.costs.lateCompensation == Money(units: 20_000, currency: "GBP"))
    }

    @Test("All errors are reported at once, at most 50, with the number of the others")
    func allAtOnce() {
        let lines = (0..<70).map { "wrong\($0): 1" }.joined(separator: "\n")
        do {
            _ = try ScenarioLoader.load(text: smallest + "\n" + lines, name: "s.yaml")
            Issue.record("it loaded")
        } catch {
            #expect(error.issues.count == 50)
            #expect(error.further == 20)
            #expect(error.description.hasSuffix("... and 20 more"))
        }
    }

    @Test("A message says file, line, column, key, value, what was expected and what to do")
    func message() {
        let found = issues(smallest + "\npayment: {time_out: 90}\n")
        #expect(
            found.first?.description
                == "s.yaml:5:21: payment.time_out: \"90\": expected a time from 1 s to 7 d in s, min, h or d, "
                + "with its unit; write for example 90 s")
    }
}
