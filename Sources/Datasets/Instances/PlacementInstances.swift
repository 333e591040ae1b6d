import Retail

/// A published p-median instance: a road network, points in the plane, or a matrix of distances.
public enum MedianInstance: Sendable, Equatable {
    /// Undirected edges between vertices counted from 0; `sites` is the number of sites the file asks for.
    case network(vertices: Int, edges: [InstanceEdge], sites: Int)
    case points([InstancePoint])
    /// Row-major, the same both ways.
    case matrix(points: Int, distances: [Double])
}

public struct InstanceEdge: Sendable, Equatable {
    public var from: Int
    public var to: Int
    public var length: Double
}

public struct InstancePoint: Sendable, Equatable {
    public var x: Double
    public var y: Double
}

/// A published facility location instance.
public struct FacilityInstance: Sendable, Equatable {
    public var siteCount: Int
    public var clientCount: Int
    /// By site; nil where the file leaves the capacity to the reader (the word `capacity`).
    public var capacities: [Double?]
    public var fixedCosts: [Double]
    public var demands: [Double]
    /// Row-major sites x clients: cost of serving all of the client's demand from the site.
    public var costs: [Double]
}

/// Reads the instance files that solvers are compared on.
public enum PlacementInstances {
    /// More cells than this are refused before any memory is asked for.
    public static let maximumCells = 200_000_000
    private static let magnitudes = -1e15...1e15
    private static let lengths = 0...1e15

    /// A p-median file: OR-Library's `pmed` (`n m p`, then `m` edges; of a repeated edge the last one counts; Beasley,
    /// 1990), or TSPLIB's coordinates (Reinelt, 1991).
    /// - Throws: `FileError`, or a `DataIssue` with file, line and value.
    public static func median(path: String) throws -> MedianInstance {
        var scanner = try InstanceScanner(path: path)
        var peek = scanner
        guard let first = peek.word() else { throw scanner.issue(nil, "the file is empty", "fetch it again") }
        let isNetwork = first.first.map { $0 >= 48 && $0 <= 57 } ?? false
        return try isNetwork ? network(&scanner) : points(&scanner)
    }

    private static func network(_ scanner: inout InstanceScanner) throws(DataIssue) -> MedianInstance {
        let vertices = try scanner.count("the number of vertices", in: 1...14_142)
        let count = try scanner.count("the number of edges", in: 0...20_000_000)
        let sites = try scanner.count("the number of sites", in: 1...vertices)
        var edges: [InstanceEdge] = []
        var places: [Int: Int] = [:]
        for _ in 0..<count {
            let from = try scanner.count("a vertex", in: 1...vertices) - 1
            let to = try scanner.count("a vertex", in: 1...vertices) - 1
            let length = try scanner.number("a length", in: lengths)
            let key = min(from, to) * vertices + max(from, to)
            if let place = places[key] {
                edges[place].length = length
            } else {
                places[key] = edges.count
                edges.append(InstanceEdge(from: from, to: to, length: length))
            }
        }
        try scanner.expectEnd()
        return .network(vertices: vertices, edges: edges, sites: sites)
    }

    private static func points(_ scanner: inout InstanceScanner) throws(DataIssue) -> MedianInstance {
        var dimension: Int?
        var isExplicit = false
        while true {
            guard let word = scanner.word() else {
                throw scanner.issue(
                    nil, "there is no NODE_COORD_SECTION", "give an OR-Library pmed file or TSPLIB coordinates")
            }
            var key = String(decoding: word, as: UTF8.self)
            if key.hasSuffix(":") { key.removeLast() }
            if key == "NODE_COORD_SECTION" { break }
            if key == "EDGE_WEIGHT_SECTION", isExplicit { return try matrix(&scanner, dimension) }
            var value = scanner.restOfLine()
            if value.hasPrefix(":") { value = String(value.dropFirst().drop { $0 == " " }) }
            switch key {
            case "DIMENSION":
                guard let count = Int(value), (1...14_142).contains(count) else {
                    throw scanner.issue(word, "DIMENSION is \(value); 1 to 14142 points are expected", "correct it")
                }
                dimension = count
            case "EDGE_WEIGHT_TYPE" where value == "EXPLICIT": isExplicit = true
            case "EDGE_WEIGHT_FORMAT" where isExplicit && value != "FULL_MATRIX":
                throw scanner.issue(
                    word, "the matrix has the form \(value)", "write all distances out (FULL_MATRIX)")
            case "EDGE_WEIGHT_TYPE" where !["EUC_2D", "CEIL_2D", "ATT"].contains(value):
                throw scanner.issue(
                    word, "distances are of type \(value)", "give a file with points in the plane (EUC_2D)")
            default: break
            }
        }
        guard let dimension else { throw scanner.issue(nil, "there is no DIMENSION", "add the number of points") }
        var points = [InstancePoint?](repeating: nil, count: dimension)
        for _ in 0..<dimension {
            let number = try scanner.count("the number of a point", in: 1...dimension) - 1
            guard points[number] == nil else {
                throw scanner.issue(nil, "point \(number + 1) appears twice", "number the points 1 to \(dimension)")
            }
            let x = try scanner.number("a coordinate", in: magnitudes)
            points[number] = InstancePoint(x: x, y: try scanner.number("a coordinate", in: magnitudes))
        }
        if let word = scanner.word(), !word.elementsEqual("EOF".utf8) {
            throw scanner.issue(word, "there is more than DIMENSION announces", "check DIMENSION")
        }
        return .points(points.compactMap(\.self))
    }

