public import Retail

/// Something that goes wrong in a scenario, before its codes are resolved.
public struct ScenarioFault: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable, Codable {
        case systemPause = "system_pause"
        case nodeOutage = "node_outage"
        case carrier
        case demandShock = "demand_shock"
        case supplierDelay = "supplier_delay"
        case lateStock = "late_stock"
    }

    public var code: String
    public var kind: Kind
    public var begins: CivilTime
    public var ends: CivilTime
    public var node: String?
    public var carrier: String?
    public var channel: String?
    public var region: String?
    /// Factor on the carrier's capacity.
    public var capacity: Double
    public var surcharge: Rate
    /// Factor on demand.
    public var factor: Double
    public var supplier: String?
    /// How much later goods come.
    public var delay: Instant

    init?(_ read: SettingsReader, _ path: String) {
        guard let code = read.text("\(path).code"), let begins = read.moment("\(path).begins"),
            let ends = read.moment("\(path).ends"), let kind = read.text("\(path).kind").flatMap(Kind.init(rawValue:))
        else { return nil }
        self.code = code
        self.kind = kind
        self.begins = begins
        self.ends = ends
        node = read.text("\(path).node")
        carrier = read.text("\(path).carrier")
        channel = read.text("\(path).channel")
        region = read.text("\(path).region")
        capacity = read.number("\(path).capacity") ?? 1
        surcharge = read.rate("\(path).surcharge") ?? .zero
        factor = read.number("\(path).factor") ?? 1
        supplier = read.text("\(path).supplier")
        delay = read.duration("\(path).delay") ?? .day
    }
}
