import Retail

/// What a code names, and the file that lists it.
enum CodeKind {
    case sku, channel, region, segment, node, supplier, carrier, order, promotion, series

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

    var file: String {
        switch self {
        case .sku: "products.csv"
        case .channel: "channels.csv"
        case .region: "regions.csv"
        case .segment: "segments.csv"
        case .node: "nodes.csv"
        case .supplier: "suppliers.csv"
        case .carrier: "carriers.csv"
        case .order: "orders.csv"
        case .promotion: "promotions.csv"
        // A file of series alone lists them by their demand.
        case .series: "demand.csv"
        }
    }

}
