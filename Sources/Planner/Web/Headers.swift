import Hummingbird

/// Header fields that the HTTP library has no constant for.
extension Request {
    func header(_ name: String) -> String? { HTTPFields.Element.Name(name).flatMap { headers[$0] } }
}

extension Response {
    mutating func setHeader(_ name: String, _ value: String) {
        if let name = HTTPFields.Element.Name(name) { headers[name] = value }
    }
}
