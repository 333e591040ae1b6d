/// A chart as data: what the drawing code in the page turns into a Chart.js configuration.
struct ChartSpec {
    enum Kind: String { case line, bar, dot, ladder }

    /// What a series stands for; the page gives each role its colour and mark, the same in every chart.
    enum Role: String {
        case low, high, forecast, simulated, actual, capacity, first, second, third
    }

    struct Series {
        var name: String
        var role: Role
        var values: [Double]
        /// Where a floating bar begins; empty for bars that begin at zero.
        var starts: [Double] = []
    }

    var kind: Kind
    var labels: [String]
    /// Labels along the axis where they differ from `labels`; nil leaves the place free.
    var axis: [String?] = []
    var series: [Series]
    /// `share`, `money` or `number`.
    var format: String
    var unit: String
    var beginsAtZero = true
    /// Index of the point set off from the others.
    var marked: Int?
    var axisTitle: String = ""
    var stepped = false

    var json: String {
        var text = "{\"kind\":\"\(kind.rawValue)\",\"labels\":[" + labels.map(jsonString).joined(separator: ",") + "]"
        if !axis.isEmpty {
            text += ",\"axis\":[" + axis.map { $0.map(jsonString) ?? "null" }.joined(separator: ",") + "]"
        }
        text += ",\"format\":\(jsonString(format)),\"unit\":\(jsonString(unit)),\"zero\":\(beginsAtZero)"
        text += ",\"axisTitle\":\(jsonString(axisTitle)),\"stepped\":\(stepped)"
        if let marked { text += ",\"marked\":\(marked)" }
        text += ",\"series\":["
        text += series.map { series in
            var part = "{\"name\":\(jsonString(series.name)),\"role\":\"\(series.role.rawValue)\",\"values\":["
            part += series.values.map(Self.short).joined(separator: ",") + "]"
            if !series.starts.isEmpty {
                part += ",\"starts\":[" + series.starts.map(Self.short).joined(separator: ",") + "]"
            }
            return part + "}"
        }.joined(separator: ",")
        return text + "]}"
    }

    /// Four decimals are finer than a pixel of any chart; the exact numbers stand in the tables.
    private static func short(_ value: Double) -> String {
        jsonNumber(abs(value) < 1e11 ? (value * 1e4).rounded() / 1e4 : value)
    }
}
