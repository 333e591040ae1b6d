public import Retail
public import Store

/// Where a forecast is looked for before it is made, and kept once it is: a run takes its forecast by digest, so that
/// repeating it never refits.
public struct ForecastCache: Sendable {
    /// The forecast made for a request, with its digest; nil when there is none.
    public var find: @Sendable (_ request: String) throws(StoreError) -> (forecast: Forecast, digest: String)?
    /// Keeps a forecast; its digest is returned.
    public var keep: @Sendable (_ request: String, Forecast) throws(StoreError) -> String?

    public init(
        find: @escaping @Sendable (_ request: String) throws(StoreError) -> (forecast: Forecast, digest: String)?,
        keep: @escaping @Sendable (_ request: String, Forecast) throws(StoreError) -> String?
    ) {
        self.find = find
        self.keep = keep
    }

    /// Remembers nothing.
    public static let none = ForecastCache(
        find: { (_: String) throws(StoreError) in nil }, keep: { (_: String, _: Forecast) throws(StoreError) in nil })

    /// The forecasts of a workspace.
    public static func workspace(_ workspace: Workspace, _ dataset: Dataset) -> ForecastCache {
        let codes = SeriesCodes(dataset)
        return ForecastCache(
            find: { (request: String) throws(StoreError) in
                guard let digest = try workspace.forecastDigest(for: request),
                    let forecast = try workspace.forecast(digest: digest, codes: codes)
                else { return nil }
                return (forecast, digest)
            },
            keep: { (request: String, forecast: Forecast) throws(StoreError) in
                try workspace.storeForecast(forecast, codes: codes, request: request)
            })
    }
}
