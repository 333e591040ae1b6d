import Datasets
import Foundation
import GRDB
public import Retail

extension Workspace {
    /// Stores a forecast under its digest, once however often it is stored.
    /// - Parameters:
    ///   - codes: what the forecast's series keys point at.
    ///   - request: what was asked for (data fingerprint and options), so that the same question finds it again.
    /// - Returns: the SHA-256 of the stored form.
    @discardableResult
    public func storeForecast(
        _ forecast: Forecast, codes: SeriesCodes, request: String? = nil
    ) throws(StoreError) -> String {
        let bytes: [UInt8]
        do { bytes = try ForecastCoding.encode(forecast, codes: codes) } catch {
            throw .invalid(path: path, what: error.description)
        }
        let digest = Fingerprint.sha256(bytes)
        try write { database in
            if let request {
                // A question answered anew points at its new answer.
                try database.execute(
                    sql: "UPDATE forecasts SET request = NULL WHERE request = ?", arguments: [request])
            }
            try database.execute(
                sql: """
                    INSERT INTO forecasts (digest, request, series, horizon, content) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (digest) DO UPDATE SET request = coalesce(excluded.request, request)
                    """,
                arguments: [digest, request, forecast.keys.count, forecast.horizon, Data(bytes)])
        }
        return digest
    }

    /// The digest of the forecast stored for `request`; nil when there is none.
    public func forecastDigest(for request: String) throws(StoreError) -> String? {
        try read { database in
            try String.fetchOne(
                database, sql: "SELECT digest FROM forecasts WHERE request = ?", arguments: [request])
        }
    }

    /// Reads a forecast back, its keys as indices of the data set that `codes` belong to.
    /// - Returns: nil when no forecast has this digest.
    public func forecast(digest: String, codes: SeriesCodes) throws(StoreError) -> Forecast? {
        let content = try read { database in
            try Data.fetchOne(database, sql: "SELECT content FROM forecasts WHERE digest = ?", arguments: [digest])
        }
        guard let content else { return nil }
        do {
            let bytes = [UInt8](content)
            guard Fingerprint.sha256(bytes) == digest else { throw BlobDefect.checksum }
            return try ForecastCoding.decode(bytes, codes: codes)
        } catch {
            throw StoreError.damaged(path: path, what: "forecast \(digest.prefix(12)): \(error)")
        }
    }
}
