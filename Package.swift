// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// Which vector instructions the build may use: `avx512`, `avx2` or `baseline`.
///
/// The scripts set it; a plain `swift build` looks at this machine's processor.
let kernels = Context.environment["WAYMARK_KERNELS"] ?? detectedKernels()

func detectedKernels() -> String {
  guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
    let line = text.split(separator: "\n").first(where: { $0.hasPrefix("flags") })
  else { return "baseline" }
  let flags = Set(line.split(separator: " "))
  if flags.isSuperset(of: ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]) {
    return "avx512"
  }
  return flags.isSuperset(of: ["avx2", "fma", "bmi2"]) ? "avx2" : "baseline"
}

let language: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// Vector instructions, for loops over numbers. All bounds are checked: `Datasets` reads foreign bytes.
var vectorized: [SwiftSetting] {
  switch kernels {
  case "avx512":
    language + [.unsafeFlags(["-Xcc", "-march=x86-64-v4"]), .define("FUSED"), .define("WIDE")]
  case "avx2": language + [.unsafeFlags(["-Xcc", "-march=x86-64-v3"]), .define("FUSED")]
  default: language
  }
}

/// The flags of the targets whose loops decide the speed: no bounds are checked there, so whatever a
/// file or a person gives is checked before it gets there.
var numerics: [SwiftSetting] { vectorized + [.unsafeFlags(["-Ounchecked"])] }

/// Tests themselves are built quickly; what they test is built as people use it.
let quickly: [SwiftSetting] = [.unsafeFlags(["-Onone"])]

/// Boost.Iostreams, which gnuplot-iostream writes through. It goes into the program where the linker
/// takes a file by its name: the shared library is another one in every release of Debian.
let boost: [LinkerSetting] = [
  .linkedLibrary(":libboost_iostreams.a", .when(platforms: [.linux])),
  .linkedLibrary("boost_iostreams", .when(platforms: [.macOS])),
]

