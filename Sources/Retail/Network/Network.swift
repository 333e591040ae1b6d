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

    public init(nodes: [Node], regions: [Region], roads: Roads) {
        self.nodes = nodes
        self.regions = regions
        let table = CodeTable<Node>(nodes.map(\.code))
        upstream = nodes.map { table[$0.replenishedFrom] }
        distances = nodes.flatMap { node in regions.map { roads.kilometres(node, $0) } }
        oneHourRegions = nodes.map { node in
            guard node.kind == .front else { return [] }
            return regions.indices.filter { roads.reaches(node, regions[$0]) }.map { Region.Index($0) }
        }
    }

    /// - Parameters:
    ///   - roadFactor: road kilometres per great-circle kilometre.
    ///   - radius: road kilometres a front warehouse serves within the hour.
    public init(nodes: [Node], regions: [Region], roadFactor: Double, radius: Double) {
        self.init(nodes: nodes, regions: regions, roads: Roads(factor: roadFactor, radius: radius))
    }

    public func distance(_ node: Int, _ region: Int) -> Double { distances[node * regions.count + region] }
}
