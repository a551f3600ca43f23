// swift-tools-version: 6.2
import PackageDescription

// The rooms and who may import whom are explained in ARCHITECTURE.md; target dependencies enforce the arrows, and
// `make lint` checks the `import` lines too, because a target can also import what its dependencies bring along.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "counterpoint",
    products: [
        .executable(name: "counterpointd", targets: ["counterpointd"]),
        .executable(name: "counterpoint", targets: ["counterpoint"]),
        .library(name: "CounterpointModel", targets: ["CounterpointModel"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration.git", from: "1.4.0",
            traits: ["CommandLineArguments"]),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.30.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.2"),
        .package(url: "https://github.com/apple/swift-system.git", from: "1.5.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1",
            traits: ["ConfigurationSupport"]),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.30.0"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.1"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "Postgres",
            dependencies: [
                "CLibPQ",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house),
        .systemLibrary(
            name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(name: "CounterpointModel", swiftSettings: house),
        .target(
            name: "CounterpointFormats",
            dependencies: ["CArchive", "CLibXML2", "CounterpointModel"],
            swiftSettings: house),
        .target(
            name: "CounterpointRecords",
            dependencies: [
                "CounterpointFormats", "CounterpointModel", "Postgres",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .target(
            name: "CounterpointHTTP",
            dependencies: [
                "CounterpointModel", "CounterpointRecords",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house),
        .target(
            name: "CounterpointSettings",
            dependencies: [
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: house),
        .executableTarget(
            name: "counterpointd",
            dependencies: [
                "CounterpointHTTP", "CounterpointModel", "CounterpointRecords",
                "CounterpointSettings",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house),
        .executableTarget(
            name: "counterpoint",
            dependencies: [
                "CounterpointModel", "CounterpointRecords", "CounterpointSettings",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),

        // What tests share. `TestCluster` knows servers and broken lines; `TestRegistry` knows programmes and people.
        .target(
            name: "TestCluster",
            dependencies: ["Postgres", .product(name: "Logging", package: "swift-log")],
            path: "Tests/TestCluster",
            swiftSettings: house),
        .target(name: "TestDice", path: "Tests/TestDice", swiftSettings: house),
        .target(
            name: "TestRegistry",
            dependencies: ["TestCluster", "Postgres", "CounterpointModel", "CounterpointRecords"],
            path: "Tests/TestRegistry", swiftSettings: house),

        .testTarget(
            name: "PostgresTests", dependencies: ["Postgres"], swiftSettings: house),
        .testTarget(
            name: "PostgresServerTests",
            dependencies: [
                "Postgres", "TestCluster", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "CounterpointModelTests", dependencies: ["CounterpointModel", "TestDice"],
            // Read by path: figures, and sources that must not compile.
            exclude: ["DoesNotCompile", "Fixtures"],
            swiftSettings: house),
        .testTarget(
            name: "CounterpointFormatsTests",
            // libarchive also writes the archives that are read, the locked ones among them.
            dependencies: ["CArchive", "CounterpointFormats", "CounterpointModel", "TestDice"],
            // Read by path: files as platforms and Excel write them, and what must be read from them.
            exclude: ["Files"],
            swiftSettings: house),
        .testTarget(
            name: "CounterpointRecordsTests",
            dependencies: [
                "CounterpointRecords", "CounterpointModel", "Postgres", "TestCluster", "TestDice",
                "TestRegistry",
            ],
            // Read by path: what each caller may do with each table.
            exclude: ["Isolation/functions.txt", "Isolation/tables.txt"],
            swiftSettings: house),
        .testTarget(
            name: "CounterpointHTTPTests",
            dependencies: [
                "CounterpointHTTP", "CounterpointModel", "CounterpointRecords",
                "CounterpointSettings", "Postgres", "TestCluster", "TestDice", "TestRegistry",
                "counterpointd",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            // Read by path: what each caller is answered by each route.
            exclude: ["Isolation/routes.txt"],
            swiftSettings: house),
        .testTarget(
            name: "CounterpointCLITests",
            dependencies: [
                "counterpoint", "CounterpointModel", "CounterpointRecords", "Postgres",
                "TestCluster",
                "TestRegistry",
            ],
            swiftSettings: house),
    ]
)
