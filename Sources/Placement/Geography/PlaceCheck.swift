import Retail

/// Faults of places that would make a plan wrong without making it fail.
enum PlaceCheck {
    static func check(regions: [Region], candidates: [Node], existing: [Node]) throws(PlacementError) {
        var places = regions.map { (what: "region", code: $0.code, at: $0.location) }
        places += candidates.map { (what: "candidate", code: $0.code, at: $0.location) }
        places += existing.map { (what: "node", code: $0.code, at: $0.location) }
        for place in places {
            guard abs(place.at.latitude) <= 90, abs(place.at.longitude) <= 180 else {
                throw .coordinate(
                    what: place.what, code: place.code, latitude: place.at.latitude, longitude: place.at.longitude)
            }
        }
        try checkSwapped(places)
        try checkDistinct(candidates)
    }

    /// A place far from all others that would lie among them with its coordinates exchanged. Only a few such places
    /// can be told from the rest: when all are exchanged alike, they fit together just as well.
    private static func checkSwapped(
        _ places: [(what: String, code: String, at: Coordinate)]
    ) throws(PlacementError) {
        guard places.count >= 4 else { return }
        func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
        let centre = Coordinate(
            latitude: middle(places.map(\.at.latitude)), longitude: middle(places.map(\.at.longitude)))
        let distances = places.map { greatCircleKilometres($0.at, centre) }
        // Three quarters of the places lie within this; a country is seldom ten times as wide as most of it.
        let usual = max(50, distances.sorted()[places.count * 3 / 4])
        for (place, distance) in zip(places, distances) where distance > 10 * usual {
            guard abs(place.at.longitude) <= 90 else { continue }
            let turned = Coordinate(latitude: place.at.longitude, longitude: place.at.latitude)
            if greatCircleKilometres(turned, centre) <= 2 * usual {
                throw .swappedCoordinate(
                    what: place.what, code: place.code, latitude: place.at.latitude, longitude: place.at.longitude)
            }
        }
    }

    private static func checkDistinct(_ candidates: [Node]) throws(PlacementError) {
        var codes: Set<String> = []
        var places: [[Double]: String] = [:]
        for node in candidates {
            guard codes.insert(node.code).inserted else { throw .duplicateSite(code: node.code, other: node.code) }
            let place = [node.location.latitude, node.location.longitude]
            if let other = places.updateValue(node.code, forKey: place) {
                throw .duplicateSite(code: other, other: node.code)
            }
        }
    }
}
