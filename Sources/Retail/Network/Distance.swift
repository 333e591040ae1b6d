import Foundation

/// Great-circle distance in kilometres (haversine, mean earth radius 6,371.0088 km).
public func greatCircleKilometres(_ a: Coordinate, _ b: Coordinate) -> Double {
    let radians = Double.pi / 180
    let halfLatitude = sin((b.latitude - a.latitude) * radians / 2)
    let halfLongitude = sin((b.longitude - a.longitude) * radians / 2)
    let h =
        halfLatitude * halfLatitude
        + cos(a.latitude * radians) * cos(b.latitude * radians) * halfLongitude * halfLongitude
    return 2 * 6_371.0088 * asin(min(1, h.squareRoot()))
}
