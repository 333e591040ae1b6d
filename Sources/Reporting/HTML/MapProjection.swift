import Foundation
import Retail

/// Degrees to pixels: longitude shrunk by the cosine of the middle latitude, so that distances near the middle are
/// true in every direction (the equirectangular projection with a true middle parallel).
struct MapProjection {
    let width: Double
    let height: Double
    let west: Double
    let east: Double
    let south: Double
    let north: Double
    private let scale: Double
    private let shrink: Double

    /// Fits the points into `width` pixels and at most `maximumHeight`, with a margin around them.
    init?(_ points: [Coordinate], width: Double, maximumHeight: Double) {
        let usable = points.filter(Self.isOnEarth)
        guard let first = usable.first else { return nil }
        var (low, high) = (first, first)
        for point in usable {
            low.latitude = min(low.latitude, point.latitude)
            low.longitude = min(low.longitude, point.longitude)
            high.latitude = max(high.latitude, point.latitude)
            high.longitude = max(high.longitude, point.longitude)
        }
        shrink = max(0.05, cos((low.latitude + high.latitude) / 2 * .pi / 180))
        // A tenth around, and never less than a tenth of a degree, so that a single city is no division by zero.
        let marginY = max(0.1, (high.latitude - low.latitude) * 0.07)
        let marginX = max(0.1, (high.longitude - low.longitude) * 0.12)
        south = low.latitude - marginY
        north = high.latitude + marginY
        let spanX = (high.longitude - low.longitude + 2 * marginX) * shrink
        let spanY = north - south
        scale = min(width / spanX, maximumHeight / spanY)
        height = spanY * scale
        self.width = width
        // What is left of the width goes to both sides.
        let middle = (low.longitude + high.longitude) / 2
        west = middle - width / scale / shrink / 2
        east = middle + width / scale / shrink / 2
    }

    static func isOnEarth(_ point: Coordinate) -> Bool {
        point.latitude.isFinite && point.longitude.isFinite && abs(point.latitude) <= 90 && abs(point.longitude) <= 180
    }

    func x(_ longitude: Double) -> Double { (longitude - west) * shrink * scale }
    func y(_ latitude: Double) -> Double { (north - latitude) * scale }

    /// Pixels in a kilometre along a meridian.
    var pixelsPerKilometre: Double { scale / 111.195 }

    /// Whole steps of degrees between two bounds, about `count` of them.
    static func ticks(_ low: Double, _ high: Double, count: Double) -> [Double] {
        let raw = (high - low) / count
        let step = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30].first { $0 >= raw } ?? 45
        return stride(from: (low / step).rounded(.up) * step, through: high, by: step).map { $0 }
    }
}
