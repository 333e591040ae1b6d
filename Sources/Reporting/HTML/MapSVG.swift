import Foundation
import Retail

/// The placement as a picture: regions as discs sized by demand, sites as marks by kind, a line from each region to
/// the site that serves it, degrees and a scale for orientation. No map tiles: the file opens offline.
struct MapSVG {
    private let view: PlacementView
    private let context: ReportContext
    private let projection: MapProjection
    private var text = ""

    static func draw(_ view: PlacementView, _ context: ReportContext) -> String? {
        var view = view
        view.regions.removeAll { !MapProjection.isOnEarth($0.location) }
        view.sites.removeAll { !MapProjection.isOnEarth($0.location) }
        let shown = view.regions.filter { !$0.isExport }
        let points = shown.map(\.location) + view.sites.map(\.location)
        guard let projection = MapProjection(points, width: 740, maximumHeight: 700) else { return nil }
        var map = MapSVG(view: view, context: context, projection: projection)
        return map.drawn()
    }

    private init(view: PlacementView, context: ReportContext, projection: MapProjection) {
        self.view = view
        self.context = context
        self.projection = projection
    }

    private mutating func drawn() -> String {
        let open = view.sites.filter(\.isOpen).count
        let label = context.text("map_label", String(open), String(view.sites.count), String(view.regions.count))
        text =
            "<svg class=\"map\" viewBox=\"0 0 \(number(projection.width)) \(number(projection.height))\" role=\"img\" "
        text += "aria-label=\"\(escapeHTML(label))\"><title>\(escapeHTML(label))</title>\n"
        graticule()
        let regions = view.regions.filter { !$0.isExport }.sorted { ($1.share, $0.code) < ($0.share, $1.code) }
        assignments(regions)
        for region in regions { disc(region) }
        for site in view.sites where !site.isOpen { mark(site) }
        for site in view.sites where site.isOpen { mark(site) }
        names(regions)
        scaleBar()
        return text + "</svg>"
    }

    private mutating func graticule() {
        text += "<g class=\"graticule\">"
        for latitude in MapProjection.ticks(projection.south, projection.north, count: 6) {
            let y = number(projection.y(latitude))
            text += "<line x1=\"0\" x2=\"\(number(projection.width))\" y1=\"\(y)\" y2=\"\(y)\"/>"
            text += "<text x=\"4\" y=\"\(number(projection.y(latitude) - 3))\">\(degrees(latitude, "N", "S"))</text>"
        }
        for longitude in MapProjection.ticks(projection.west, projection.east, count: 6) {
            let x = number(projection.x(longitude))
            text += "<line x1=\"\(x)\" x2=\"\(x)\" y1=\"0\" y2=\"\(number(projection.height))\"/>"
            text += "<text x=\"\(number(projection.x(longitude) + 3))\" y=\"11\">\(degrees(longitude, "E", "W"))</text>"
        }
        text += "</g>\n"
    }

