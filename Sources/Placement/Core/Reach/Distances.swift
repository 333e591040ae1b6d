/// Distance matrices, row-major, from what instances and maps give.
public enum Distances {
    /// Lengths of the shortest paths between all vertices of an undirected graph; infinite where there is none.
    /// - Parameter edges: ends from 0 and lengths, not negative.
    public static func shortestPaths(vertices: Int, edges: [(from: Int, to: Int, length: Double)]) -> [Double] {
        // Measured: an edge costs a search some sixty times what a pair of vertices costs a pass over all pairs.
        edges.count > vertices * vertices / 128
            ? byPasses(vertices: vertices, edges: edges) : bySearches(vertices: vertices, edges: edges)
    }

    /// Floyd and Warshall (1962) on one half of the symmetric matrix: for graphs of many edges.
    static func byPasses(vertices n: Int, edges: [(from: Int, to: Int, length: Double)]) -> [Double] {
        var distances = [Double](repeating: .infinity, count: n * n)
        for vertex in 0..<n { distances[vertex * n + vertex] = 0 }
        for edge in edges {
            let cell = max(edge.from, edge.to) * n + min(edge.from, edge.to)
            distances[cell] = min(distances[cell], edge.length)
        }
        var through = [Double](repeating: 0, count: n)
        distances.withUnsafeMutableBufferPointer { distances in
            through.withUnsafeMutableBufferPointer { through in
                for k in 0..<n {
                    for j in 0..<n { through[j] = j <= k ? distances[k * n + j] : distances[j * n + k] }
                    for i in 0..<n where through[i] < .infinity {
                        let first = through[i]
                        let row = UnsafeMutableBufferPointer(rebasing: distances[i * n..<i * n + i])
                        for j in row.indices {
                            let length = first + through[j]
                            row[j] = length < row[j] ? length : row[j]
                        }
                    }
                }
                for i in 0..<n { for j in 0..<i { distances[j * n + i] = distances[i * n + j] } }
            }
        }
        return distances
    }

    /// Dijkstra (1959) from each vertex: for graphs of few edges.
    static func bySearches(vertices: Int, edges: [(from: Int, to: Int, length: Double)]) -> [Double] {
        var offsets = [Int](repeating: 0, count: vertices + 1)
        for edge in edges {
            offsets[edge.from + 1] += 1
            offsets[edge.to + 1] += 1
        }
        for vertex in 0..<vertices { offsets[vertex + 1] += offsets[vertex] }
        var filled = offsets
        var ends = [Int32](repeating: 0, count: 2 * edges.count)
        var lengths = [Double](repeating: 0, count: 2 * edges.count)
        for edge in edges {
            for (a, b) in [(edge.from, edge.to), (edge.to, edge.from)] {
                ends[filled[a]] = Int32(b)
                lengths[filled[a]] = edge.length
                filled[a] += 1
            }
        }
        var distances = [Double](repeating: .infinity, count: vertices * vertices)
        var queue = NearestQueue()
        distances.withUnsafeMutableBufferPointer { distances in
            offsets.withUnsafeBufferPointer { offsets in
                ends.withUnsafeBufferPointer { ends in
                    lengths.withUnsafeBufferPointer { lengths in
                        for source in 0..<vertices {
                            let row = UnsafeMutableBufferPointer(
                                rebasing: distances[source * vertices..<(source + 1) * vertices])
                            row[source] = 0
                            queue.push(0, Int32(source))
                            while let (distance, vertex) = queue.pop() {
                                // An entry that a shorter path has overtaken.
                                if distance > row[Int(vertex)] { continue }
                                for k in offsets[Int(vertex)]..<offsets[Int(vertex) + 1] {
                                    let longer = distance + lengths[k]
                                    if longer < row[Int(ends[k])] {
                                        row[Int(ends[k])] = longer
                                        queue.push(longer, ends[k])
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return distances
    }

    /// Euclidean distances between points in the plane, not rounded.
    public static func euclidean(_ points: [(x: Double, y: Double)]) -> [Double] {
        var distances: [Double] = []
        distances.reserveCapacity(points.count * points.count)
        for a in points {
            for b in points {
                let (x, y) = (a.x - b.x, a.y - b.y)
                distances.append((x * x + y * y).squareRoot())
            }
        }
        return distances
    }
}

/// A binary heap of vertices by distance.
private struct NearestQueue {
    private var heap: [(distance: Double, vertex: Int32)] = []

    mutating func push(_ distance: Double, _ vertex: Int32) {
        heap.append((distance, vertex))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            if heap[parent].distance <= distance { break }
            heap[child] = heap[parent]
            child = parent
        }
        heap[child] = (distance, vertex)
    }

    mutating func pop() -> (Double, Int32)? {
        guard let top = heap.first, let last = heap.popLast() else { return nil }
        if heap.isEmpty { return top }
        var hole = 0
        while true {
            var child = 2 * hole + 1
            if child >= heap.count { break }
            if child + 1 < heap.count, heap[child + 1].distance < heap[child].distance { child += 1 }
            if heap[child].distance >= last.distance { break }
            heap[hole] = heap[child]
            hole = child
        }
        heap[hole] = last
        return top
    }
}
