// Notes, instruments and a recording condition turned into samples.
public import Foundation
public import Music
import Synth

/// Renders pieces with one SoundFont. Use one renderer from one thread at a time.
public final class Renderer {
  /// Samples a second: everything that the chroma analysis looks at lies far below half of it.
  public static let sampleRate = 22050.0

  /// The SoundFont file's name, for a data set's records.
  public let name: String
  private let synth: OfflineSynth

  /// - Parameters:
  ///   - soundFont: an .sf2 or .sf3 file.
  ///   - polyphony: voices at once; a stereo instrument takes two a note.
  /// - Throws: `SoundFontError` or `SynthError`.
  public init(soundFont: URL, polyphony: Int = 64) throws {
    let file = try SoundFontFile(contentsOf: soundFont)
    synth = try OfflineSynth(soundFont: file, sampleRate: Self.sampleRate, polyphony: polyphony)
    name = soundFont.lastPathComponent
  }

  /// Renders a piece as a recording under a condition.
  ///
  /// - Parameters:
  ///   - detuneCents: tuning offset of all pitched instruments.
  ///   - transposition: semitones added to every note but percussion. What leaves the MIDI range moves by octaves.
  ///   - seconds: length of the result.
  /// - Returns: mono samples at `sampleRate`.
  public func render(
    _ notes: [Note], timbre: Timbre, condition: AudioCondition = .clean, detuneCents: Double = 0,
    transposition: Int = 0, seconds: Double, using generator: inout SplitMix64
  ) throws -> [Float] {
    var samples = try dry(
      notes, timbre: timbre, detuneCents: detuneCents, transposition: transposition, seconds: seconds)
    let damage = AudioDamage(condition, using: &generator)
    let drumTrack = damage.drums == nil ? [] : try drums(seconds: seconds, using: &generator)
    damage.apply(to: &samples, rate: Self.sampleRate, drumTrack: drumTrack, using: &generator)
    return samples
  }

  /// Renders a piece with nothing added, at the synthesizer's own level.
  public func dry(
    _ notes: [Note], timbre: Timbre, detuneCents: Double = 0, transposition: Int = 0, seconds: Double
  ) throws -> [Float] {
    let moved = transposition == 0 ? notes : notes.map { Self.transpose($0, by: transposition) }
    return try synth.render(moved, programs: timbre.programs, cents: detuneCents, seconds: seconds)
  }

  /// A drum track in a random style, tempo and kit.
  public func drums(seconds: Double, using generator: inout SplitMix64) throws -> [Float] {
    let style = generator.choose(DrumStyle.all)
    let notes = style.notes(beatsPerMinute: generator.uniform(70...170), seconds: seconds, using: &generator)
    let kit = generator.choose([0, 0, 0, 8, 16, 24, 25, 32, 40])
    return try synth.render(notes, programs: [OfflineSynth.drumChannel: kit], seconds: seconds)
  }

  static func transpose(_ note: Note, by semitones: Int) -> Note {
    guard note.channel != OfflineSynth.drumChannel else { return note }
    var moved = note
    moved.pitch += semitones
    while moved.pitch > 127 { moved.pitch -= 12 }
    while moved.pitch < 0 { moved.pitch += 12 }
    return moved
  }
}
