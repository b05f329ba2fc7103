// Figures that describe an answer, or what a composer really wrote after a phrase.

public import Music

/// What can be counted about a line of notes that follows a phrase.
public struct AnswerFigures: Sendable, Equatable, Codable {
  /// Notes.
  public var notes: Double
  /// Share of the notes whose pitch class is in the scale; nil when no scale was given.
  public var inScale: Double?
  /// Time from the first onset to the last end, divided by the phrase's.
  public var lengthRatio: Double
  /// Semitones from the lowest pitch to the highest.
  public var pitchRange: Double
  /// Share of the onsets whose highest pitch is that of the onset before.
  public var repeatedNotes: Double
  /// Pitches that occur.
  public var distinctPitches: Double
  /// Share of the time from the first onset to the last end in which nothing sounds.
  public var silence: Double

  /// The figures of `answer`, or nil when there are no notes in it or in the phrase.
  public init?(_ answer: [Note], phrase: [Note], scale: Scale?) {
    let phraseSpan = Self.span(phrase)
    guard !answer.isEmpty, phraseSpan > 0 else { return nil }
    let sorted = answer.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
    let count = Double(sorted.count)
    notes = count
    inScale = scale.map { scale in Double(sorted.count { scale.contains($0.pitchClass) }) / count }
    lengthRatio = Self.span(sorted) / phraseSpan
    let pitches = Set(sorted.map(\.pitch))
    pitchRange = Double((pitches.max() ?? 0) - (pitches.min() ?? 0))
    distinctPitches = Double(pitches.count)
    let line = Self.topLine(sorted)
    let repeated = zip(line, line.dropFirst()).count { $0 == $1 }
    repeatedNotes = line.count > 1 ? Double(repeated) / Double(line.count - 1) : 0
    silence = Self.silence(sorted)
  }

  private init(_ list: [AnswerFigures]) {
    let scaled = list.compactMap(\.inScale)
    notes = Self.mean(list.map(\.notes))
    inScale = scaled.isEmpty ? nil : Self.mean(scaled)
    lengthRatio = Self.mean(list.map(\.lengthRatio))
    pitchRange = Self.mean(list.map(\.pitchRange))
    repeatedNotes = Self.mean(list.map(\.repeatedNotes))
    distinctPitches = Self.mean(list.map(\.distinctPitches))
    silence = Self.mean(list.map(\.silence))
  }

  /// The means of several figures, or nil of none.
  public static func mean(_ list: [AnswerFigures]) -> AnswerFigures? { list.isEmpty ? nil : AnswerFigures(list) }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

  private static func span(_ notes: [Note]) -> Double {
    (notes.map(\.end).max() ?? 0) - (notes.map(\.onset).min() ?? 0)
  }

  /// The highest pitch of each onset; onsets within 30 ms are one.
  private static func topLine(_ sorted: [Note]) -> [Int] {
    var line: [Int] = []
    var onset = -Double.infinity
    for note in sorted {
      if note.onset - onset > PhraseCapture.chordWindow {
        line.append(note.pitch)
        onset = note.onset
      } else {
        line[line.count - 1] = max(line[line.count - 1], note.pitch)
      }
    }
    return line
  }

  private static func silence(_ sorted: [Note]) -> Double {
    var (silent, end) = (0.0, sorted[0].onset)
    for note in sorted {
      silent += max(0, note.onset - end)
      end = max(end, note.end)
    }
    let span = end - sorted[0].onset
    return span > 0 ? silent / span : 0
  }
}
