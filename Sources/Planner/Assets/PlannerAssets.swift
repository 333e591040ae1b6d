import Datasets
import Hummingbird

extension Planner {
    /// The two files that pages load, checked by content so that a browser keeps what has not changed.
    func addAssets(to router: Router<BasicRequestContext>) {
        let assets = [
            ("planner.css", "text/css; charset=utf-8", Stylesheet.text),
            ("planner.js", "text/javascript; charset=utf-8", Script.text),
        ]
        for (name, type, text) in assets {
            let tag = "\"" + Fingerprint.sha256(text).prefix(16) + "\""
            router.get("assets/\(name)") { request, _ in
                let isKnown = request.headers[.ifNoneMatch] == tag
                return Response(
                    status: isKnown ? .notModified : .ok,
                    headers: [.contentType: type, .eTag: tag, .cacheControl: "no-cache"],
                    body: isKnown ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(string: text)))
            }
        }
    }
}
