import Retail

/// The stored form of a forecast, version 1. Whose demand a series is is written as codes, never as dense
/// indices, so that a forecast can be read back against any data set that knows the codes.
///
///     "GRFC" | version u16 | step | origin i32 | horizon u64 | levels u64 | level ...
///     | three code lists (SKUs, channels, regions), each: count u64 | text ...
///     | series u64 | keys: three i32 a series, -1 for "summed over all" | names | mean | quantiles
///     | per series: model | note | scores u64 (name, error) ... | parts u64 (name, units) ...
enum ForecastCoding {
    static let version: UInt16 = 1

    static func encode(_ forecast: Forecast, codes: SeriesCodes) throws(BlobDefect) -> [UInt8] {
        let series = forecast.keys.count
        let cells = series * forecast.horizon
        guard forecast.names.count == series, forecast.choices.count == series, forecast.mean.count == cells,
            forecast.quantiles.count == cells * forecast.levels.count
        else { throw .badValue("shape of the forecast") }

        var writer = ByteWriter()
        writer.append(tag: "GRFC")
        writer.append(version)
        writer.append(forecast.axis.step.rawValue)
        writer.append(forecast.axis.origin.number)
        writer.append(UInt64(forecast.horizon))
        writer.append(UInt64(forecast.levels.count))
        writer.append(forecast.levels)

        var skus = CodeTable<SKU>()
        var channels = CodeTable<Channel>()
        var regions = CodeTable<Region>()
        var keys: [Int32] = []
        keys.reserveCapacity(series * 3)
        for key in forecast.keys {
            keys.append(try number(key.sku, in: codes.skus, adding: &skus))
            keys.append(try number(key.channel, in: codes.channels, adding: &channels))
            keys.append(try number(key.region, in: codes.regions, adding: &regions))
        }
        for list in [skus.codes, channels.codes, regions.codes] {
            writer.append(UInt64(list.count))
            for code in list { writer.append(code) }
        }
        writer.append(UInt64(series))
        for key in keys { writer.append(key) }
        for name in forecast.names { writer.append(name) }
        writer.append(forecast.mean)
        writer.append(forecast.quantiles)
        for choice in forecast.choices { append(choice, to: &writer) }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8], codes: SeriesCodes) throws(BlobDefect) -> Forecast {
        var reader = ByteReader(bytes)
        try reader.expect(tag: "GRFC")
        let found: UInt16 = try reader.integer()
        guard found == version else { throw .unknownVersion(found) }
        guard let step = TimeStep(rawValue: try reader.text()) else { throw .badValue("step") }
        let origin = Day(number: try reader.integer())
        let horizon: UInt64 = try reader.integer()
        let levels = try reader.reals(try reader.count(each: 8))
        let skus = CodeTable<SKU>(try reader.texts(try reader.count(each: 4)))
        let channels = CodeTable<Channel>(try reader.texts(try reader.count(each: 4)))
        let regions = CodeTable<Region>(try reader.texts(try reader.count(each: 4)))

        let series = try reader.count(each: 12)
        let knownSKUs = CodeTable<SKU>(codes.skus)
        let knownChannels = CodeTable<Channel>(codes.channels)
        let knownRegions = CodeTable<Region>(codes.regions)
        var keys: [SeriesKey] = []
        keys.reserveCapacity(series)
        for _ in 0..<series {
            keys.append(
                SeriesKey(
                    sku: try index(try reader.integer(), stored: skus, known: knownSKUs, what: "SKU"),
                    channel: try index(try reader.integer(), stored: channels, known: knownChannels, what: "channel"),
                    region: try index(try reader.integer(), stored: regions, known: knownRegions, what: "region")))
        }
        let names = try reader.texts(series)
        let (cells, tooMany) = series.multipliedReportingOverflow(by: Int(clamping: horizon))
        let (quantiles, farTooMany) = cells.multipliedReportingOverflow(by: levels.count)
        guard !tooMany, !farTooMany else { throw .truncated }
        let mean = try reader.reals(cells)
        let values = try reader.reals(quantiles)
        var choices: [ModelChoice] = []
        choices.reserveCapacity(series)
        for _ in 0..<series { choices.append(try choice(&reader)) }
        try reader.finish()
        return Forecast(
            axis: TimeAxis(step: step, origin: origin, count: Int(clamping: horizon)), keys: keys, names: names,
            mean: mean, levels: levels, quantiles: values, choices: choices)
    }

    private static func append(_ choice: ModelChoice, to writer: inout ByteWriter) {
        writer.append(choice.model)
        writer.append(choice.note)
        writer.append(UInt64(choice.scores.count))
        for score in choice.scores {
            writer.append(score.model)
            writer.append(score.error)
        }
        writer.append(UInt64(choice.parts.count))
        for part in choice.parts {
            writer.append(part.name)
            writer.append(part.units)
        }
    }

    private static func choice(_ reader: inout ByteReader) throws(BlobDefect) -> ModelChoice {
        let model = try reader.text()
        let note = try reader.text()
        var scores: [ModelScore] = []
        for _ in 0..<(try reader.count(each: 12)) {
            scores.append(ModelScore(model: try reader.text(), error: try reader.real()))
        }
        var parts: [ForecastPart] = []
        for _ in 0..<(try reader.count(each: 12)) {
            parts.append(ForecastPart(name: try reader.text(), units: try reader.real()))
        }
        return ModelChoice(model: model, scores: scores, note: note, parts: parts)
    }

    /// The position of an entity's code in the forecast's own list; -1 for "summed over all".
    private static func number<Entity>(
        _ index: DenseIndex<Entity>?, in known: [String], adding list: inout CodeTable<Entity>
    ) throws(BlobDefect) -> Int32 {
        guard let index else { return -1 }
        guard known.indices.contains(index.position) else { throw .badValue("series key \(index.raw)") }
        return list.insert(known[index.position]).raw
    }

    /// The dense index that a stored code has in the data set at hand.
    private static func index<Entity>(
        _ number: Int32, stored: CodeTable<Entity>, known: CodeTable<Entity>, what: String
    ) throws(BlobDefect) -> DenseIndex<Entity>? {
        if number == -1 { return nil }
        guard number >= 0, Int(number) < stored.count else { throw .badValue("series key") }
        let code = stored.codes[Int(number)]
        guard let index = known[code] else { throw .badValue("\(what) code \(code), unknown to this data set") }
        return index
    }
}
