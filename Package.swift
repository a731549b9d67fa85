// swift-tools-version: 6.0
import PackageDescription

/// One folder a room: `Docs/Architecture.md` says what lives in each and what it may know.
func room(_ folder: String, knows: [String] = [], resources: [Resource]? = nil) -> Target {
  .target(
    name: "Rankine" + folder,
    dependencies: knows.map(target),
    path: "Sources/" + folder,
    resources: resources)
}

func tests(_ folder: String, using others: [String] = []) -> Target {
  .testTarget(
    name: "Rankine\(folder)Tests",
    dependencies: ([folder] + others).map(target),
    path: "Tests/\(folder)Tests")
}

func target(_ folder: String) -> Target.Dependency {
  let own = ["CKernels": "CRankineKernels", "AllocationCounter": "CAllocationCounter"]
  return .init(stringLiteral: own[folder] ?? "Rankine" + folder)
}

let package = Package(
  name: "Rankine",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Rankine", targets: ["Rankine"]),
    .executable(name: "rankine", targets: ["RankineTool"]),
  ],
  targets: [
    .target(name: "CRankineKernels", path: "Sources/CKernels"),
    room("Support"),
    room("Graph", knows: ["Support"]),
    room("Runtime", knows: ["CKernels", "Support"]),
    room("Compiler", knows: ["Graph", "Runtime"]),
    room("Data", knows: ["Support"], resources: [.copy("Resources")]),
    room("Language", knows: ["Graph", "Data"]),
    room("Evaluation", knows: ["Data"]),
    room("Sparse", knows: ["Support", "Data", "Language"]),
    room("Training", knows: ["Language", "Compiler", "Data", "Evaluation"]),
    room("Zoo", knows: ["Support", "Language", "Sparse", "Training"]),
    room("Studies", knows: ["Zoo", "Evaluation"]),
    .target(
      name: "Rankine",
      dependencies: [
        "RankineSupport", "RankineGraph", "RankineCompiler", "RankineRuntime", "RankineLanguage",
        "RankineData", "RankineSparse", "RankineTraining", "RankineEvaluation", "RankineZoo",
        "RankineStudies",
      ],
      path: "Sources/Rankine"),
    .target(name: "CAllocationCounter", path: "Sources/AllocationCounter"),
    room(
      "CommandLine",
      knows: [
        "Support", "Graph", "Compiler", "Runtime", "Language", "Data", "Evaluation", "Training",
        "Zoo", "Studies", "AllocationCounter",
      ]),
    .executableTarget(
      name: "RankineTool", dependencies: ["RankineCommandLine"], path: "Sources/RankineTool"),
    .executableTarget(name: "Playground", dependencies: ["Rankine"], path: "Playground"),
    .testTarget(
      name: "RankineDocumentationTests", dependencies: ["Rankine", "RankineCommandLine"],
      path: "Tests/DocumentationTests"),
    .target(
      name: "RankineTestSupport", dependencies: ["RankineGraph", "RankineSupport"],
      path: "Tests/TestSupport"),
    tests("Support"),
    tests("Graph", using: ["Support", "TestSupport"]),
    tests("Runtime"),
    tests("Compiler", using: ["Graph", "Runtime", "CKernels", "TestSupport"]),
    tests("Data"),
    tests("Language", using: ["Graph"]),
    tests("Evaluation"),
    tests("Sparse", using: ["Support"]),
    tests("Training", using: ["Language", "Data", "Evaluation", "Runtime", "Graph", "Support"]),
    tests("Zoo", using: ["Support", "Graph", "Language", "Data", "Training"]),
    tests("Studies", using: ["AllocationCounter"]),
    tests("CommandLine", using: ["Support", "Data", "Zoo"]),
  ],
  swiftLanguageModes: [.v6]
)
