// Hears which pattern of the Thesaurus a player's line plays.

public import Music

/// Follows the melody of a keyboard note by note and names the pattern that it plays: a unit over notes.
///
/// Of notes struck together only the highest counts. A pattern is shown from the note that completes enough of it and
/// goes when the player rests, plays other notes, or only wanders about in its notes. A note takes some microseconds
/// and allocates nothing.
public struct PatternEar: Sendable {
  /// Seconds within which notes count as struck together.
  private static let chordTime = 0.03
  /// Seconds without a note after which a line has ended.
  private static let rest = 2.5
  /// Seconds for which a pattern is shown after the last note that belongs to it.
  private static let memory = 4.0
  /// Notes that do not belong to the pattern after which it is shown no more.
  private static let strangers = 3
  /// Notes of the pattern that may be played in another order before it is shown no more.
  private static let wanderings = 24

  /// The pattern that is played, and how long it has not gone on.
  private struct Heard {
    var pattern: PatternScale?
    var notes = PatternNotes()
    var lastMember = -Double.infinity
    var misses = 0
    var wandered = 0
  }

  /// The pattern that is played, on its tonic; nil when none is.
  public var pattern: PatternScale? { heard.pattern }

  private var line = PatternLine()
  private var lastOnset = -Double.infinity
  private var heard = Heard()
  /// What was heard before the last onset, of whose notes only the highest counts.
  private var before = Heard()

  /// An ear that has heard nothing.
  public init() {}

  /// Forgets everything.
  public mutating func reset() {
    line.removeAll()
    (heard, before) = (Heard(), Heard())
    lastOnset = -.infinity
  }

  /// A key was pressed. Times never go back.
  public mutating func noteOn(pitch: Int, at time: Double) {
    guard (0...127).contains(pitch), time.isFinite else { return }
    advance(to: time)
    if time - lastOnset > Self.rest { line.removeAll() }
    if time - lastOnset <= Self.chordTime, let last = line.last {
      // The chord began at its first note, however slowly it is broken.
      guard pitch > last else { return }
      line.replaceLast(with: pitch)
      heard = before
    } else {
      before = heard
      line.append(pitch)
      lastOnset = time
    }
    take(pitch, at: time)
  }

  /// Lets time pass.
  public mutating func advance(to time: Double) {
    if pattern != nil, time - heard.lastMember >= Self.memory { heard = Heard() }
  }

  private mutating func take(_ pitch: Int, at time: Double) {
    if let found = line.pattern() {
      let notes = PatternNotes(found)
      // The same notes have several names; the first one stays.
      if pattern == nil || notes != heard.notes { (heard.pattern, heard.notes) = (found.scale, notes) }
      (heard.lastMember, heard.misses, heard.wandered) = (time, 0, 0)
    } else if pattern != nil {
      if heard.notes.contains(pitch) {
        heard.lastMember = time
        heard.wandered += 1
      } else {
        heard.misses += 1
      }
      if heard.misses >= Self.strangers || heard.wandered >= Self.wanderings { heard = Heard() }
    }
  }
}

/// The notes of a pattern where it was played: those of all cells above and below. `PatternScale` begins it in one
/// certain octave, and a pattern over several octaves has other notes in the next.
private struct PatternNotes: Equatable {
  private var step = 1
  /// Bit `n`: pitches that leave `n` when divided by `step` belong to it.
  private var remainders: UInt16 = 0

  init() {}

  init(_ found: PatternLine.Found) {
    step = found.pattern.progression.step
    insert(found.start)
    for offset in ThesaurusPattern.offsets where found.pattern.has(offset) { insert(found.start + offset) }
  }

  func contains(_ pitch: Int) -> Bool { remainders >> UInt16(pitch % step) & 1 == 1 }

  private mutating func insert(_ pitch: Int) { remainders |= 1 << UInt16((pitch % step + step) % step) }
}
