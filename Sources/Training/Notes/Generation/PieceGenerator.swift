// Whole pieces from the note model.

public import Foundation
public import Improviser
public import Music
import MIDI

/// Makes pieces: an opening phrase drawn from the model, then two improvisers that answer each other, each phrase by
/// phrase with the sampler that answers live, until the piece has its length. The same seed gives the same piece.
public struct PieceGenerator {
  /// Ticks of a bar: four beats.
  private static let bar = 4 * NoteVocabulary.ticksPerBeat
  /// The longest piece, in bars.
  public static let longest = 4096
  /// Mean pitches beyond which the next phrase turns back.
  private static let middle = 55...74

  private let predictor: () throws -> any NotePrediction
  /// What plays instead of two improvisers, for a network that knows no times.
  private let chords: SeedLSTM?
  private let settings: AnswerSettings
  private let seed: UInt64

  /// A generator with the model in a file: the live model's with the inference that ships, others through libtorch.
  ///
  /// - Parameter condition: one of the composers or genres that the model was told in training.
  /// - Throws: a sentence when the file is no note model, its kind cannot play, or it does not know the condition.
  public init(model url: URL, condition: String? = nil, settings: AnswerSettings, seed: UInt64) throws {
    if NoteModelKind.of(url) == .seedLSTM, let chords = try NoteLearnerFile.read(url) as? SeedLSTM {
      guard condition == nil, settings.scaleRule == .follow || settings.scaleRule == .off else {
        throw TrainingError(
          "A model of the kind seed-lstm knows neither scales nor conditions; leave --scale and --condition out.")
      }
      self.init(settings: settings, seed: seed, chords: chords) { throw TrainingError("It plays chords alone.") }
    } else {
      self.init(settings: settings, seed: seed, predictor: try PredictionFile.open(url, condition: condition))
    }
  }

  init(
    settings: AnswerSettings, seed: UInt64, chords: SeedLSTM? = nil,
    predictor: @escaping () throws -> any NotePrediction
  ) {
    self.chords = chords
    self.predictor = predictor
    var settings = settings
    settings.mode = .answer
    settings.bars = nil
    self.settings = settings
    self.seed = seed
  }

  /// A piece of `bars` bars of four beats at 120 beats a minute, in seconds, on channel 0.
  ///
  /// - Throws: `TrainingError` when the length is impossible or the model plays nothing.
  public func piece(bars: Int) throws -> [Note] {
    guard (1...Self.longest).contains(bars) else {
      throw TrainingError("--length is \(bars); give a number of bars from 1 to \(Self.longest).")
    }
    if let chords {
      return try ChordPiece(network: chords, temperature: settings.temperature, seed: seed).notes(bars: bars)
    }
    let total = bars * Self.bar
    var scale: Scale?
    if case .lock(let locked) = settings.scaleRule { scale = locked }
    var phrase = OpeningPhrase(settings: settings, scale: scale).notes(try predictor(), seed: seed)
    let voices = try (0..<2).map { voice in
      PhraseResponder(
        Improviser(prediction: try predictor(), settings: settings, seed: seed &+ UInt64(voice) &* 0x9E37_79B9))
    }
    var piece: [PlacedNote] = []
    var position = 0
    for turn in 0... {
      piece += phrase.map { note in
        var placed = note
        placed.onset += position
        return placed
      }
      let end = phrase.map { $0.onset + $0.duration }.max() ?? 0
      let beat = NoteVocabulary.ticksPerBeat
      position += max(beat, (end + beat - 1) / beat * beat)
      guard position < total else { break }
      let responder = voices[turn % 2]
      adjust(responder.improviser, after: phrase, left: total - position, span: max(1, end))
      phrase = responder.answer(phrase)
      guard !phrase.isEmpty else {
        throw TrainingError("The model plays nothing after \(turn + 1) phrases; train it again.")
      }
    }
    let tick = PhraseResponder.beat / Double(NoteVocabulary.ticksPerBeat)
    return piece.filter { $0.onset < total }.map { note in
      Note(
        pitch: note.pitch, velocity: note.velocity, onset: Double(note.onset) * tick,
        duration: Double(min(note.duration, total - note.onset)) * tick)
    }
  }

  /// Sets the length of the next phrase to what is left, and its register so that the piece stays in the middle.
  private func adjust(_ improviser: Improviser, after phrase: [PlacedNote], left: Int, span: Int) {
    var own = settings
    own.length = min(settings.length, max(0.25, Double(left) / Double(span)))
    let mean = phrase.reduce(0) { $0 + $1.pitch } / max(1, phrase.count)
    if mean > Self.middle.upperBound { own.register -= 5 }
    if mean < Self.middle.lowerBound { own.register += 5 }
    improviser.settings = own
  }
}
