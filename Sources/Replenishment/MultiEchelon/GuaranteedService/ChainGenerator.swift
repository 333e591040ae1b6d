import NumericCore
import Retail

/// Random supply networks without circles, alike in shape to those that companies have published (Willems, 2008, MSOM
/// 10): parts, assemblies, finished goods, distribution centres and places of sale in layers, most stages with one or
/// two suppliers and some with several, parts shared between assemblies.
public enum ChainGenerator {
    /// - Parameters:
    ///   - stages: at least 5.
    ///   - seed: the same seed gives the same chain everywhere.
    public static func chain(stages count: Int, seed: UInt64) -> [ServiceChain.Stage] {
        let count = max(5, count)
        var random = RandomStream(
            seed: seed, stream: RandomStreamID.generator.rawValue, entity: entityHash("service chain"), replication: 0)
        // Shares of the five layers.
        let ends = [0.36, 0.56, 0.70, 0.80, 1].map { max(1, Int($0 * Double(count))) }
        var layers: [Range<Int>] = []
        for end in ends {
            let start = layers.last?.upperBound ?? 0
            layers.append(start..<max(end, start + 1))
        }
        let longest = [60, 12, 10, 8, 4]
        var stages: [ServiceChain.Stage] = []
        for (layer, places) in layers.enumerated() {
            for place in places where place < count {
                var stage = ServiceChain.Stage(
                    name: "\(["part", "assembly", "product", "centre", "store"][layer])_\(place + 1)",
                    leadTime: 1 + random.integer(below: longest[layer]),
                    addedCost: layer == 4 ? 1 + 4 * random.uniform() : 5 + 95 * random.uniform() * random.uniform())
                if layer > 0 {
                    let above = layers[layer - 1]
                    // Suppliers lie near the same place of the layer above, as families of products do.
                    let centre = Double(place - places.lowerBound) / Double(places.count)
                    // A store has one centre, now and then two; the others have one to three suppliers.
                    let suppliers = layer == 4 ? (random.uniform() < 0.15 ? 2 : 1) : 1 + random.integer(below: 3)
                    var chosen: Set<Int> = []
                    for _ in 0..<suppliers {
                        let offset = (random.uniform() - 0.5) * max(0.1, 4 / Double(above.count))
                        let at = min(0.999_999, max(0, centre + offset))
                        chosen.insert(above.lowerBound + Int(at * Double(above.count)))
                    }
                    for supplier in chosen.sorted() where supplier < place {
                        stage.upstream.append((supplier, layer == 1 ? Double(1 + random.integer(below: 3)) : 1))
                    }
                }
                if layer == 4 {
                    stage.maximumServiceTime = 0
                    stage.demandMean = 5 + 95 * random.uniform()
                    stage.demandDeviation = stage.demandMean * (0.2 + 0.8 * random.uniform())
                    stage.safetyFactor = 1.645
                }
                stages.append(stage)
            }
        }
        // What nobody uses yet goes into a stage of the next layer at the same place.
        var isUsed = [Bool](repeating: false, count: stages.count)
        for stage in stages { for link in stage.upstream { isUsed[link.stage] = true } }
        for layer in 0..<4 {
            for place in layers[layer] where !isUsed[place] {
                let next = layers[layer + 1]
                let at = Double(place - layers[layer].lowerBound) / Double(layers[layer].count)
                stages[next.lowerBound + Int(at * Double(next.count))].upstream.append((place, 1))
            }
        }
        return stages
    }
}
