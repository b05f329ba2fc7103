// Options that the commands about the latent space share.
import ArgumentParser
import Engine
import Foundation
import Improviser
import Music
import Synth
import Training

/// Which model is asked, and what comes out.
struct LatentOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp("The folder for the results.", valueName: "folder"))
  var output: String?

  @Option(help: ArgumentHelp("What to write, of png, svg, pdf, ly, midi, wav, json.", valueName: "list"))
  var formats: String?

  @Flag(name: .customLong("no-sound"), help: "Write no WAV file.")
  var hasNoSound = false

  @Option(
    name: .customLong("soundfont"),
    help: ArgumentHelp("The SoundFont of the WAV file; the system's own by default.", valueName: "file"))
  var soundFont: String?

  @Option(
    help: ArgumentHelp(
      "The note on which the patterns begin; that of the first vector that has one, or C, by default.",
      valueName: "note"))
  var tonic: String?

  @Option(help: ArgumentHelp("Which way the patterns go: up, down or both.", valueName: "way"))
  var direction = PatternDirection.up.rawValue

  @Option(help: ArgumentHelp("Seed of the random vectors; each run has another by default.", valueName: "number"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("The model file; that of the presets by default.", valueName: "file"))
  var model: String?

  func validate() throws {
    let formats = try chosenFormats()
    guard soundFont == nil || formats.contains(.wav) else {
      throw ValidationError("--soundfont is for the WAV file, and none is asked for; leave it out, or add wav.")
    }
    _ = try chosenDirection()
    _ = try chosenTonic()
  }

  /// The formats that are wanted.
  func chosenFormats() throws -> Set<ResultFormat> {
    do {
      let formats = try ResultFormat.list(formats)
      guard hasNoSound else { return formats }
      guard formats != [.wav] else {
        throw ValidationError("--no-sound leaves nothing of --formats wav; leave one of them out.")
      }
      return formats.subtracting([.wav])
    } catch let error as TrainingError {
      throw ValidationError(error.description)
    }
  }

  /// Which way the patterns go.
  func chosenDirection() throws -> PatternDirection { try OptionReading.direction(direction) }

  /// The tonic that was named.
  func chosenTonic() throws -> PitchClass? { try tonic.map(OptionReading.tonic) }
}

/// Texts of --path.
enum LatentPathName {
  /// The path of a name.
  static func path(_ name: String) throws -> LatentPath {
    guard let path = LatentPath(rawValue: name.lowercased()) else {
      throw ValidationError("--path is \"\(name)\"; choose linear or spherical.")
    }
    return path
  }
}