let package = Package(
  name: "waymark",
  products: [.executable(name: "waymark", targets: ["waymark"])],
  // One version of each, so that a build does not depend on the day it is made: session files are
  // written through GRDB, logs and ONNX models by SwiftProtobuf, and equal bits are promised.
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0", traits: []),
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(
      name: "CImage", linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg")]),
    .target(name: "GnuplotBridge", linkerSettings: boost),

    .target(name: "System", dependencies: ["PlainText"], swiftSettings: language),
    .target(name: "PlainText", swiftSettings: language),
    .target(name: "Digests", dependencies: ["COpenSSL"], swiftSettings: language),
    .target(name: "Randomness", dependencies: ["System"], swiftSettings: numerics),
    .target(
      name: "Tensors", dependencies: ["COpenBLAS", "Randomness", "System"],
      swiftSettings: numerics),
    .target(
      name: "Networks", dependencies: ["Randomness", "System", "Tensors"], swiftSettings: language),
    .target(
      name: "Datasets",
      dependencies: [
        "CArchive", "CCurl", "CImage", "Digests", "PlainText", "Randomness", "System", "Tensors",
      ],
      swiftSettings: vectorized),
    .target(name: "Metrics", swiftSettings: language),
    .target(
      name: "Learning",
      dependencies: [
        "Datasets", "Metrics", "Networks", "PlainText", "Randomness", "System", "Tensors",
      ],
      swiftSettings: language),
    .target(
      name: "Sessions",
      dependencies: [
        "CommandLanguage", "Datasets", "Digests", "Learning", "Metrics", "Networks", "PlainText",
        "System", "Tensors", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: language),
    .target(
      name: "Experiments",
      dependencies: [
        "Datasets", "Digests", "Inspection", "Learning", "Metrics", "Networks", "Randomness",
        "Sessions", "Tensors",
      ],
      swiftSettings: language),
    .target(
      name: "Inspection",
      dependencies: [
        "Datasets", "Learning", "Metrics", "Networks", "Randomness", "System", "Tensors",
      ],
      swiftSettings: vectorized),
    .target(
      name: "Tracking",
      dependencies: [
        "Datasets", "Learning", "Metrics", "Networks", "PlainText", "System", "Tensors",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      exclude: ["Messages/tensorboard.proto", "Messages/wandb.proto"], swiftSettings: language),
    .target(
      name: "Exchange",
      dependencies: [
        "CArchive", "Datasets", "Networks", "PlainText", "System", "Tensors",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      exclude: ["Messages/onnx.proto"], swiftSettings: language),
    .target(
      name: "Plotting", dependencies: ["GnuplotBridge", "PlainText", "System"],
      swiftSettings: language),
    .target(
      name: "CommandLanguage", dependencies: ["PlainText", "System"], swiftSettings: language),
    .target(
      name: "Shell",
      dependencies: [
        "CEditLine", "CommandLanguage", "Datasets", "Digests", "Exchange", "Experiments",
        "Inspection", "Learning", "Metrics", "Networks", "PlainText", "Plotting", "Randomness",
        "Sessions", "System", "Tensors", "Tracking",
      ],
      swiftSettings: language),
    .executableTarget(
      name: "waymark",
      dependencies: [
        "Shell", "System", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: language),

    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "COpenBLAS", "CommandLanguage", "Datasets", "Digests", "Networks", "Plotting", "Randomness",
        "System", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: language),
    .target(
      name: "TestSupport", dependencies: ["CommandLanguage"], path: "Tests/TestSupport",
      swiftSettings: language),
    .target(
      name: "ReferenceKernels", dependencies: ["Tensors"], path: "Tests/ReferenceKernels",
      swiftSettings: language),
  ]
    + [
      ("Digests", [String]()), ("PlainText", []), ("Randomness", []), ("System", []),
      ("Tensors", ["Randomness", "ReferenceKernels"]),
      ("Networks", ["Randomness", "Tensors"]),
      ("Datasets", ["CArchive", "Digests", "Randomness", "Tensors"]), ("Metrics", []),
      ("Inspection", ["Datasets", "Learning", "Metrics", "Networks", "Randomness", "Tensors"]),
      ("Learning", ["Datasets", "Metrics", "Networks", "Randomness", "Tensors"]),
      (
        "Sessions",
        [
          "CommandLanguage", "Datasets", "Digests", "Learning", "Metrics", "Networks",
          "Randomness", "Tensors",
        ]
      ),
      (
        "Experiments", ["Datasets", "Learning", "Metrics", "Networks", "Sessions", "Tensors"]
      ),
      ("Tracking", ["Datasets", "Learning", "Metrics", "Networks", "Randomness", "Tensors"]),
      ("Exchange", ["CArchive", "Datasets", "Networks", "Randomness", "Tensors"]),
      ("Plotting", []), ("CommandLanguage", []),
      (
        "Shell",
        [
          "CommandLanguage", "Datasets", "Experiments", "Learning", "Metrics", "Networks",
          "Sessions", "Tensors",
        ]
      ),
    ].map { name, others in
      .testTarget(
        name: "\(name)Tests",
        dependencies: Set([name, "PlainText", "System", "TestSupport"] + others).sorted()
          .map { .target(name: $0) }
          + (name == "Sessions" ? [.product(name: "GRDB", package: "GRDB.swift")] : []),
        resources: ["Networks", "Datasets", "Exchange", "Inspection", "Metrics"].contains(name)
          ? [.copy("Golden")] : [],
        swiftSettings: language + quickly)
    },
  cxxLanguageStandard: .cxx17
)

/// The targets whose tests alone are to be built, with what these need: `WAYMARK_PART=Tensors,Networks`.
///
/// The scripts build such parts with other flags, or for a quick look, in little time.
if let part = Context.environment["WAYMARK_PART"] {
  var kept: Set<String> = []
  func keep(_ name: String) {
    guard kept.insert(name).inserted,
      let target = package.targets.first(where: { $0.name == name })
    else { return }
    for case .targetItem(let other, _) in target.dependencies { keep(other) }
    for case .byNameItem(let other, _) in target.dependencies { keep(other) }
  }
  part.split(separator: ",").forEach { keep("\($0)Tests") }
  package.targets.removeAll { !kept.contains($0.name) }
  package.products = []
}
