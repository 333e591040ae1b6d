import Forecasting
import Placement
import Replenishment
import Retail
import Store
import Testing

@testable import Scenarios

/// Errors that are thrown as English text, in Chinese: each must be recognised by a pattern of the catalogue.
@Suite struct ErrorWordsTests {
    private let forecasts: [ForecastError] = [
        .horizon(0), .season(0), .origins(0), .stride(0), .levels([0.9, 0.1]), .noModels, .emptyAxis,
        .tooShort(axis: 3, needed: 9), .calendarEnds(days: 3, needed: 9), .regression("x"), .reconciliation("x"),
        .step("hour"), .unknownDay("2026-01-01", last: "2025-12-31"), .cancelled,
    ]
    private let workspaces: [StoreError] = [
        .notAWorkspace(path: "a.sqlite"), .newerVersion(path: "a.sqlite", found: 9, known: 8),
        .missingFolder(path: "a.sqlite"), .readOnly(path: "a.sqlite"), .full(path: "a.sqlite"),
        .busy(path: "a.sqlite"), .damaged(path: "a.sqlite", what: "x"), .noSuchRun(path: "a.sqlite", id: 4),
        .noSuchBook(path: "a.sqlite", id: 4),
        .refused(path: "a.sqlite", line: "A at N", from: .proposed, to: .received),
        .refused(path: "a.sqlite", line: "A at N", from: .closed, to: .received),
        .notRunning(path: "a.sqlite", id: 4, status: "failed"), .invalid(path: "a.sqlite", what: "x"),
    ]
    private let stocks: [ReplenishmentError] = [
        .parameter(name: "lead time", value: -1, expected: "a number of periods, 0 or more"),
        .text(name: "demand", value: "x", expected: "probabilities"),
        .shape(what: "feeds", count: 2, expected: 3), .demand(sku: "A", node: 1, day: 2, value: -3),
        .overflow("the value of an order line"),
    ]
    private let sites: [PlacementError] = [
        .shape(what: "capacities", count: 2, expected: 3), .value(what: "capacity", position: 2, value: -1),
        .tooLarge(what: "demand", position: 1, value: 1e30),
        .nobodyInReach(candidate: "a", region: "b", kilometres: 90, radius: 8),
        .asymmetric(what: "the distance", row: 1, column: 2, one: 3, other: 4),
        .coordinate(what: "region", code: "b", latitude: 121, longitude: 31),
        .swappedCoordinate(what: "region", code: "b", latitude: 31, longitude: 31), .noDemand,
        .duplicateSite(code: "a", other: "a"), .duplicateSite(code: "a", other: "b"), .unknownSite(3),
        .contradictorySite(3), .siteCount(minimum: 1, maximum: 2, required: 3, allowed: 4), .unreachableRegion(3),
        .region(code: "b", .noDemand), .candidate(code: "a", .noDemand), .tooFewSites(maximum: 2, region: 4),
        .tooLittleCapacity(capacity: 2, demand: 3), .tooSmallBudget(budget: 2, needed: 3),
        .tooLargeDemand(region: 1, demand: 2, capacity: 1), .noSingleSource(capacity: 3, demand: 2),
        .noSolutionWithinLimits, .unsupported(what: "budget", with: "capacity"), .unknownObjective("best"),
    ]

    @Test("errors of forecasts, stock policies, sites and workspaces are Chinese in Chinese")
    func chinese() {
        let errors: [PipelineError] =
            forecasts.map { .forecast($0) } + workspaces.map { .store($0) } + stocks.map { .replenishment($0) }
            + sites.map { .placement($0) }
        for error in errors {
            let said = error.message(.chinese)
            #expect(said.contains { $0 > "\u{2E7F}" }, "\(said)")
            // No clause stays behind in English: none has two English words in a row that are not names.
            #expect(![" the ", " is ", " are ", " and ", " or "].contains { said.contains($0) }, "\(said)")
        }
    }

    @Test("what an error names and expects is Chinese too")
    func parts() {
        let fault = ReplenishmentError.parameter(name: "order cost", value: -2, expected: "whole periods, 0 to 1000")
        #expect(Phrase.thrown(fault.description, in: .chinese) == "订货成本为 -2.0，应为不超过 1000 的整数期（自 0 起）；请改正")
        #expect(Phrase.thrown(fault.description, in: .english) == fault.description)
        #expect(Phrase.thrown("something else", in: .chinese) == "something else")
    }
}
