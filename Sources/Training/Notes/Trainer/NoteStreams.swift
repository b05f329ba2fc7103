// Sequences end to end in parallel rows, cut into windows.
import Improviser

/// Feeds a training: each row reads one sequence after another, and the windows of a row follow each other, so that the
/// network's state can be carried. What is read depends on the seed, the pass and the sequence alone. Only the
/// sequences that the rows read now are in memory.
struct NoteStreams {
  /// A row's place: pass over the data and place in its order (-1 before the first), and note of the sequence.
  struct Place: Equatable {
    var pass = 0
    var order = -1
    var index = 0
  }

  private struct Row {
    var place = Place()
    var classes: NoteClasses?
  }

  /// Notes for which a scale stays told or hidden.
  private static let stretch = 64

  private let source: NoteSource
  private let reading: NoteReading
  private let augmentation: NoteAugmentation
  private let seed: UInt64
  private let isEndless: Bool
  private var rows: [Row]
  private var pass = 0
  private var next = 0
  private var order: [Int]

  /// - Parameters:
  ///   - isEndless: begin anew, in another order, when all sequences have been read; else the rows run dry.
  init(
    _ source: NoteSource, reading: NoteReading, rows: Int, augmentation: NoteAugmentation, seed: UInt64,
    isEndless: Bool
  ) {
    self.source = source
    self.reading = reading
    self.augmentation = augmentation
    self.seed = seed
    self.isEndless = isEndless
    self.rows = [Row](repeating: Row(), count: rows)
    order = Self.order(of: source, seed: seed, pass: 0, isShuffled: isEndless)
  }

  /// In training any order; otherwise the longest first, so that the rows run dry together.
  private static func order(of source: NoteSource, seed: UInt64, pass: Int, isShuffled: Bool) -> [Int] {
    guard isShuffled else {
      return (0..<source.count).sorted { (source.noteCount($0), $1) > (source.noteCount($1), $0) }
    }
    var random = SplitMix64(seed: seed, index: UInt64(pass))
    return (0..<source.count).shuffled(using: &random)
  }

  /// The next window of all rows; nil when all are dry.
  mutating func window(steps: Int) throws(TrainingError) -> NoteBatch? {
    var batch = NoteBatch(steps: steps, rows: rows.count, startToken: reading.startToken)
    var isDry = true
    for row in rows.indices {
      for step in 0..<steps {
        guard let classes = try classes(at: row) else { break }
        isDry = false
        let place = rows[row].place
        let isHidden = isScaleHidden(place)
        batch.set(step: step, row: row, classes, index: place.index, isScaleHidden: isHidden)
        rows[row].place.index += 1
      }
    }
    return isDry ? nil : batch
  }

  /// The sequence that a row reads now, the next one when the last is at its end; nil when there is none left.
  private mutating func classes(at row: Int) throws(TrainingError) -> NoteClasses? {
    let end = reading.hasEnds ? 1 : 0
    if let classes = rows[row].classes, rows[row].place.index < classes.count + end { return classes }
    if next == order.count, isEndless {
      pass += 1
      next = 0
      order = Self.order(of: source, seed: seed, pass: pass, isShuffled: true)
    }
    guard next < order.count else {
      rows[row].classes = nil
      return nil
    }
    rows[row] = try read(Place(pass: pass, order: next))
    next += 1
    return rows[row].classes
  }

  private func read(_ place: Place) throws(TrainingError) -> Row {
    let order =
      place.pass == pass
      ? self.order : Self.order(of: source, seed: seed, pass: place.pass, isShuffled: isEndless)
    guard order.indices.contains(place.order) else { return Row() }
    let sequence = source.sequence(order[place.order])
    let number = UInt64(place.pass) << 32 | UInt64(place.order)
    var random = SplitMix64(seed: seed &+ 1, index: number)
    var classes = try reading.classes(augmentation.vary(sequence, random: &random))
    var conditionRandom = SplitMix64(seed: seed &+ 3, index: number)
    if classes.condition != 0, conditionRandom.chance(augmentation.hiddenConditions) { classes.condition = 0 }
    return Row(place: place, classes: classes)
  }

  private func isScaleHidden(_ place: Place) -> Bool {
    guard augmentation.hiddenScales > 0 else { return false }
    let stretch = UInt64(place.index / Self.stretch)
    var random = SplitMix64(seed: seed &+ 2 &+ stretch << 32, index: UInt64(place.pass) << 32 | UInt64(place.order))
    return random.chance(augmentation.hiddenScales)
  }

  /// All places as numbers, for a checkpoint.
  var position: [Int64] {
    [Int64(pass), Int64(next)]
      + rows.flatMap { [Int64($0.place.pass), Int64($0.place.order), Int64($0.place.index)] }
  }

  /// Goes on at the places of a checkpoint.
  mutating func restore(_ position: [Int64]) throws(TrainingError) {
    guard position.count == 2 + 3 * rows.count, position.allSatisfy({ $0 >= -1 }), position[0] >= 0,
      (0...Int64(source.count)).contains(position[1])
    else {
      throw TrainingError("The checkpoint's places in the data do not fit; give the same options and data.")
    }
    pass = Int(position[0])
    next = Int(position[1])
    order = Self.order(of: source, seed: seed, pass: pass, isShuffled: isEndless)
    for row in rows.indices {
      let numbers = position[(2 + 3 * row)..<(5 + 3 * row)].map(Int.init)
      rows[row] = try read(Place(pass: numbers[0], order: numbers[1]))
      rows[row].place.index = numbers[2]
    }
  }
}
