// Windows of several sequences side by side, as tensors.
import Improviser
import Torch

/// `steps` × `rows` predictions. Row r of step t lies at t · rows + r everywhere.
struct NoteBatch {
  let steps: Int
  let rows: Int
  /// In place of a target where nothing is predicted.
  static let nothing = -1

  /// The classes heard before each step, by `NoteAttribute.rawValue`.
  private(set) var heard: [[Int64]]
  /// The classes to predict.
  private(set) var targets: [[Int64]]
  /// The lowest possible pitch.
  private(set) var lowest: [Int64]
  /// The scale's 24 numbers of each step.
  private(set) var scales: [Float]
  /// 0 where a sequence begins.
  private(set) var keep: [Float]
  /// What is told of the composer or genre at each step, as in `NoteClasses.condition`.
  private(set) var condition: [Int64]
  /// Notes to predict, by cell.
  private var noteCounts: [Int]
  /// Surprise in nats beside that of the classes, by cell.
  private var nats: [Double]

  /// Notes to predict.
  var noteCount: Int { noteCounts.reduce(0, +) }
  /// Surprise in nats beside that of the classes, for what the classes leave open; it belongs to the pitch.
  var extraNats: Double { nats.reduce(0, +) }

  /// A batch in which nothing is heard or predicted yet.
  ///
  /// - Parameter startToken: the class of the pitch that stands before the first note.
  init(steps: Int, rows: Int, startToken: Int = NoteVocabulary.start) {
    self.steps = steps
    self.rows = rows
    let cells = steps * rows
    heard = NoteAttribute.allCases.map { attribute in
      [Int64](repeating: attribute == .pitch ? Int64(startToken) : 0, count: cells)
    }
    targets = NoteAttribute.allCases.map { _ in [Int64](repeating: Int64(Self.nothing), count: cells) }
    lowest = [Int64](repeating: 0, count: cells)
    scales = [Float](repeating: 0, count: cells * ScaleCondition.count)
    keep = [Float](repeating: 0, count: cells)
    condition = [Int64](repeating: 0, count: cells)
    noteCounts = [Int](repeating: 0, count: cells)
    nats = [Double](repeating: 0, count: cells)
  }

  /// Puts the prediction of note `index` of a sequence, or of its end when there is no such note, at `step` of `row`.
  mutating func set(step: Int, row: Int, _ classes: NoteClasses, index: Int, isScaleHidden: Bool = false) {
    let cell = step * rows + row
    condition[cell] = classes.condition
    if index > 0 {
      keep[cell] = 1
      for attribute in heard.indices { heard[attribute][cell] = classes.values[attribute][index - 1] }
    }
    if index < classes.count {
      for attribute in targets.indices { targets[attribute][cell] = classes.values[attribute][index] }
      lowest[cell] = classes.lowestPitch(at: index)
      noteCounts[cell] = classes.noteCounts?[index] ?? 1
      nats[cell] = classes.extraNats?[index] ?? 0
    } else {
      targets[NoteAttribute.interval.rawValue][cell] = Int64(NoteVocabulary.end)
    }
    guard let scale = classes.scale, !isScaleHidden else { return }
    for pitchClass in 0..<12 where scale.contains(pitch: pitchClass) {
      scales[cell * ScaleCondition.count + pitchClass] = 1
    }
    scales[cell * ScaleCondition.count + 12 + scale.tonic] = 1
  }

  /// The same window of some of the rows.
  func rows(_ range: Range<Int>) -> NoteBatch {
    guard range != 0..<rows else { return self }
    func cut<Element>(_ cells: [Element], width: Int = 1) -> [Element] {
      var kept: [Element] = []
      kept.reserveCapacity(steps * range.count * width)
      for step in 0..<steps {
        let first = (step * rows + range.lowerBound) * width
        kept += cells[first..<first + range.count * width]
      }
      return kept
    }
    var part = NoteBatch(steps: steps, rows: range.count)
    part.heard = heard.map { cut($0) }
    part.targets = targets.map { cut($0) }
    part.lowest = cut(lowest)
    part.scales = cut(scales, width: ScaleCondition.count)
    part.keep = cut(keep)
    part.condition = cut(condition)
    part.noteCounts = cut(noteCounts)
    part.nats = cut(nats)
    return part
  }

  /// The targets as the heads look them up: nothing is class 0, whose scores nobody reads.
  func known(_ attribute: NoteAttribute) throws(TorchError) -> Tensor {
    try Tensor(targets[attribute.rawValue].map { max(0, $0) })
  }
}
