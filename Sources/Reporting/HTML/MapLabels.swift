/// Places labels beside their points without covering points or other labels: each tries eight places around
/// its point, the most important first, and is left out when none is free.
struct MapLabels {
    struct Box {
        var x0: Double
        var y0: Double
        var x1: Double
        var y1: Double

        func overlaps(_ other: Box) -> Bool { x0 < other.x1 && other.x0 < x1 && y0 < other.y1 && other.y0 < y1 }
        func overlap(_ other: Box) -> Double {
            max(0, min(x1, other.x1) - max(x0, other.x0)) * max(0, min(y1, other.y1) - max(y0, other.y0))
        }
    }

    struct Placed {
        var x: Double
        /// Baseline.
        var y: Double
        var anchor: String
    }

    private var labels: [Box] = []
    private var points: [Box] = []
    private let width: Double
    private let height: Double

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    mutating func addPoint(x: Double, y: Double, radius: Double) {
        points.append(Box(x0: x - radius, y0: y - radius, x1: x + radius, y1: y + radius))
    }

    /// A free place for a label of `textWidth` x `size` pixels beside a point of `radius`, or nil.
    mutating func place(x: Double, y: Double, radius: Double, textWidth: Double, size: Double) -> Placed? {
        let gap = radius + 3
        let slant = gap * 0.72
        let choices: [(Double, Double, String)] = [
            (x + gap, y + size * 0.35, "start"), (x - gap, y + size * 0.35, "end"),
            (x + slant, y - slant, "start"), (x + slant, y + slant + size * 0.7, "start"),
            (x - slant, y - slant, "end"), (x - slant, y + slant + size * 0.7, "end"),
            (x, y - gap - 1, "middle"), (x, y + gap + size * 0.8, "middle"),
        ]
        var best: (cost: Double, choice: (Double, Double, String), box: Box)?
        for (rank, choice) in choices.enumerated() {
            let left =
                choice.2 == "start" ? choice.0 : choice.2 == "end" ? choice.0 - textWidth : choice.0 - textWidth / 2
            let box = Box(x0: left, y0: choice.1 - size * 0.8, x1: left + textWidth, y1: choice.1 + size * 0.25)
            if box.x0 < 2 || box.x1 > width - 2 || box.y0 < 2 || box.y1 > height - 2 { continue }
            if labels.contains(where: box.overlaps) { continue }
            let cost = points.reduce(Double(rank) * 2) { $0 + $1.overlap(box) }
            if best.map({ cost < $0.cost }) ?? true { best = (cost, choice, box) }
        }
        guard let best, best.cost < textWidth * size * 0.5 else { return nil }
        labels.append(best.box)
        return Placed(x: best.choice.0, y: best.choice.1, anchor: best.choice.2)
    }
}