    private static func matrix(_ scanner: inout InstanceScanner, _ dimension: Int?) throws(DataIssue) -> MedianInstance
    {
        guard let count = dimension else {
            throw scanner.issue(nil, "there is no DIMENSION", "add the number of points")
        }
        var distances = [Double](repeating: 0, count: count * count)
        for row in 0..<count {
            for column in 0..<count {
                let length = try scanner.number("a distance", in: lengths)
                distances[row * count + column] = length
                if column < row, distances[column * count + row] != length {
                    throw scanner.issue(
                        nil,
                        "from \(row + 1) to \(column + 1) it is \(length), but "
                            + "\(distances[column * count + row]) the other way",
                        "make the distances the same both ways")
                }
            }
        }
        if let word = scanner.word(), !word.elementsEqual("EOF".utf8) {
            throw scanner.issue(word, "there is more than DIMENSION announces", "check DIMENSION")
        }
        return .matrix(points: count, distances: distances)
    }

    /// A file of OR-Library's `cap` series (Beasley, 1988): `m n`, for each site its capacity and fixed cost, then for
    /// each client its demand and the cost of serving all of it from each site.
    /// - Throws: `FileError`, or a `DataIssue` with file, line and value.
    public static func facility(path: String) throws -> FacilityInstance {
        var scanner = try InstanceScanner(path: path)
        let sites = try scanner.count("the number of sites", in: 1...1_000_000)
        let clients = try scanner.count("the number of clients", in: 1...1_000_000)
        guard sites * clients <= maximumCells else {
            throw scanner.issue(
                nil, "\(sites) sites and \(clients) clients make more than \(maximumCells) costs", "give a smaller file"
            )
        }
        var capacities: [Double?] = []
        var fixedCosts: [Double] = []
        for _ in 0..<sites {
            guard let word = scanner.word() else {
                throw scanner.issue(nil, "the file ends among the sites", "fetch the file again: it is cut off")
            }
            capacities.append(
                word.elementsEqual("capacity".utf8) ? nil : try scanner.number(word, "a capacity", in: lengths))
            fixedCosts.append(try scanner.number("a fixed cost", in: magnitudes))
        }
        var demands: [Double] = []
        var costs = [Double](repeating: 0, count: sites * clients)
        for client in 0..<clients {
            demands.append(try scanner.number("a demand", in: lengths))
            for site in 0..<sites {
                costs[site * clients + client] = try scanner.number("a cost", in: magnitudes)
            }
        }
        try scanner.expectEnd()
        return FacilityInstance(
            siteCount: sites, clientCount: clients, capacities: capacities, fixedCosts: fixedCosts, demands: demands,
            costs: costs)
    }

    /// What opening each of `count` sites costs: as many numbers from 0, in the order of the sites.
    /// - Throws: `FileError`, or a `DataIssue` with file, line and value.
    public static func fixedCosts(path: String, count: Int) throws -> [Double] {
        var scanner = try InstanceScanner(path: path)
        var costs: [Double] = []
        while let word = scanner.word() { costs.append(try scanner.number(word, "a fixed cost", in: lengths)) }
        guard costs.count == count else {
            throw scanner.issue(nil, "there are \(costs.count) costs for \(count) sites", "give one number a site")
        }
        return costs
    }
}