    private mutating func assignments(_ regions: [PlacementView.Point]) {
        let sites = Dictionary(view.sites.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        text += "<g class=\"served\">"
        for region in regions {
            guard let code = region.servedBy, let site = sites[code] else { continue }
            text += "<line x1=\"\(x(region.location))\" y1=\"\(y(region.location))\" "
            text += "x2=\"\(x(site.location))\" y2=\"\(y(site.location))\"/>"
        }
        text += "</g>\n"
    }

    /// Area in proportion to demand.
    private func radius(_ region: PlacementView.Point) -> Double {
        let largest = view.regions.filter { !$0.isExport }.map(\.share).max() ?? 0
        guard largest > 0, region.share.isFinite else { return 3 }
        return max(3, 34 * (max(0, region.share) / largest).squareRoot())
    }

    private mutating func disc(_ region: PlacementView.Point) {
        let tip = context.text("map_region", region.name, context.numbers.percent(region.share))
        text += "<circle class=\"region\" cx=\"\(x(region.location))\" cy=\"\(y(region.location))\" "
        text += "r=\"\(number(radius(region)))\"><title>\(escapeHTML(tip))</title></circle>\n"
    }

    private mutating func mark(_ site: PlacementView.Site) {
        let (cx, cy) = (projection.x(site.location.longitude), projection.y(site.location.latitude))
        let state = site.isOpen ? "open" : "closed"
        let tip =
            "\(site.name) (\(words("code.kind", site.kind.rawValue, context.language)), \(context.text("site_" + state)))"
        text +=
            "<path class=\"site \(state)\" d=\"\(Self.shape(site.kind, cx, cy))\"><title>\(escapeHTML(tip))</title></path>\n"
    }

    /// Square for central, diamond for regional, disc for city, triangle for front warehouses and stores.
    static func shape(_ kind: NodeKind, _ cx: Double, _ cy: Double) -> String {
        func at(_ dx: Double, _ dy: Double) -> String { "\(number(cx + dx)) \(number(cy + dy))" }
        switch kind {
        case .central, .supplier: return "M\(at(-7, -7))L\(at(7, -7))L\(at(7, 7))L\(at(-7, 7))Z"
        case .regional: return "M\(at(0, -9))L\(at(9, 0))L\(at(0, 9))L\(at(-9, 0))Z"
        case .city: return "M\(at(-6, 0))A6 6 0 1 1 \(at(6, 0))A6 6 0 1 1 \(at(-6, 0))Z"
        case .front, .store: return "M\(at(0, -7.5))L\(at(6.8, 5))L\(at(-6.8, 5))Z"
        }
    }

    private mutating func names(_ regions: [PlacementView.Point]) {
        var labels = MapLabels(width: projection.width, height: projection.height)
        for site in view.sites {
            labels.addPoint(
                x: projection.x(site.location.longitude), y: projection.y(site.location.latitude), radius: 8)
        }
        text += "<g class=\"names\">"
        // Sites first: they are the decision; of regions the large ones.
        for site in view.sites.sorted(by: { $0.isOpen && !$1.isOpen }) {
            name(
                shortName(site), site.location, radius: 9, size: site.isOpen ? 14 : 12,
                css: site.isOpen ? "open" : "closed",
                &labels)
        }
        let named = Set(view.sites.map(\.name))
        for region in regions where !named.contains(region.name) {
            name(region.name, region.location, radius: radius(region) * 0.75, size: 11.5, css: "place", &labels)
        }
        text += "</g>\n"
    }

    private mutating func name(
        _ name: String, _ location: Coordinate, radius: Double, size: Double, css: String, _ labels: inout MapLabels
    ) {
        // A digit is about 0.56 of the font's size wide; East Asian characters take the full size.
        let width = name.unicodeScalars.reduce(0) { $0 + (displayWidth(String($1)) == 2 ? size : size * 0.56) }
        guard
            let place = labels.place(
                x: projection.x(location.longitude), y: projection.y(location.latitude), radius: radius,
                textWidth: width,
                size: size)
        else { return }
        text +=
            "<text class=\"\(css)\" x=\"\(number(place.x))\" y=\"\(number(place.y))\" font-size=\"\(number(size))\" "
        text += "text-anchor=\"\(place.anchor)\">\(escapeHTML(name))</text>"
    }

    /// The mark already says what kind of place it is: `Leeds front warehouse` is labelled `Leeds`.
    private func shortName(_ site: PlacementView.Site) -> String {
        for language in Language.allCases {
            let kind = words("code.kind", site.kind.rawValue, language)
            guard site.name.lowercased().hasSuffix(kind.lowercased()) else { continue }
            let stem = site.name.dropLast(kind.count).trimmingCharacters(in: .whitespaces)
            if !stem.isEmpty { return stem }
        }
        return site.name
    }

    private mutating func scaleBar() {
        let wanted = projection.width * 0.18 / projection.pixelsPerKilometre
        let kilometres = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000].last { Double($0) <= wanted } ?? 1
        let length = Double(kilometres) * projection.pixelsPerKilometre
        let (x0, y0) = (projection.width - length - 16, projection.height - 14)
        text +=
            "<g class=\"scale\"><path d=\"M\(number(x0)) \(number(y0 - 5))V\(number(y0))H\(number(x0 + length))V\(number(y0 - 5))\"/>"
        text +=
            "<text x=\"\(number(x0 + length / 2))\" y=\"\(number(y0 - 7))\" text-anchor=\"middle\">\(kilometres) km</text></g>\n"
    }

    private func x(_ location: Coordinate) -> String { number(projection.x(location.longitude)) }
    private func y(_ location: Coordinate) -> String { number(projection.y(location.latitude)) }

    private func degrees(_ value: Double, _ positive: String, _ negative: String) -> String {
        let size = context.numbers.decimal(abs(value), value == value.rounded() ? 0 : 2)
        return size + "°" + (value == 0 ? "" : value > 0 ? positive : negative)
    }
}

/// A coordinate with one decimal: a tenth of a pixel is enough.
private func number(_ value: Double) -> String {
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() ? String(Int(tenths)) : "\(tenths)"
}
