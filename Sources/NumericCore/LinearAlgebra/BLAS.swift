import COpenBLAS

/// The one door to OpenBLAS: every call passes `BLAS.prepare()` first.
enum BLAS {
    /// One thread, set once: sums then have one order, and the work is spread over series instead.
    private static let singleThreaded: Void = openblas_set_num_threads(1)

    static func prepare() { _ = singleThreaded }
}

extension Matrix {
    /// The shape in words, for errors.
    var shape: String { "\(rows) x \(columns)" }
}

func requireFinite(_ values: [Double], _ name: String) throws(LinearAlgebraError) {
    if !values.allSatisfy(\.isFinite) { throw .nonFinite(name) }
}
