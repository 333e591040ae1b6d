import Retail
import Testing

@testable import Scenarios

@Suite("Settings must make sense together")
struct ScenarioRuleTests {
    private func promotion(_ terms: String) -> String {
        smallest + "\npromotions:\n  - {code: p, kind: price_cut, depth: 10 %, \(terms)}\n"
    }

    @Test("A promotion must lie within the simulated days")
    func outsideClock() {
        #expect(issues(promotion("begins: 2024-06-17T00:00, ends: 2024-06-18T00:00")).isEmpty)
        let early = issues(promotion("begins: 2024-06-16T23:59, ends: 2024-06-17T12:00"))
        #expect(brief(early) == ["6:53 promotions[0].begins promotion_outside_clock"])
        #expect(
            early.first?.expected(.english)
                == "a moment of the simulated days, 2024-06-17T00:00:00 to 2024-06-18T00:00:00")
        let late = issues(promotion("begins: 2024-06-17T10:00, ends: 2024-06-18T00:01"))
        #expect(brief(late) == ["6:77 promotions[0].ends promotion_outside_clock"])
    }

    @Test("A promotion ends after it begins")
    func endsFirst() {
        let found = issues(promotion("begins: 2024-06-17T12:00, ends: 2024-06-17T12:00"))
        #expect(brief(found) == ["6:77 promotions[0].ends promotion_ends_first"])
    }

    @Test("Each kind of promotion needs its terms, and no code is given twice")
    func terms() {
        let text =
            smallest + """

                promotions:
                  - {code: p, kind: price_cut, begins: 2024-06-17T01:00, ends: 2024-06-17T02:00}
                  - {code: p, kind: spend_and_save, begins: 2024-06-17T01:00, ends: 2024-06-17T02:00, saving: 5 GBP}
                  - code: q
                    kind: spend_and_save
                    begins: 2024-06-17T01:00
                    ends: 2024-06-17T02:00
                    threshold: 5 GBP
                    saving: 6 GBP
                """
        #expect(
            brief(issues(text)) == [
                "6:5 promotions[0].depth missing_term", "7:5 promotions[1].threshold missing_term",
                "7:12 promotions[1].code duplicate_promotion",
                "13:13 promotions[2].saving saving_over_threshold",
            ])
    }

    @Test("Exclusive quotas may not exceed the pool; ratios may, because the pool is decremented once")
    func quotas() {
        let shares = "shares: {web: 60 %, app: 40.0001 %}"
        let found = issues(smallest + "\nstock:\n  sharing: quota\n  \(shares)\n")
        #expect(brief(found) == ["7:11 stock.shares quotas_over_pool"])
        #expect(found.first?.expected(.english).contains("100.0001 %") == true)
        #expect(issues(smallest + "\nstock:\n  sharing: ratio\n  \(shares)\n").isEmpty)
        #expect(issues(smallest + "\nstock: {sharing: quota, shares: {web: 60 %, app: 40 %}}\n").isEmpty)
    }

    @Test("The forecast may not see the days it is to forecast")
    func history() {
        let found = issues(smallest + "\ndemand: {history_through: 2024-06-17}\n")
        #expect(brief(found) == ["5:27 demand.history_through history_after_start"])
        #expect(issues(smallest + "\ndemand: {history_through: 2024-06-16}\n").isEmpty)
    }
}
