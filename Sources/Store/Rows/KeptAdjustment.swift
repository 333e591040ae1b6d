public import Retail

/// A change to the forecast that a workspace keeps, by codes: people's word stays apart from any forecast, is laid over
/// each new one, and is never changed, only withdrawn.
public struct KeptAdjustment: Sendable, Equatable, Identifiable {
    /// What it covers, by codes.
    public enum Scope: Sendable, Equatable {
        case everything
        case category([String])
        case skus([String])
    }

    public var id: Int64
    public var scope: Scope
    public var channel: String?
    public var region: String?
    /// All but scope, channel and region, which are empty here.
    public var change: Adjustment
    /// Seconds since 1970-01-01 00:00 UTC.
    public var at: Int64
    /// Who withdrew it; nil while it is in force.
    public var withdrawnBy: String?

    /// The change as a data set's own; nil where a code is not in the data set.
    public func adjustment(for dataset: Dataset) -> Adjustment? {
        var made = change
        switch scope {
        case .everything: made.scope = .everything
        case .category(let levels): made.scope = .category(levels)
        case .skus(let codes):
            let found = codes.compactMap { code in dataset.skus.firstIndex { $0.code == code } }
            guard found.count == codes.count else { return nil }
            made.scope = .skus(found.map { SKU.Index($0) })
        }
        if let channel {
            guard let place = dataset.channels.firstIndex(where: { $0.code == channel }) else { return nil }
            made.channel = Channel.Index(place)
        }
        if let region {
            guard let place = dataset.regions.firstIndex(where: { $0.code == region }) else { return nil }
            made.region = Region.Index(place)
        }
        return made
    }
}

extension KeptAdjustment {
    /// An adjustment of a data set, with its indices as codes.
    init(_ adjustment: Adjustment, of dataset: Dataset, at: Int64) {
        id = 0
        channel = adjustment.channel.map { dataset.channels[$0.position].code }
        region = adjustment.region.map { dataset.regions[$0.position].code }
        scope =
            switch adjustment.scope {
            case .everything: .everything
            case .category(let levels): .category(levels)
            case .skus(let skus): .skus(skus.map { dataset.skus[$0.position].code })
            }
        change = adjustment
        (change.scope, change.channel, change.region) = (.everything, nil, nil)
        self.at = at
    }
}
