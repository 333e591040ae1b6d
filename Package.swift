// swift-tools-version: 6.2
import PackageDescription

/// The processor level the hot targets are compiled for. Unset, the build is portable and other
/// packages may depend on this one; `make` sets it from what the machine's own processor can do.
let march = Context.environment["GRANARY_MARCH"] ?? ""

/// Set in continuous integration: warnings are errors.
let strictness: [SwiftSetting] =
    Context.environment["GRANARY_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]
let strict: [SwiftSetting] =
    strictness + [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
let hot: [SwiftSetting] = strict + (march.isEmpty ? [] : [.unsafeFlags(["-Xcc", "-march=\(march)"])])

/// Model fitting is so slow without optimization that the tests would take a quarter of an hour.
let fitting: [SwiftSetting] =
    hot + (march.isEmpty ? [] : [.unsafeFlags(["-O"], .when(configuration: .debug))])

/// One room of the house: a target, what it may import, and the tests that mirror it.
/// `Tests/ArchitectureTests` checks the imports in the sources against this list.
struct Room {
    var name: String
    var imports: [Target.Dependency]
    var settings: [SwiftSetting] = strict
    var resources: [Resource] = []
    var testImports: [Target.Dependency] = []
}

let rooms: [Room] = [
    Room(name: "NumericCore", imports: ["COpenBLAS"], settings: hot),
    Room(name: "Retail", imports: ["NumericCore"], settings: hot),
    Room(name: "Forecasting", imports: ["Retail", "NumericCore"], settings: fitting),
    Room(name: "Replenishment", imports: ["Retail", "NumericCore"], settings: hot),
    Room(name: "Placement", imports: ["Retail", "NumericCore"], settings: hot),
    Room(name: "Simulation", imports: ["Retail", "NumericCore", "Replenishment", "CPrefetch"], settings: hot),
    Room(
        name: "Datasets",
        imports: ["Retail", "NumericCore", "CZlib", .product(name: "Crypto", package: "swift-crypto")],
        settings: hot),
    Room(
        name: "Store",
        imports: ["Retail", "Datasets", .product(name: "GRDB", package: "GRDB.swift")]),
    Room(
        name: "Scenarios",
        imports: [
            "Retail", "NumericCore", "Forecasting", "Replenishment", "Placement", "Simulation", "Datasets", "Store",
            .product(name: "Yams", package: "Yams"),
        ]),
    Room(
        name: "Reporting",
        imports: [
            "Retail", "Forecasting", "Replenishment", "Placement", "Simulation", "Datasets", "Store", "Scenarios",
            "CXLSXWriter", "CZip",
            .product(name: "Mustache", package: "swift-mustache"),
        ]),
    Room(
        name: "Planner",
        imports: [
            "Retail", "Replenishment", "Simulation", "Datasets", "Store", "Scenarios", "Reporting",
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "Mustache", package: "swift-mustache"),
            .product(name: "Logging", package: "swift-log"),
        ],
        testImports: [.product(name: "HummingbirdTesting", package: "hummingbird")]),
]

let package = Package(
    name: "granary",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "granary", targets: ["granary"])
    ] + rooms.map { .library(name: $0.name, targets: [$0.name]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CPrefetch"),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .executableTarget(
            name: "granary",
            dependencies: rooms.map { .target(name: $0.name) } + [
                .product(name: "ArgumentParser", package: "swift-argument-parser")
            ],
            swiftSettings: strict),
        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
        .testTarget(
            name: "CommandLineTests", dependencies: ["granary", "Datasets", "Store"], swiftSettings: strict),
    ]
        + rooms.map {
            .target(name: $0.name, dependencies: $0.imports, resources: $0.resources, swiftSettings: $0.settings)
        }
        + rooms.map {
            .testTarget(
                name: $0.name + "Tests", dependencies: [.target(name: $0.name)] + $0.imports + $0.testImports,
                swiftSettings: strict)
        }
)
