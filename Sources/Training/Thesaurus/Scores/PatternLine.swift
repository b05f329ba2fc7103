// The notes of a pattern as a line, divided into its cells.
import Music

/// A pattern from its first note to its last in one direction, or up and down again.
struct PatternLine: Hashable {
  /// A note of the line.
  struct Tone: Hashable {
    /// MIDI pitch.
    var pitch: Int
    /// Whether it divides the octaves.
    var isPrincipal: Bool
  }

  /// A principal tone and the notes that follow it up to the next. The last cell going up is a single tone; the first
  /// cell after the turn begins with the notes that were added.
  private(set) var cells: [[Tone]]
  /// How many cells go up before the line turns; nil when it doesn't.
  private(set) var turn: Int?

  /// The line of an entry.
  init(_ entry: PatternEntry, _ direction: PatternDirection) {
    let (progression, start) = (entry.pattern.progression, entry.start)
    let added = entry.pattern.offsets
    let principal = (0...progression.parts).map { start + $0 * progression.step }
    func cell(_ tone: Int, _ others: [Int]) -> [Tone] {
      [Tone(pitch: tone, isPrincipal: true)] + others.map { Tone(pitch: $0, isPrincipal: false) }
    }
    let top = principal[progression.parts]
    let up = principal.dropLast().map { tone in cell(tone, added.map { tone + $0 }) } + [cell(top, [])]
    let down = zip(principal.dropFirst(), principal).reversed().map { tone, below in
      cell(tone, added.reversed().map { below + $0 })
    } + [cell(start, [])]
    switch direction {
    case .up: cells = up
    case .down: cells = down
    case .both:
      cells = up + [Array(down[0].dropFirst())] + down.dropFirst()
      turn = up.count
    }
  }

  /// All notes in order.
  var tones: [Tone] { cells.flatMap { $0 } }

  /// The notes as they are written, in the same cells.
  var written: [[WrittenPitch]] {
    var rest = PatternSpelling.written(tones.map(\.pitch))[...]
    return cells.map { cell in
      defer { rest = rest.dropFirst(cell.count) }
      return Array(rest.prefix(cell.count))
    }
  }

  /// As many whole cells from the beginning as have at most `limit` notes together with the principal tone after them;
  /// at least one cell. Nothing is left out of a line that is short enough.
  func shortened(to limit: Int) -> PatternLine {
    guard tones.count > limit else { return self }
    var (kept, count) = (1, cells[0].count)
    while count + cells[kept].count + 1 <= limit {
      count += cells[kept].count
      kept += 1
    }
    var line = self
    line.cells = Array(cells.prefix(kept))
    // The line may not stop short of the principal tone to which the last notes lead.
    if let next = cells[kept].first, next.isPrincipal { line.cells.append([next]) }
    if let turn, kept < turn { line.turn = nil }
    return line
  }
}
