// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the product's build never pays for it.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "granary", path: "..")],
    targets: [
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "NumericCore", "Retail", "Datasets", "Forecasting", "Placement", "Scenarios", "Simulation",
            ].map { .product(name: $0, package: "granary") },
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
            ])
    ]
)
