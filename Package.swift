// swift-tools-version: 6.1
// Antiphon: libraries, the daemon, the command-line tool and, where libtorch is installed, the trainer.
import Foundation
import PackageDescription

// The trainer is built only where libtorch is: LIBTORCH_PATH, else Debian's libtorch-dev. A player needs neither.
let torchPath = Context.environment["LIBTORCH_PATH"] ?? "/usr"
let hasTorch = FileManager.default.fileExists(atPath: torchPath + "/include/torch/csrc/api/include/torch/torch.h")
// The real-time core alone, which scripts/sanitizers builds once more for each sanitizer.
let coreOnly = Context.environment["ANTIPHON_CORE"] != nil
let strict = Context.environment["ANTIPHON_STRICT"] != nil

let swift: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
] + (strict ? [.unsafeFlags(["-warnings-as-errors"])] : [])

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swift)
}
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: swift)
}
func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: swift)
}

let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

var targets: [Target] = [
  // System libraries: a module map and a shim each, no logic.
  .systemLibrary(name: "CJACK", pkgConfig: "jack", providers: [.apt(["libjack-jackd2-dev"])]),
  .systemLibrary(name: "CFluidSynth", pkgConfig: "fluidsynth", providers: [.apt(["libfluidsynth-dev"])]),
  .systemLibrary(name: "CFFTW", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
  .systemLibrary(name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
  // The order is the order of the data flow; a target imports only what stands above it.
  .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno"])]),
  library("Music"),
  library("Realtime", ["CKernels"]),
  library("Chroma", ["Music", "CFFTW", "CKernels"]),
  library("Neural", ["CKernels"]),
  library("ScaleDetector", ["Music", "Chroma", "Neural"]),
  library("MIDI", ["Music"]),
  library("Synth", ["Music", "MIDI", "CFluidSynth"]),
  library("AudioFile", ["CSndfile"]),
  library("AudioIO", ["Realtime", "CKernels", "CJACK", logging]),
  library("Control", ["Music"]),
  library("Engine", ["Music", "Realtime", "Chroma", "Neural", "ScaleDetector", "AudioIO", "AudioFile", "Control", logging]),
  program("antiphond", ["Engine", "AudioIO", "Control", "ScaleDetector", arguments, logging]),
  program("antiphon", ["Engine", "Control", "ScaleDetector", arguments]),

  tests("MusicTests", ["Music"]),
  tests("RealtimeTests", ["Realtime", "CKernels"]),
  tests("ChromaTests", ["Chroma"], resources: [.copy("Golden")]),
  tests("NeuralTests", ["Neural"], resources: [.copy("Golden")]),
  tests("ScaleDetectorTests", ["ScaleDetector", "Chroma", "Music", "Neural"]),
  tests("MIDITests", ["MIDI"]),
  tests("SynthTests", ["Synth", "MIDI", "Music"]),
  tests("AudioFileTests", ["AudioFile"]),
  tests("AudioIOTests", ["AudioIO", "Realtime", "CJACK", "CKernels", logging]),
  tests("ControlTests", ["Control"]),
  tests("EngineTests", [
    "Engine", "AudioIO", "AudioFile", "Chroma", "Control", "Music", "Neural", "Realtime", "ScaleDetector", logging,
    "antiphond", "antiphon",
  ]),
]

if coreOnly {
  let core = ["CJACK", "CKernels", "Realtime", "AudioIO", "RealtimeTests", "AudioIOTests"]
  targets.removeAll { !core.contains($0.name) }
} else if hasTorch {
  let include = torchPath + "/include"
  targets += [
    .target(
      name: "CTorch",
      cxxSettings: [.unsafeFlags(["-I\(include)", "-I\(include)/torch/csrc/api/include", "-Wno-everything"])],
      linkerSettings: [
        .unsafeFlags(torchPath == "/usr" ? [] : ["-L\(torchPath)/lib", "-Xlinker", "-rpath", "-Xlinker", torchPath + "/lib"]),
        .linkedLibrary("torch"), .linkedLibrary("torch_cpu"), .linkedLibrary("c10"),
      ]),
    library("Torch", ["CTorch"]),
    library("Training", ["Torch", "Neural", "Music", "MIDI", "Chroma", "ScaleDetector", "Synth", "AudioFile"]),
    program("antiphon-train", ["Training", "Music", "ScaleDetector", arguments]),
    tests("TorchTests", ["Torch"]),
    tests("TrainingTests", ["Training", "Torch", "Neural", "Music", "MIDI", "ScaleDetector", "Synth", "AudioFile"]),
  ]
}

let package = Package(
  name: "antiphon",
  products: ["antiphond", "antiphon", "antiphon-train"]
    .filter { name in targets.contains { $0.name == name } }
    .map { .executable(name: $0, targets: [$0]) },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
  ],
  targets: targets,
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
