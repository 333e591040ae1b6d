import Hummingbird

/// Tells the browser to trust nothing but this server's own files, and to keep pages out of caches and frames.
struct SecurityHeaders: RouterMiddleware {
    /// No inline script or style anywhere; forms and requests go to this server only.
    static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// A report carries its charts' code inside. It is shown as a document without an origin: it can run its own
    /// code, and cannot reach this server in the reader's name.
    static let reportPolicy = [
        "default-src 'none'", "script-src 'unsafe-inline'", "style-src 'unsafe-inline'", "img-src data:",
        "font-src data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
        "sandbox allow-scripts allow-popups allow-downloads",
    ].joined(separator: "; ")

    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if response.headers[.contentSecurityPolicy] == nil { response.headers[.contentSecurityPolicy] = Self.policy }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        response.headers[.xContentTypeOptions] = "nosniff"
        response.setHeader("Referrer-Policy", "same-origin")
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin")
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin")
        return response
    }
}
