import Hummingbird

/// A submitted form with a file (`multipart/form-data`).
struct Upload: Sendable {
    /// Longest body that is read, bytes: a sheet of suggestions and room to spare.
    static let limit = 64 << 20

    var form = Form()
    var file: (name: String, bytes: [UInt8])?

    init(reading request: Request) async throws {
        guard let boundary = Self.boundary(request.headers[.contentType] ?? "") else { throw PlannerFailure.badForm }
        let body: ByteBuffer
        do { body = try await request.body.collect(upTo: Self.limit) } catch { throw PlannerFailure.tooLarge }
        guard let parsed = Upload(body: Array(body.readableBytesView), boundary: boundary) else {
            throw PlannerFailure.badForm
        }
        self = parsed
    }

    /// Parses a body; nil where it is not well-formed.
    init?(body: [UInt8], boundary: String) {
        let mark = Array(("--" + boundary).utf8)
        var fields: [(name: String, value: String)] = []
        guard body.starts(with: mark) else { return nil }
        var at = mark.count
        while true {
            // After a boundary: the end of the form, or a part.
            if body[at...].starts(with: [45, 45]) { break }
            guard body[at...].starts(with: [13, 10]), fields.count < Form.maximumFields else { return nil }
            at += 2
            guard let headEnd = Self.find([13, 10, 13, 10], in: body, from: at),
                let end = Self.find([13, 10] + mark, in: body, from: headEnd)
            else { return nil }
            let head = String(decoding: body[at..<headEnd], as: UTF8.self)
            let content = body[headEnd + 4 <= end ? headEnd + 4..<end : end..<end]
            guard let name = Self.parameter("name", head) else { return nil }
            if let fileName = Self.parameter("filename", head) {
                file = (fileName, Array(content))
            } else {
                guard content.count <= Form.limit, let value = String(validating: content, as: UTF8.self) else {
                    return nil
                }
                fields.append((name, value))
            }
            at = end + 2 + mark.count
        }
        form = Form(fields)
    }

    private static func boundary(_ contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/form-data"),
            let mark = contentType.firstRange(of: "boundary=")
        else { return nil }
        let text = contentType[mark.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
        return text.isEmpty || text.count > 200 ? nil : String(text)
    }

    /// `name="value"` of a part's head.
    private static func parameter(_ name: String, _ head: String) -> String? {
        for prefix in ["; \(name)=\"", ";\(name)=\""] {
            guard let start = head.firstRange(of: prefix) else { continue }
            return String(head[start.upperBound...].prefix { $0 != "\"" })
        }
        return nil
    }

    private static func find(_ mark: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        guard start <= body.count, body.count >= mark.count else { return nil }
        var at = start
        while at + mark.count <= body.count {
            if body[at] == mark[0], body[at..<at + mark.count].elementsEqual(mark) { return at }
            at += 1
        }
        return nil
    }
}
