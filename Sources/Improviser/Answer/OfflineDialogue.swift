// Answers a list of notes phrase by phrase, on a clock of its own.

public import Music
import MIDI

/// A dialogue with recorded notes: each phrase is answered by the engine that answers live, and what follows in the
/// recording waits until the answer is over. Repeatable with the improviser's seed, and as fast as the machine is.
public struct OfflineDialogue {
  /// Both sides of a dialogue, on one time axis that starts with the recording.
  public struct Result: Sendable, Equatable {
    /// The recording, delayed behind the answers.
    public var player: [Note] = []
    /// The answers, on channel 0.
    public var answer: [Note] = []
    /// Chords and bass of the accompaniment, on channels 1 and 2.
    public var accompaniment: [Note] = []
    /// Where each answer begins and ends, in seconds.
    public var answers: [ClosedRange<Double>] = []
  }

  /// Seconds from the end of an answer to the next phrase at least.
  public static let pause = 0.5

  private struct Key {
    let time: Double
    let note: Int
    let isDown: Bool
  }

  private let improviser: Improviser
  private var clock = 0.0
  private var result = Result()
  private var open: [OpenNote: (velocity: Int, onset: Double)] = [:]
  private var began: Double?

  private struct OpenNote: Hashable {
    let channel: Int
    let pitch: Int
  }

  /// A dialogue with an improviser that has heard nothing, or what came before the recording.
  public init(_ improviser: Improviser) {
    self.improviser = improviser
  }

  /// The dialogue about `notes`, in any order. Notes on channel 9, the drums, are kept but not answered; notes whose
  /// fields are out of range are left out.
  public mutating func run(_ notes: [Note]) -> Result {
    let notes = notes.filter { $0.onset.isFinite && $0.onset >= 0 && $0.duration.isFinite && $0.duration >= 0 }
      .filter { (0...127).contains($0.pitch) && (1...127).contains($0.velocity) && (0...15).contains($0.channel) }
      .sorted { ($0.onset, $0.pitch, $0.channel) < ($1.onset, $1.pitch, $1.channel) }
    result = Result()
    open = [:]
    var delay = clock
    for key in Self.keys(of: notes) {
      if key.isDown { delay = makeWay(for: key.time + delay) - key.time }
      advance(to: key.time + delay)
      let note = notes[key.note]
      improviser.hear(
        key.isDown
          ? .noteOn(channel: note.channel, pitch: note.pitch, velocity: note.velocity)
          : .noteOff(channel: note.channel, pitch: note.pitch, velocity: 64), at: clock)
      emit(at: clock)
      if key.isDown {
        result.player.append(note)
        result.player[result.player.count - 1].onset = clock
      }
    }
    while let deadline = improviser.nextDeadline { advance(to: max(deadline, clock)) }
    return result
  }

  /// The keys of notes in the order in which they move; what ends goes before what begins.
  private static func keys(of notes: [Note]) -> [Key] {
    notes.indices.flatMap { index in
      [
        Key(time: notes[index].onset, note: index, isDown: true),
        Key(time: max(notes[index].end, notes[index].onset + 0.001), note: index, isDown: false),
      ]
    }.sorted { ($0.time, $0.isDown ? 1 : 0, $0.note) < ($1.time, $1.isDown ? 1 : 0, $1.note) }
  }

  /// Lets an answer that begins before `time` finish.
  ///
  /// - Returns: The time at which the recording goes on.
  private mutating func makeWay(for time: Double) -> Double {
    advance(to: time)
    guard improviser.isAnswering else { return time }
    while improviser.isAnswering, let deadline = improviser.nextDeadline { advance(to: max(deadline, clock)) }
    return max(time, (result.answers.last?.upperBound ?? clock) + Self.pause)
  }

  private mutating func advance(to time: Double) {
    while let deadline = improviser.nextDeadline, deadline < time { emit(at: max(deadline, clock)) }
    emit(at: max(time, clock))
  }

  private mutating func emit(at time: Double) {
    clock = time
    improviser.advance(to: time) { event in take(event) }
  }

  private mutating func take(_ event: AnswerEvent) {
    switch event {
    case .began(_, let time): began = time
    case .noteOn(let channel, let pitch, let velocity, let time):
      open[OpenNote(channel: channel, pitch: pitch)] = (velocity, time)
    case .noteOff(let channel, let pitch, let time):
      guard let note = open.removeValue(forKey: OpenNote(channel: channel, pitch: pitch)) else { return }
      let whole = Note(
        pitch: pitch, velocity: note.velocity, onset: note.onset, duration: time - note.onset, channel: channel)
      if channel == 0 { result.answer.append(whole) } else { result.accompaniment.append(whole) }
    case .ended(let time):
      if let began { result.answers.append(began...max(began, time)) }
      began = nil
    case .program, .silence: break
    }
  }
}
