/// The nodes that are open in a plan, with distances to the regions: what placement decides, planning stocks
/// and the simulator runs.
public struct Network: Sendable, Equatable {
    public var nodes: [Node]
    public var regions: [Region]
    /// Road kilometres, row-major nodes x regions.
    public var distances: [Double]
    /// For each node the node it is replenished from; nil for nodes supplied from outside.
    public var upstream: [Node.Index?]
    /// For each node its regions within the one-hour radius, when it is a front warehouse.
    public var oneHourRegions: [[Region.Index]]

    /// - Parameters:
    ///   - roadFactor: road kilometres per great-circle kilometre.
    ///   - radius: road kilometres a front warehouse serves within the hour.
    public init(nodes: [Node], regions: [Region], roadFactor: Double, radius: Double) {
        self.nodes = nodes
        self.regions = regions
        let table = CodeTable<Node>(nodes.map(\.code))
        upstream = nodes.map { table[$0.replenishedFrom] }
        distances = nodes.flatMap { node in
            regions.map { greatCircleKilometres(node.location, $0.location) * roadFactor }
        }
        oneHourRegions = []
        oneHourRegions = nodes.indices.map { n in
            guard nodes[n].kind == .front else { return [] }
            return regions.indices.filter { !regions[$0].isExport && distance(n, $0) <= radius }.map {
                Region.Index($0)
            }
        }
    }

    public func distance(_ node: Int, _ region: Int) -> Double { distances[node * regions.count + region] }
}
