// The command antiphon-train notes generate.
import ArgumentParser
import AudioFile
import Engine
import Foundation
import Improviser
import MIDI
import Music
import Synth
import Training

/// Writes whole pieces.
struct NotesGenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Writes a whole piece with the note model.",
    discussion: """
      Two voices answer each other phrase by phrase, as the daemon answers a player, from an opening phrase that the \
      model draws. The same seed, style and scale give the same piece.
      """)

  @Option(name: .shortAndLong, help: "The MIDI file to write.")
  var output: String

  @Option(help: "Length in bars of four beats, at 120 beats a minute.")
  var length = 64

  @Option(help: "The style: balanced, creative, structured or one of your own.")
  var style = "balanced"

  @Option(help: "A scale that no note leaves, for example \"D dorian\"; else the model chooses freely.")
  var scale: String?

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @Option(help: "The model file, of any kind that runs live; that of the presets by default.")
  var model: String?

  @Option(help: "The composer or genre, for a model that was trained with --condition.")
  var condition: String?

  @Option(help: "Write the sound to this file too.")
  var wav: String?

  @Option(name: .customLong("soundfont"), help: "The SoundFont for --wav; the system's own by default.")
  var soundFont: String?

  func run() throws {
    var settings = try NotesStyle.settings(style)
    if let scale {
      guard let known = Scale(name: scale) else {
        throw ValidationError(
          "--scale is \"\(scale)\", which is no scale; write a tonic and a family, as \"D dorian\".")
      }
      settings.scaleRule = .lock(known)
    }
    let model = try ModelLocator().find(ModelLocator.noteModel, given: model)
    let font = try wav.map { _ in try SoundFontSearch().find(path: soundFont) }
    let notes = try PieceGenerator(
      model: model, condition: condition, settings: settings, seed: seed
    ).piece(bars: length)
    let programs = [0: settings.program]
    do {
      try StandardMIDIFile.data(notes: notes, programs: programs).write(
        to: URL(fileURLWithPath: output), options: .atomic)
    } catch {
      throw CorpusError.unwritable(path: output, reason: error.localizedDescription)
    }
    print(output)
    guard let wav, let font else { return }
    let synth = try OfflineSynth(soundFont: font, sampleRate: 44100)
    let seconds = (notes.map(\.end).max() ?? 0) + 2
    let samples = try synth.render(notes, programs: programs, seconds: min(seconds, 3600))
    try SoundFileWriter.write(samples, rate: 44100, to: wav)
    print(wav)
  }
}
