import Hummingbird

/// Lets a request through only when it is addressed to a name this server goes by. Otherwise a foreign page
/// could point a name of its own at this machine and read the answers (DNS rebinding).
struct HostGuard: RouterMiddleware {
    private let names: Set<String>

    init(names: [String]) {
        let wildcard = ["0.0.0.0", "::"]
        self.names = Set(
            (names.filter { !wildcard.contains($0) } + ["localhost", "127.0.0.1", "::1"]).map { $0.lowercased() })
    }

    func admits(_ authority: String) -> Bool { names.contains(hostName(authority)) }

    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        let authority = request.head.authority ?? ""
        guard admits(authority) else { throw PlannerFailure.foreignHost(authority) }
        return try await next(request, context)
    }
}

/// The host of `host:port`, `[::1]:port` or `host`, in small letters.
func hostName(_ authority: String) -> String {
    if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
        return authority[authority.index(after: authority.startIndex)..<end].lowercased()
    }
    return (authority.split(separator: ":", omittingEmptySubsequences: false).first ?? "").lowercased()
}

/// Refuses requests that change something when another site's page sent them (cross-site request forgery).
///
/// Browsers say where a request comes from: in `Sec-Fetch-Site`, older ones in `Origin`. A request with neither
/// comes from no browser, and so carries nobody's authority but its own.
struct OriginGuard: RouterMiddleware {
    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        guard request.method != .get, request.method != .head, !isOurs(request) else {
            return try await next(request, context)
        }
        throw PlannerFailure.foreignOrigin
    }

    private func isOurs(_ request: Request) -> Bool {
        if let site = request.header("Sec-Fetch-Site") { return site == "same-origin" || site == "none" }
        guard let origin = request.headers[.origin] else { return true }
        guard let scheme = origin.firstRange(of: "://") else { return false }
        return origin[scheme.upperBound...].lowercased() == (request.head.authority ?? "").lowercased()
    }
}
