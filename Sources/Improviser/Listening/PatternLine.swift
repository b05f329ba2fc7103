// The end of a melody, and the pattern that it plays.

import Music

/// The last notes of a line. A value with storage of a fixed size: nothing is allocated after `init`.
struct PatternLine: Sendable {
  /// A pattern that is played, and the MIDI pitch of the principal tone on which that begins.
  struct Found {
    var pattern: ThesaurusPattern
    var start: Int

    var scale: PatternScale { PatternScale(tonic: PitchClass(wrapping: start), pattern: pattern) }
  }

  /// Notes that are kept.
  static let capacity = 64

  private var pitches: [Int] = []
  /// MIDI pitch of the last note; nil before the first.
  var last: Int? { pitches.last }

  init() { pitches.reserveCapacity(Self.capacity) }

  mutating func removeAll() { pitches.removeAll(keepingCapacity: true) }

  mutating func append(_ pitch: Int) {
    if pitches.count == Self.capacity { pitches.removeFirst() }
    pitches.append(pitch)
  }

  mutating func replaceLast(with pitch: Int) {
    if !pitches.isEmpty { pitches[pitches.count - 1] = pitch }
  }

  /// The pattern that the last notes play, nil when they play none.
  ///
  /// They must play enough whole cells, up or down, and the principal tone after them. Where several patterns fit, it
  /// is one with the fewest added notes; its first principal tone is the first note of the line that can be one.
  func pattern() -> Found? {
    for length in 2...ThesaurusPattern.counts.upperBound + 1 {
      if let found = run(of: length).flatMap({ pattern(in: $0) }) { return found }
      if let found = loop(of: length) { return found }
    }
    return nil
  }

  /// Notes from `start` to the last, each `step` above the one `length` notes before it; downwards when negative.
  private struct Run {
    var start: Int
    var length: Int
    var step: Int
    var progression: Progression
  }

  private func run(of length: Int) -> Run? {
    let end = pitches.count - 1
    guard end >= 2 * length else { return nil }
    let step = pitches[end] - pitches[end - length]
    guard step != 0, let progression = Self.progression(step: abs(step)) else { return nil }
    var start = end - length
    while start > 0, pitches[start - 1 + length] - pitches[start - 1] == step { start -= 1 }
    return Run(start: start, length: length, step: step, progression: progression)
  }

  private func pattern(in run: Run) -> Found? {
    for start in run.start..<run.start + run.length {
      let cells = (pitches.count - 1 - start) / run.length
      guard cells >= Self.cells(of: run.length, run.progression),
        let found = cell(at: start, run.length, run.step, run.progression),
        !isPlain(start..<start + cells * run.length + 1)
      else { continue }
      return Found(pattern: found, start: pitches[start])
    }
    return nil
  }

  /// A pattern of tritones that begins anew instead of reaching the octave: no other has but two cells in an octave.
  private func loop(of length: Int) -> Found? {
    let end = pitches.count - 1
    let start = end - 2 * length
    guard start >= 0, pitches[end] == pitches[start], pitches[start + length] != pitches[start] else { return nil }
    let step = pitches[start + length] - pitches[start]
    guard abs(step) == Progression.tritone.step else { return nil }
    for index in start..<start + length where pitches[index + length] - pitches[index] != step { return nil }
    guard let found = cell(at: start, length, step, .tritone), !isPlain(start..<end) else { return nil }
    return Found(pattern: found, start: pitches[start])
  }

  /// The pattern of the cell whose first note is at `start`, when its notes come in the order of the rules.
  private func cell(at start: Int, _ length: Int, _ step: Int, _ progression: Progression) -> ThesaurusPattern? {
    let isAscent = step > 0
    // A descent is the ascent backwards: it ends its cell on the principal tone from which the notes are counted.
    let principal = isAscent ? pitches[start] : pitches[start + length]
    var mask: UInt32 = 0
    var (zone, previous) = (0, 0)
    for place in 1..<length {
      let offset = pitches[isAscent ? start + place : start + length - place] - principal
      guard ThesaurusPattern.allows(offset, in: progression) else { return nil }
      let next = offset < 0 ? 0 : offset < progression.step ? 1 : 2
      if place > 1 {
        let isInOrder = next == zone ? (zone == 1 ? offset > previous : offset < previous) : next > zone
        guard isInOrder else { return nil }
      }
      (zone, previous) = (next, offset)
      mask |= 1 << UInt32(offset + ThesaurusPattern.reach)
    }
    return ThesaurusPattern(progression, mask: mask)
  }

  /// Whether notes are what all music is made of: a chromatic run or another chain of equal intervals, or notes of one
  /// major or minor scale.
  private func isPlain(_ notes: Range<Int>) -> Bool {
    let interval = pitches[notes.lowerBound + 1] - pitches[notes.lowerBound]
    if notes.dropFirst().allSatisfy({ pitches[$0] - pitches[$0 - 1] == interval }) { return true }
    let classes = notes.reduce(UInt16(0)) { $0 | 1 << UInt16(pitches[$1] % 12) }
    return Self.plainScales.contains { classes & ~$0 == 0 }
  }

  /// How many whole cells of `length` notes a line must play. Short cells, and sequences by a whole tone or a semitone,
  /// turn up in all music; the numbers were chosen on songs and folk tunes, where a pattern is to be shown once in
  /// several hours.
  private static func cells(of length: Int, _ progression: Progression) -> Int {
    switch progression {
    case .tritone: 2
    case .semitone: length == 2 ? 6 : 5
    case .wholeTone: length == 2 ? 5 : 4
    case .diatessaron, .diapente: length <= 3 ? 4 : 3
    case .ditone, .sesquitone, .quadritone, .sesquiquadritone, .quinquetone, .septitone: length <= 3 ? 3 : 2
    }
  }

  /// The pitch classes of the major, harmonic minor and melodic minor scales.
  private static let plainScales: [UInt16] = [ScaleFamily.major, .harmonicMinor, .melodicMinor].flatMap { family in
    PitchClass.all.map { Scale(tonic: $0, family: family).mask }
  }

  private static func progression(step: Int) -> Progression? {
    progressions.indices.contains(step) ? progressions[step] : nil
  }

  /// By their steps; made once, for no two have the same.
  private static let progressions: [Progression?] = (0...14).map { step in
    Progression.allCases.first { $0.step == step }
  }
}
