import Foundation
import Replenishment
import Retail
import Testing

@testable import Scenarios

@Suite("Scenario files: values, extends, overrides")
struct ScenarioFileTests {
    @Test("Values with units are read exactly")
    func units() throws {
        let scenario = try ScenarioLoader.load(
            text: smallest + """

                payment: {time_out: 1.5 h}
                stock: {channel_lag: 90s, service_level: 97.5 %, buffer: 3}
                costs: {packaging: 0.3 GBP, vat: 17.5%}
                network: {radius: 7.25 km, cover: 36 h}
                """, name: "s.yaml")
        #expect(scenario.payment.timeOut == .minute * 90)
        #expect(scenario.stock.channelLag == .second * 90)
        #expect(scenario.stock.service == ServicePolicy(.cycle(0.975)))
        #expect(scenario.costs.packaging == Money(units: 3_000, currency: "GBP"))
        #expect(scenario.costs.vat == Rate(partsPerMillion: 175_000))
        #expect(scenario.network.radius == 7.25)
        #expect(scenario.network.coverDays == 1.5)
    }

    @Test("What is not said has the default of the table, and history ends the day before the clock starts")
    func defaults() throws {
        let scenario = try ScenarioLoader.load(text: smallest, name: "quiet.yaml")
        #expect(scenario.name == "quiet")
        #expect(scenario.replications == 10)
        #expect(scenario.clock.days == 1)
        #expect(scenario.demand.historyThrough == Day(iso: "2024-06-16"))
        #expect(scenario.stock.channelLag == nil)
        #expect(scenario.network.frontWarehouses == .placed)
        #expect(scenario.network.oneHourValue.currency == nil)
    }

    @Test("Every default of the table passes the table's own check")
    func defaultsAreValid() {
        for setting in SettingTable.settings {
            guard let text = setting.fallback else { continue }
            #expect(SettingsReader.defaultValue(setting.kind, text) != nil, "\(setting.path): \(text)")
        }
    }

