public import Retail

/// The codes that series keys point at, in the order of a data set's dense indices.
public struct SeriesCodes: Sendable, Equatable {
    public var skus: [String]
    public var channels: [String]
    public var regions: [String]

    public init(skus: [String], channels: [String], regions: [String]) {
        self.skus = skus
        self.channels = channels
        self.regions = regions
    }

    public init(_ dataset: Dataset) {
        self.init(
            skus: dataset.skus.map(\.code), channels: dataset.channels.map(\.code),
            regions: dataset.regions.map(\.code))
    }
}
