// swift-tools-version: 6.1
// Antiphon: libraries, the daemon, the command-line tool and, where libtorch is installed, the trainer.
import Foundation
import PackageDescription

// The trainer is built only where libtorch is: LIBTORCH_PATH, else Debian's libtorch-dev. A player needs neither.
let torchPath = Context.environment["LIBTORCH_PATH"] ?? "/usr"
let hasTorch = FileManager.default.fileExists(atPath: torchPath + "/include/torch/csrc/api/include/torch/torch.h")
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
  library("AudioIO", ["Realtime", "CJACK", logging]),
  library("Control", ["Music"]),
  library("Engine", ["Music", "Realtime", "Chroma", "Neural", "ScaleDetector", "AudioIO", "AudioFile", "Control", logging]),
  program("antiphond", ["Engine", arguments, logging]),
  program("antiphon", ["Engine", "Control", arguments]),

  tests("MusicTests", ["Music"]),
  tests("RealtimeTests", ["Realtime", "CKernels"]),
  tests("ChromaTests", ["Chroma"], resources: [.copy("Golden")]),
  tests("NeuralTests", ["Neural"], resources: [.copy("Golden")]),
  tests("ScaleDetectorTests", ["ScaleDetector"]),
  tests("MIDITests", ["MIDI"]),
  tests("SynthTests", ["Synth"]),
  tests("AudioFileTests", ["AudioFile"]),
  tests("AudioIOTests", ["AudioIO"]),
  tests("ControlTests", ["Control"]),
  tests("EngineTests", ["Engine"]),
]

if hasTorch {
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
    program("antiphon-train", ["Training", arguments]),
    tests("TorchTests", ["Torch"]),
    tests("TrainingTests", ["Training"]),
  ]
}

let package = Package(
  name: "antiphon",
  products: [
    .executable(name: "antiphond", targets: ["antiphond"]),
    .executable(name: "antiphon", targets: ["antiphon"]),
  ] + (hasTorch ? [.executable(name: "antiphon-train", targets: ["antiphon-train"])] : []),
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
  ],
  targets: targets,
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