    @Test("An extending file changes single keys of a mapping, and replaces lists as a whole")
    func extends() throws {
        let folder = try ScenarioFolder([
            "base.yaml": smallest + """

                name: Base
                seed: 7
                payment: {time_out: 10 min, deduct: payment}
                promotions:
                  - {code: a, kind: price_cut, depth: 10 %, begins: 2024-06-17T01:00, ends: 2024-06-17T02:00}
                  - {code: b, kind: price_cut, depth: 10 %, begins: 2024-06-17T01:00, ends: 2024-06-17T02:00}
                """,
            "middle.yaml": "granary: 1\nextends: base.yaml\npayment: {time_out: 20 min}\n",
            "sub/top.yaml": """
            granary: 1
            extends: ../middle.yaml
            name: Top
            promotions:
              - {code: c, kind: price_cut, depth: 10 %, begins: 2024-06-17T01:00, ends: 2024-06-17T02:00}
            """,
        ])
        let scenario = try ScenarioLoader.load(folder.file("sub/top.yaml"), root: folder.path)
        #expect(scenario.seed == 7)
        #expect(scenario.name == "Top")
        #expect(try ScenarioLoader.load(folder.file("middle.yaml")).name == "middle")
        #expect(scenario.payment.timeOut == .minute * 20)
        #expect(scenario.payment.deduct == .payment)
        #expect(scenario.promotions.map(\.code) == ["c"])
        #expect(scenario.places["payment.time_out"]?.file.hasSuffix("middle.yaml") == true)
        #expect(
            URL(fileURLWithPath: scenario.dataFolder).standardizedFileURL.path
                == URL(fileURLWithPath: folder.file("shop")).standardizedFileURL.path)
    }

    @Test("An extends that is missing, circular or leads outside is an error that names the chain")
    func brokenExtends() throws {
        let folder = try ScenarioFolder([
            "in/a.yaml": "granary: 1\nextends: b.yaml\n", "in/b.yaml": "granary: 1\nextends: c.yaml\n",
            "in/c.yaml": "granary: 1\nextends: a.yaml\n", "in/self.yaml": "granary: 1\nextends: self.yaml\n",
            "in/lost.yaml": "granary: 1\nextends: gone.yaml\n", "in/out.yaml": "granary: 1\nextends: ../out.yaml\n",
            "in/root.yaml": "granary: 1\nextends: /etc/passwd\n", "out.yaml": smallest,
        ])
        func first(_ name: String) -> ScenarioIssue? {
            do {
                _ = try ScenarioLoader.load(folder.file("in/" + name))
                return nil
            } catch {
                return error.issues.first { $0.path == "extends" }
            }
        }
        #expect(first("a.yaml")?.problem == .extendsCycle(chain: "a.yaml -> b.yaml -> c.yaml -> a.yaml"))
        #expect(first("a.yaml")?.place == SourcePlace(file: folder.file("in/c.yaml"), line: 2, column: 10))
        #expect(first("self.yaml")?.problem == .extendsCycle(chain: "self.yaml -> self.yaml"))
        #expect(first("lost.yaml")?.problem == .extendsMissing(chain: "lost.yaml -> gone.yaml"))
        #expect(first("out.yaml")?.problem.key == "extends_outside")
        #expect(first("root.yaml")?.problem.key == "extends_outside")
    }

    @Test("A link that leads out of the folder is not followed")
    func extendsThroughLink() throws {
        let folder = try ScenarioFolder(["out.yaml": smallest, "in/a.yaml": "granary: 1\nextends: link.yaml\n"])
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("in/link.yaml"), withDestinationPath: folder.file("out.yaml"))
        #expect {
            try ScenarioLoader.load(folder.file("in/a.yaml"))
        } throws: { ($0 as? ScenarioError)?.issues.first?.problem.key == "extends_outside" }
    }

    @Test("A missing file is an error, not a crash")
    func missingFile() throws {
        let folder = try ScenarioFolder([:])
        for name in ["nothing.yaml", ""] {
            #expect {
                try ScenarioLoader.load(folder.file(name))
            } throws: { ($0 as? ScenarioError)?.issues.map(\.problem.key) == ["unreadable"] }
        }
    }

    @Test("Overrides change one key each, the last one wins, items of lists by code or position")
    func overrides() throws {
        let text =
            smallest + """

                promotions:
                  - {code: a, kind: price_cut, depth: 10 %, begins: 2024-06-17T01:00, ends: 2024-06-17T02:00}
                  - {code: b, kind: price_cut, depth: 10 %, begins: 2024-06-17T01:00, ends: 2024-06-17T02:00}
                """
        let scenario = try ScenarioLoader.load(
            text: text, name: "s.yaml",
            overrides: [
                "demand.volume=2", "demand.volume=3", "promotions[b].depth=25 %", "promotions[0].depth=5 %",
                "network.front_warehouses=[leeds, york]", "stock.shares={web: 10 %}", "name=Changed: a bit",
            ].map { $0.hasPrefix("name") ? "name=\"Changed: a bit\"" : $0 })
        #expect(scenario.demand.volume == 3)
        #expect(scenario.promotions.map(\.depth.partsPerMillion) == [50_000, 250_000])
        #expect(scenario.network.frontWarehouses == .listed(["leeds", "york"]))
        #expect(scenario.stock.shares == [ChannelSetting(channel: "web", value: Rate(partsPerMillion: 100_000))])
        #expect(scenario.name == "Changed: a bit")
    }

    @Test(
        "An override passes the same checks as the file and its error names it",
        arguments: [
            ("demand.volume=much", "--set demand.volume=much:1:15", "demand.volume", "wrong_kind"),
            ("demand.volum=2", "--set demand.volum=2:1:1", "demand.volum", "unknown_key_near"),
            ("payment.time_out=5", "--set payment.time_out=5:1:18", "payment.time_out", "missing_unit"),
            ("demand.volume", "--set demand.volume:1:1", "", "bad_override"),
            ("=3", "--set =3:1:1", "", "bad_override"),
            ("demand.volume=", "--set demand.volume=:1:1", "demand.volume", "bad_override"),
            ("extends=x.yaml", "--set extends=x.yaml:1:1", "extends", "fixed_override"),
            ("granary=2", "--set granary=2:1:1", "granary", "fixed_override"),
            ("promotions[3].depth=1 %", "--set promotions[3].depth=1 %:1:1", "promotions[3].depth", "no_items"),
            ("stock={sharing: quota", "--set stock={sharing: quota:1:22", "", "syntax"),
        ])
    func badOverrides(text: String, place: String, path: String, problem: String) {
        let found = issues(smallest, overrides: [text])
        #expect(found.map(\.place.description) == [place])
        #expect(found.map(\.path) == [path])
        #expect(found.map(\.problem.key) == [problem])
    }

    @Test("An item of a list is named by its code, with brackets or a dot; one that is not there names those that are")
    func itemsByCode() throws {
        let text =
            smallest + """

                promotions:
                  - {code: early, kind: price_cut, depth: 10 %}
                  - {code: late, kind: price_cut, depth: 20 %}
                """
        for path in ["promotions[late].depth", "promotions.late.depth", "promotions.1.depth"] {
            var node = try #require(tree(text))
            let change = try #require(ScenarioOverride.parse(path + "=30 %").0)
            #expect(change.apply(to: &node) == nil)
            let items = try #require(node["promotions"])
            guard case .list(let list) = items.content else { throw MissingList() }
            #expect(list.map { $0["depth"]?.shown } == ["10 %", "30 %"])
        }
        let found = issues(text, overrides: ["promotions.later.depth=30 %"]).filter { $0.problem.key == "no_such_item" }
        #expect(found.count == 1 && found.first?.expected(.english) == "one of early, late")
        #expect(found.first?.value == "later" && found.first?.cure(.chinese).isEmpty == false)
        let key = issues(text, overrides: ["promotions.late.dept=30 %"]).filter { $0.path == "promotions[1].dept" }
        #expect(key.first?.cure(.english) == "did you mean `depth`?")
        let strange = issues(text, overrides: ["promotions.late.colour=red"]).filter { $0.path.hasSuffix("colour") }
        #expect(strange.first?.expected(.english).contains("merchant_share") == true)
    }

    private struct MissingList: Error {}

    private func tree(_ text: String) -> SettingsNode? {
        var reader = YAMLReader(file: "s.yaml")
        return reader.read(text)
    }

    @Test("The resolved text of a scenario loads as the same scenario and as the same text")
    func resolvedText() throws {
        for name in ["flagship", "no-front-warehouses", "channel-silos"] {
            let scenario = try ScenarioLoader.load("\(shippedFolder)/\(name).yaml", overrides: ["seed=5"])
            let again = try ScenarioLoader.load(text: scenario.text, name: "stored")
            #expect(again.text == scenario.text)
            #expect(again.promotions == scenario.promotions)
            #expect(again.stock == scenario.stock)
            #expect(again.about == scenario.about)
            #expect(again.seed == 5)
        }
    }

    @Test("Awkward texts survive being written and read back")
    func awkwardTexts() throws {
        for name in [
            "a: b", "# no comment", "- x", "yes", "\"quoted\"", "back\\slash", "tab\there", "两", "{", " ", "-5 x", "*a",
        ] {
            let node = SettingsNode(content: .scalar(name), place: SourcePlace(file: "t"))
            let root = SettingsNode(
                content: .mapping([.init(key: "name", place: node.place, node: node)]), place: node.place)
            var reader = YAMLReader(file: "t")
            #expect(reader.read(ScenarioWriter.text(root))?["name"]?.content == .scalar(name))
        }
    }
}
