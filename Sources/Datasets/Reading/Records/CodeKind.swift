import Retail

/// What a code names, and the file that lists it.
enum CodeKind: String {
    case sku = "SKU"
    case channel, region, segment, node, supplier, carrier, order, promotion, series

    var word: Phrase {
        switch self {
        case .sku: "SKU"
        case .channel: "channel"
        case .region: "region"
        case .segment: "segment"
        case .node: "node"
        case .supplier: "supplier"
        case .carrier: "carrier"
        case .order: "order"
        case .promotion: "promotion"
        case .series: "series"
        }
    }

    var file: String { self == .sku ? "products.csv" : "\(rawValue)s.csv" }
}
