import Retail
import Store
import Testing

@Suite("The result digest")
struct ResultDigestTests {
    let digest = resultDigest(tables: Sample.tables, figures: Sample.figures)

    @Test("does not hang on the order of tables and figures")
    func order() {
        #expect(resultDigest(tables: Sample.tables.reversed(), figures: Sample.figures.reversed()) == digest)
    }

    @Test("is that of the documented bytes: nothing at all is a tag, a version and two zero counts")
    func documentedBytes() {
        // printf 'GRRD\001\000\000\000\000\000\000\000\000\000' | sha256sum
        #expect(
            resultDigest(tables: [], figures: [])
                == "f6f58f84ee2de92e8314da968ed643d0a01a42d5ec4c6ed375eb095042126c81")
    }

    @Test("changes with any number, name, unit or kind of column")
    func sensitive() {
        func altered(_ change: (inout [ResultTable], inout [Figure]) -> Void) -> String {
            var (tables, figures) = (Sample.tables, Sample.figures)
            change(&tables, &figures)
            return resultDigest(tables: tables, figures: figures)
        }
        let all = [
            digest,
            altered { tables, _ in tables[0].columns[1].values = .integer([.min, 1, .max]) },
            altered { tables, _ in tables[0].columns[1].values = .real([0, 0, 0]) },
            altered { tables, _ in tables[0].columns[2].values = .real([0.1, .infinity, 0.0]) },
            altered { tables, _ in tables[0].columns[0].values = .text(["CDC前", "置仓", ""]) },
            altered { tables, _ in tables[0].columns[1].unit = "cases" },
            altered { tables, _ in tables[0].name = "node" },
            altered { tables, _ in tables.removeLast() },
            altered { _, figures in figures[0].halfWidth = 2.6 },
            altered { _, figures in figures[0].replications.swapAt(0, 1) },
        ]
        #expect(Set(all).count == all.count)
    }

    @Test("is the same for every NaN, since no reader can tell them apart")
    func oneNaN() {
        let other = Double(nan: 12, signaling: false)
        let a = ResultTable("t", [Column("x", .real([.nan]))])
        let b = ResultTable("t", [Column("x", .real([-other]))])
        #expect(resultDigest(tables: [a], figures: []) == resultDigest(tables: [b], figures: []))
    }
}
