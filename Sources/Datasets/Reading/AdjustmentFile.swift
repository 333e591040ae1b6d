public import Retail

extension DatasetReader {
    /// Reads people's changes to a forecast from one file in the columns of `adjustments.csv`, plain or gzip.
    ///
    /// - Parameter dataset: the data set whose codes it names.
    /// - Throws: `DatasetError` with everything found wrong.
    public static func readAdjustments(file path: String, for dataset: Dataset) throws(DatasetError) -> [Adjustment] {
        let log = IssueLog()
        let name = path.split(separator: "/").last.map(String.init) ?? path
        var reader = TableReader(
            path: path, file: name, schema: Schema.adjustments, currency: dataset.currency, log: log)
        var channels = CodePool(dataset.channels.map(\.code))
        var regions = CodePool(dataset.regions.map(\.code))
        let list = reader.adjustments(
            skus: CodePool(dataset.skus.map(\.code)), channels: &channels, regions: &regions)
        try log.check()
        return list
    }
}
