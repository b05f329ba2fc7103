// A finished phrase, as the answer needs to know it.

/// What a phrase was like: its events, beat, register, texture and dynamics.
struct Phrase {
  /// Its notes on its beat; the first interval is the time from whatever came before.
  let events: [NoteEvent]
  /// Ticks from the first onset to each event's.
  let positions: [Int]
  /// Seconds a beat.
  let beat: Double
  /// The place of the first onset within the beat, in ticks.
  let phase: Int
  /// Ticks from the first onset to the last release, at least 1.
  let ticks: Int
  /// The lowest and the highest pitch.
  let range: ClosedRange<Int>
  /// Most notes that begin together.
  let largestChord: Int
  /// Most notes that sound together; overlaps of successive notes are no second voice.
  let voices: Int
  /// The longest interval between onsets inside the phrase in ticks, or nil with fewer than two.
  let longestInterval: Int?
  /// The longest duration in ticks.
  let longestDuration: Int
  /// How much of the written time to the next note the player lets sound, 0.4...1.
  let articulation: Double

  /// The phrase of the captured notes, or nil when there are none.
  init?(_ capture: PhraseCapture, before: Double?, now: Double, beat: Double) {
    var writer = PhraseWriter(before: before)
    var events: [NoteEvent] = []
    var positions: [Int] = []
    var shares: [Double] = []
    var walk = ChordWalk(capture.notes)
    while let chord = walk.next() {
      writer.write(chord, next: walk.nextOnset, now: now, beat: beat, to: &events)
      positions += Array(repeating: writer.position, count: chord.count)
      guard let next = walk.nextOnset else { continue }
      for note in chord { shares.append(((note.release ?? now) - note.onset) / max(0.001, next - note.onset)) }
    }
    let played = shares.filter { $0 > 0.4 && $0 < 1.15 }.sorted()
    self.init(
      events: events, positions: positions, beat: beat,
      articulation: played.isEmpty ? 0.95 : min(1, played[played.count / 2]))
  }

  /// The phrase of events at `positions`, or nil when there are none.
  init?(events: [NoteEvent], positions: [Int], beat: Double, articulation: Double = 0.95) {
    guard let first = events.first, events.count == positions.count else { return nil }
    self.events = events
    self.positions = positions
    self.beat = beat
    self.articulation = articulation
    ticks = max(1, zip(positions, events).map { $0 + $1.duration }.max() ?? 1)
    let pitches = events.map(\.pitch)
    range = (pitches.min() ?? first.pitch)...(pitches.max() ?? first.pitch)
    longestDuration = events.map(\.duration).max() ?? first.duration
    longestInterval = events.dropFirst().map(\.interval).max().flatMap { $0 > 0 ? $0 : nil }
    largestChord = Self.largestChord(positions)
    voices = max(largestChord, Self.voices(events, positions))
    phase = Self.phase(positions, end: ticks)
  }

  /// The greatest velocity of the events near `share` of the phrase's length, 0...1.
  func velocity(at share: Double) -> Double {
    let place = share * Double(positions.last ?? 0)
    // The nearest events weigh most, so the contour has no steps.
    var (sum, weight) = (0.0, 0.0)
    for (event, position) in zip(events, positions) {
      let near = 1 / (6 + abs(Double(position) - place))
      sum += near * near * Double(event.velocity)
      weight += near * near
    }
    return sum / weight
  }

  /// The highest pitch that sounds or sounded last at `share` of the phrase's length, 0...1.
  func contour(at share: Double) -> Int {
    let place = Int((share * Double(positions.last ?? 0)).rounded())
    let index = positions.lastIndex { $0 <= place } ?? 0
    return events[index].pitch
  }

  private static func largestChord(_ positions: [Int]) -> Int {
    var (largest, size) = (1, 1)
    for index in positions.indices.dropFirst() {
      size = positions[index] == positions[index - 1] ? size + 1 : 1
      largest = max(largest, size)
    }
    return largest
  }

  private static func voices(_ events: [NoteEvent], _ positions: [Int]) -> Int {
    var most = 1
    var sounding: [Int] = []
    for (event, position) in zip(events, positions) {
      // A note that laps over the next by a third of its length is tied to it in playing, not in writing.
      sounding.removeAll { $0 <= position }
      sounding.append(position + event.duration * 2 / 3)
      most = max(most, sounding.count)
    }
    return most
  }

  /// Where in the beat the first onset lies, so that long notes fall on beats.
  static func phase(_ positions: [Int], end: Int) -> Int {
    let onsets = positions.enumerated().filter { $0 == 0 || $1 != positions[$0 - 1] }.map(\.element)
    func score(_ phase: Int) -> Double {
      var score = phase == 0 ? 0.5 : 0
      for (index, onset) in onsets.enumerated() {
        let length = Double(min(48, (index + 1 < onsets.count ? onsets[index + 1] : end) - onset)) / 24
        let tick = (onset + phase) % 24
        score += length * (tick == 0 ? 1 : tick == 12 ? 0.3 : 0)
      }
      return score
    }
    return [0, 12, 18, 6, 16, 8].max { score($0) < score($1) } ?? 0
  }
}
