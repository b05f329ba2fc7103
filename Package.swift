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
let flyingFox: Target.Dependency = .product(name: "FlyingFox", package: "FlyingFox")
let flyingSocks: Target.Dependency = .product(name: "FlyingSocks", package: "FlyingFox")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

var targets: [Target] = [
  // System libraries: a module map and a shim each, no logic.
  .systemLibrary(name: "CJACK", pkgConfig: "jack", providers: [.apt(["libjack-jackd2-dev"])]),
  .systemLibrary(name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
  .systemLibrary(name: "CFluidSynth", pkgConfig: "fluidsynth", providers: [.apt(["libfluidsynth-dev"])]),
  .systemLibrary(name: "CFFTW", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
  .systemLibrary(name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
  .systemLibrary(name: "CLO", pkgConfig: "liblo", providers: [.apt(["liblo-dev"])]),
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
  library("OSC", ["Control", "Music"]),
  .target(
    name: "Web", dependencies: ["Control", "Music", flyingFox, flyingSocks],
    resources: [.embedInCode("Page")], swiftSettings: swift),
  library("Engine", [
    "Music", "Realtime", "Chroma", "Neural", "ScaleDetector", "MIDI", "Improviser", "Synth", "AudioFile", "AudioIO", "MIDIIO",
    "Control", "OSC", "CKernels", logging, lifecycle,
  ]),
  program("antiphond", ["Engine", "OSC", "AudioIO", "MIDIIO", "Synth", "Improviser", "Control", "ScaleDetector", arguments, logging]),
  program("antiphon", ["Engine", "Web", "Control", "ScaleDetector", "Improviser", "Synth", "AudioFile", "Music", arguments]),
  program("antiphon-benchmark", ["Improviser", "Neural", "Music"]),

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
  tests("OSCTests", ["OSC", "Control", "Music", "CLO"]),
  tests("WebTests", ["Web", "Control", "Music", flyingSocks]),
  tests("FaultTests", ["AudioIO", "Control", "Synth", "Realtime", "CJACK", logging, "antiphond"]),
  tests("EngineTests", [
    "Engine", "AudioIO", "AudioFile", "Chroma", "Control", "Improviser", "MIDI", "MIDIIO", "Music", "Neural", "Realtime",
    "ScaleDetector", "Synth", "OSC", "CJACK", logging, lifecycle, "antiphond", "antiphon",
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
    program("antiphon-train", ["Training", "Torch", "Music", "ScaleDetector", "Improviser", "Neural", "Synth", "AudioFile", "MIDI", "Engine", arguments]),
    tests("TorchTests", ["Torch"]),
    tests("TrainCommandTests", ["antiphon-train", "Training", "Music", arguments]),
    tests("TrainingTests", [
      "Training", "Torch", "Neural", "Music", "MIDI", "Improviser", "ScaleDetector", "Synth", "AudioFile",
    ]),
  ]
}

// Fuzzers, which scripts/fuzz builds: they need neither audio libraries nor all of a library that reads files.
if Context.environment["ANTIPHON_FUZZ"] != nil {
  /// Some files of a library, without what they do not need.
  func part(_ name: String, of kept: [String], _ dependencies: [Target.Dependency] = []) -> Target {
    let folder = Context.packageDirectory + "/Sources/" + name
    let files = (FileManager.default.subpaths(atPath: folder) ?? []).filter { $0.hasSuffix(".swift") }
    return .target(
      name: name, dependencies: dependencies, exclude: files.filter { file in !kept.contains(where: file.hasPrefix) },
      swiftSettings: swift)
  }
  func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
      name: "Fuzz" + name, dependencies: dependencies + ["FuzzSupport"], path: "Fuzz/Targets/" + name, swiftSettings: swift)
  }
  let whole = ["CFFTW", "CKernels", "Music", "Chroma", "Neural", "ScaleDetector", "MIDI", "Improviser", "Control"]
  targets = targets.filter { whole.contains($0.name) } + [
    part("OSC", of: ["OSCArgument", "OSCCommand", "OSCError", "OSCMessage", "OSCPacket", "OSCTimeTag", "OSCTopic", "PacketReader"], ["Control"]),
    part("Synth", of: ["SoundFontFile", "SoundFontError", "ChunkReader", "SynthConfiguration"]),
    part("AudioIO", of: ["JackConfiguration"], ["Synth"]),
    part("MIDIIO", of: ["AutoConnect", "SourceIdentity"]),
    part("Engine", of: [
      "Styles/", "Files/SmallTextFile", "Files/TOML", "Files/UserFolders", "Files/PresetFolders", "Answering/ControllerMap",
      "Configuration/ByteCount", "Configuration/Configuration.swift", "Configuration/ConfigurationKey",
      "Configuration/ConfigurationProblem", "Configuration/ConfigurationReading.swift", "Configuration/OSCConfiguration",
      "Recording/RecordingConfiguration",
    ], ["Improviser", "ScaleDetector", "Synth", "AudioIO", "MIDIIO", logging]),
    .systemLibrary(name: "CMalloc", path: "Fuzz/CMalloc"),
    .target(name: "FuzzSupport", dependencies: ["CMalloc"], path: "Fuzz/Support", swiftSettings: swift),
    fuzzer("MIDI", ["MIDI"]), fuzzer("MIDIFile", ["MIDI", "Music"]), fuzzer("Control", ["Control", "Improviser"]),
    fuzzer("Configuration", ["Engine", "Improviser"]), fuzzer("OSC", ["OSC", "Control"]), fuzzer("SoundFont", ["Synth"]),
    fuzzer("Answer", ["Improviser", "MIDI", "Music", "Neural"]),
    fuzzer("Model", ["Improviser", "MIDI", "Neural", "ScaleDetector"]),
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
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
  ],
  targets: targets,
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
