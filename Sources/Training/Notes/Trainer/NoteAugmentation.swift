// Changes to a training sequence that leave it music.
import Improviser
import Music

/// What is varied each time a sequence is read in training.
public struct NoteAugmentation: Codable, Equatable, Sendable {
  /// Transpose by -5 to +6 semitones, as far as the pitches allow, the scale with them.
  public var transposes = true
  /// Write it in notes of half or twice the length, each in a sixth of the readings.
  public var stretches = true
  /// Play it softer or louder by up to 24.
  public var shiftsVelocity = true
  /// Share of the stretches of music in which the scale is not told.
  public var hiddenScales = 0.5
  /// Share of the sequences whose composer or genre is not told, so that the model can do without one too.
  public var hiddenConditions = 0.1

  /// All of them.
  public init() {}

  /// None of them.
  public static let none: NoteAugmentation = {
    var none = NoteAugmentation()
    (none.transposes, none.stretches, none.shiftsVelocity) = (false, false, false)
    (none.hiddenScales, none.hiddenConditions) = (0, 0)
    return none
  }()

  /// A varied copy.
  func vary(_ sequence: NoteSequence, random: inout SplitMix64) -> NoteSequence {
    let shift = transposes ? transposition(sequence.events, &random) : 0
    let stretch = stretches ? random.choose([(item: 1.0, weight: 4), (item: 0.5, weight: 1), (item: 2, weight: 1)]) : 1
    let louder = shiftsVelocity ? random.integer(-24...24) : 0
    guard shift != 0 || stretch != 1 || louder != 0 else { return sequence }
    var varied = sequence
    varied.scale = sequence.scale.map { Scale(tonic: $0.tonic.transposed(by: shift), family: $0.family) }
    varied.events = sequence.events.map { event in
      func stretched(_ ticks: Int) -> Int { max(1, Int((Double(ticks) * stretch).rounded())) }
      return NoteEvent(
        interval: event.interval == 0 ? 0 : stretched(event.interval), pitch: event.pitch + shift,
        duration: stretched(event.duration), velocity: min(max(event.velocity + louder, 1), 127))
    }
    return varied
  }

  private func transposition(_ events: [NoteEvent], _ random: inout SplitMix64) -> Int {
    let wanted = random.integer(-5...6)
    let lowest = events.map(\.pitch).min() ?? 0
    let highest = events.map(\.pitch).max() ?? 0
    return min(max(wanted, -lowest), NoteVocabulary.pitchCount - 1 - highest)
  }
}
