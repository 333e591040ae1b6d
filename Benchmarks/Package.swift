// swift-tools-version: 6.2
import PackageDescription

let rooms = [
    "NumericCore", "Retail", "Datasets", "Forecasting", "Replenishment", "Placement", "Scenarios", "Simulation",
]

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// A package of its own, so that the product's build never pays for it: `benchmarks` measures speed as ratios,
// `accept` measures accuracy and cost on data that are not part of the repository.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "granary", path: "..")],
    targets: ["benchmarks", "accept"].map {
        .executableTarget(
            name: $0, dependencies: rooms.map { .product(name: $0, package: "granary") }, swiftSettings: settings)
    }
)
