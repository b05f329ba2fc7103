// The command antiphon-train scales generate.
public import ArgumentParser
import Foundation
public import Training

extension ScaleDataSet.Preset: ExpressibleByArgument {}
extension ScaleDataSet.Format: ExpressibleByArgument {}

/// Makes a labelled data set.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Makes a data set of labelled chroma from music, improvisations and negatives.",
    discussion:
      "A sample depends on the seed and its index alone, so shards made anywhere are parts of one set.")

  @Argument(help: "The safetensors file to write.")
  var output: String

  @Option(help: "full (training and validation), test, or seed (24 scales of random notes).")
  var preset = ScaleDataSet.Preset.full

  @Option(help: "Samples of the whole set; the preset's own number by default.")
  var count: Int?

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @Option(help: "Part of the set to make, as 2/8.")
  var shard = "1/1"

  @Option(name: .customLong("soundfont"), help: "A SoundFont (.sf2, .sf3); may be repeated.")
  var soundFonts: [String] = []

  @Option(help: "Folder of folk tunes in ABC notation.")
  var folk: String?

  @Option(help: "Folder of songs in MusicXML.")
  var lieder: String?

  @Option(help: "File that keeps the labelled pieces between runs.")
  var library: String?

  @Option(help: "Folder of sound files without a scale.")
  var negatives: String?

  @Option(name: .customLong("format"), help: "safetensors, csv, pt or wav; may be repeated.")
  var formats: [ScaleDataSet.Format] = [.safetensors]

  @Option(help: "Threads that render.")
  var threads = 2

  func run() throws {
    var options = ScaleDataSet.Options(output: URL(fileURLWithPath: output))
    options.preset = preset
    options.count = count
    options.seed = seed
    options.shard = try Self.shard(shard)
    options.soundFonts = soundFonts.map { URL(fileURLWithPath: $0) }
    options.folkFolder = folk.map { URL(fileURLWithPath: $0) }
    options.liederFolder = lieder.map { URL(fileURLWithPath: $0) }
    options.libraryCache = library.map { URL(fileURLWithPath: $0) }
    options.negativesFolder = negatives.map { URL(fileURLWithPath: $0) }
    options.formats = Set(formats)
    options.threads = threads
    options.command = OptionReading.commandLine
    let report = try ScaleDataSet.generate(options, isInterrupted: { Interruption.isRaised }) {
      StandardError.say($0)
    }
    for url in report.outputs { print(url.path) }
  }

  private static func shard(_ text: String) throws -> ScaleDataSet.Shard {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1] else {
      throw ValidationError("--shard is \"\(text)\"; write it as 2/8, the second of eight parts.")
    }
    return ScaleDataSet.Shard(index: index, count: count)
  }
}
