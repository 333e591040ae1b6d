import Foundation
import Mustache
import Retail

/// A run as one HTML file: opens offline, reads on a phone, prints, follows light and dark.
public enum HTMLReport {
    /// The report's text. Charts are drawn by the Chart.js in `chartLibrary`; without it every number still stands
    /// in the tables.
    /// - Parameter chartLibrary: the library's source, as `installedChartLibrary()` finds it.
    public static func render(_ input: ReportInput, chartLibrary: String? = installedChartLibrary()) -> String {
        let context = ReportContext(input, hasCharts: chartLibrary != nil)
        var page = PageView(
            lang: input.language == .chinese ? "zh-Hans" : "en",
            documentTitle: input.name + " · " + Catalogue.text("app.name", input.language),
            heading: input.name, subtitle: subtitle(context), brand: Catalogue.text("report.brand", input.language),
            contentsLabel: context.text("contents"), style: PageStyle.text, sections: sections(context),
            footer: context.text("footer", input.origin.engineVersion, input.dataset), chartLibrary: nil,
            chartCode: ChartCode.text, chartFormats: formats(context))
        page.chartLibrary = chartLibrary.map(embeddable)
        switch ReportTemplates.library {
        case .success(let library): return library.render(page, withTemplate: "page") ?? ""
        case .failure(let error): return "<!DOCTYPE html><title>Granary</title><p>" + escapeHTML("\(error)") + "</p>"
        }
    }

    /// Chart.js as distributions install it, or nil when none of the usual places has it.
    public static func installedChartLibrary() -> String? {
        let places = [
            "/usr/share/javascript/chart.js/chart.min.js", "/usr/share/javascript/chart.js/Chart.min.js",
            "/usr/share/nodejs/chart.js/dist/chart.min.js", "/usr/local/share/javascript/chart.js/chart.min.js",
            "/opt/homebrew/share/javascript/chart.js/chart.min.js",
        ]
        for place in places {
            guard let data = FileManager.default.contents(atPath: place), data.count < 4 << 20 else { continue }
            let text = String(decoding: data, as: UTF8.self)
            if text.contains("Chart") { return text }
        }
        return nil
    }

    /// JavaScript that may stand inside a script element: nothing in it ends the element or opens a comment.
    static func embeddable(_ script: String) -> String {
        script.replacingOccurrences(of: "</script", with: "<\\/script", options: .caseInsensitive)
            .replacingOccurrences(of: "<!--", with: "<\\!--")
            .split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("//# sourceMappingURL=") }
            .joined(separator: "\n")
    }

    private static func sections(_ context: ReportContext) -> [SectionView] {
        let builders: [(ReportContext) -> SectionView?] = [
            HeadlineSection.build, ComparisonSection.build, DemandSection.build, PeakSection.build, StockSection.build,
            PlacementSection.build, ProfitSection.build, BuyerSection.build, LossSection.build, ServiceSection.build,
            FlowSection.build, RiderSection.build, RoutingSection.build, PresaleSection.build, AgeingSection.build,
            SettlementSection.build, OrderSection.build,
            SuggestionSection.build, AssumptionSection.build,
            AuditSection.build, RepeatSection.build,
        ]
        return builders.compactMap { $0(context) }
    }

    private static func subtitle(_ context: ReportContext) -> String {
        let input = context.input
        var parts = [context.text("dataset_is", input.dataset)]
        if let first = input.firstDay, let last = input.lastDay {
            let year = String(last.components.year)
            parts.append(
                first == last
                    ? context.text("one_day", context.numbers.day(first), year)
                    : context.text("period", context.numbers.day(first), context.numbers.day(last), year))
        }
        parts.append(context.text("replications", String(input.origin.replications)))
        parts.append(context.text("seed_is", String(input.origin.seed)))
        return parts.joined(separator: " · ")
    }

    private static func formats(_ context: ReportContext) -> String {
        let steps =
            context.language == .chinese
            ? "[[100000000,\" 亿\"],[10000,\" 万\"]]" : "[[1000000000,\" bn\"],[1000000,\" M\"],[1000,\" k\"]]"
        return "{\"sign\":\(jsonString(context.numbers.currencySign)),\"steps\":\(steps)}"
    }
}
