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
  /// Notes to predict.
  private(set) var noteCount = 0

  /// A batch in which nothing is heard or predicted yet.
  init(steps: Int, rows: Int) {
    self.steps = steps
    self.rows = rows
    let cells = steps * rows
    heard = NoteAttribute.allCases.map { attribute in
      [Int64](repeating: attribute == .pitch ? Int64(NoteVocabulary.start) : 0, count: cells)
    }
    targets = NoteAttribute.allCases.map { _ in [Int64](repeating: Int64(Self.nothing), count: cells) }
    lowest = [Int64](repeating: 0, count: cells)
    scales = [Float](repeating: 0, count: cells * ScaleCondition.count)
    keep = [Float](repeating: 0, count: cells)
  }

  /// Puts the prediction of note `index` of a sequence, or of its end when there is no such note, at `step` of `row`.
  mutating func set(step: Int, row: Int, _ classes: NoteClasses, index: Int, isScaleHidden: Bool = false) {
    let cell = step * rows + row
    if index > 0 {
      keep[cell] = 1
      for attribute in heard.indices { heard[attribute][cell] = classes.values[attribute][index - 1] }
    }
    if index < classes.count {
      for attribute in targets.indices { targets[attribute][cell] = classes.values[attribute][index] }
      lowest[cell] = classes.lowestPitch(at: index)
      noteCount += 1
    } else {
      targets[NoteAttribute.interval.rawValue][cell] = Int64(NoteVocabulary.end)
    }
    guard let scale = classes.scale, !isScaleHidden else { return }
    for pitchClass in 0..<12 where scale.contains(pitch: pitchClass) {
      scales[cell * ScaleCondition.count + pitchClass] = 1
    }
    scales[cell * ScaleCondition.count + 12 + scale.tonic] = 1
  }

  /// The targets as the heads look them up: nothing is class 0, whose scores nobody reads.
  func known(_ attribute: NoteAttribute) throws(TorchError) -> Tensor {
    try Tensor(targets[attribute.rawValue].map { max(0, $0) })
  }
}
