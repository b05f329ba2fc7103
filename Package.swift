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
let toml: Target.Dependency = .product(name: "TOMLKit", package: "TOMLKit")

var targets: [Target] = [
  // System libraries: a module map and a shim each, no logic.
  .systemLibrary(name: "CJACK", pkgConfig: "jack", providers: [.apt(["libjack-jackd2-dev"])]),
  .systemLibrary(name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
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
  library("Improviser", ["Music", "Neural", "MIDI", "Chroma", "ScaleDetector"]),
  library("Synth", ["Music", "MIDI", "Realtime", "CKernels", "CFluidSynth"]),
  library("AudioFile", ["CSndfile"]),
  library("AudioIO", ["Realtime", "Synth", "CKernels", "CJACK", logging]),
  library("MIDIIO", ["MIDI", "Realtime", "CALSA"]),
  library("Control", ["Music"]),
  library("Engine", [
    "Music", "Realtime", "Chroma", "Neural", "ScaleDetector", "MIDI", "Improviser", "Synth", "AudioFile", "AudioIO", "MIDIIO",
    "Control", logging, toml,
  ]),
  program("antiphond", ["Engine", "AudioIO", "MIDIIO", "Synth", "Improviser", "Control", "ScaleDetector", arguments, logging]),
  program("antiphon", ["Engine", "Control", "ScaleDetector", "Improviser", "Synth", "AudioFile", "Music", arguments]),
  program("antiphon-benchmark", ["Improviser", "Neural"]),

  tests("MusicTests", ["Music"]),
  tests("RealtimeTests", ["Realtime", "CKernels"]),
  tests("ChromaTests", ["Chroma"], resources: [.copy("Golden")]),
  tests("NeuralTests", ["Neural"], resources: [.copy("Golden")]),
  tests("ScaleDetectorTests", ["ScaleDetector", "Chroma", "Music", "Neural"]),
  tests("MIDITests", ["MIDI", "Music"]),
  tests("ImproviserTests", ["Improviser", "Music", "MIDI", "Neural", "Chroma", "ScaleDetector", "CKernels"]),
  tests("SynthTests", ["Synth", "MIDI", "Music", "Realtime", "CKernels"]),
  tests("AudioFileTests", ["AudioFile"]),
  tests("AudioIOTests", ["AudioIO", "Synth", "Realtime", "CJACK", "CKernels", logging]),
  tests("MIDIIOTests", ["MIDIIO", "MIDI", "CALSA"]),
  tests("ControlTests", ["Control"]),
  tests("EngineTests", [
    "Engine", "AudioIO", "AudioFile", "Chroma", "Control", "Improviser", "MIDI", "MIDIIO", "Music", "Neural", "Realtime",
    "ScaleDetector", "Synth", logging, "antiphond", "antiphon",
  ]),
]

if coreOnly {
  let core = [
    "CJACK", "CFluidSynth", "CKernels", "Music", "MIDI", "Realtime", "Synth", "AudioIO", "RealtimeTests", "SynthTests",
    "AudioIOTests",
  ]
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
    library("Training", [
      "Torch", "Neural", "Music", "MIDI", "Chroma", "ScaleDetector", "Improviser", "Synth", "AudioFile",
    ]),
    program("antiphon-train", ["Training", "Music", "ScaleDetector", "Improviser", "Neural", "Synth", "AudioFile", "MIDI", "Engine", arguments]),
    tests("TorchTests", ["Torch"]),
    tests("TrainingTests", [
      "Training", "Torch", "Neural", "Music", "MIDI", "Improviser", "ScaleDetector", "Synth", "AudioFile",
    ]),
  ]
}

let package = Package(
  name: "antiphon",
  products: ["antiphond", "antiphon", "antiphon-benchmark", "antiphon-train"]
    .filter { name in targets.contains { $0.name == name } }
    .map { .executable(name: $0, targets: [$0]) },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
  ],
  targets: targets,
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
