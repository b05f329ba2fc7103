// Parts of graphs that turn classes into numbers and numbers into chances.
import Improviser

extension NetworkGraph {
  /// Integers [steps, batch] as ones among zeros [steps, batch, classes]; all zeros for what is no class.
  mutating func oneHot(_ index: Value, classes: Int, as name: String) -> Value {
    let all = buffer(name + "_classes", shape: [classes], integers: Array(0..<classes))
    let each = unsqueeze(index, axis: -1, as: name + "_each")
    let isEqual = node("Equal", [each.name, all.name], as: [name + "_equal"])
    return add("Cast", isEqual, [("to", .integer(1))], as: name, code: "(\(each.code) == \(all.code)).float()")
  }

  /// 1 where a pitch [steps, batch] is one, 0 before the first note: [steps, batch, 1].
  mutating func isNote(_ pitch: Value) -> Value {
    let each = unsqueeze(pitch, axis: -1, as: "pitch_each")
    let start = integers([NoteVocabulary.start], scalar: true)
    let isLess = node("Less", [each.name, start], as: ["is_below_start"])
    return add(
      "Cast", isLess, [("to", .integer(1))], as: "is_note",
      code: "(\(each.code) < \(NoteVocabulary.start)).float()")
  }

  /// The numbers [steps, batch, 1] that a table has for classes [steps, batch].
  mutating func number(of index: Value, _ table: [Float], as name: String) -> Value {
    let table = buffer(name + "_table", shape: [table.count, 1], floats: table)
    return add(
      "Gather", [table.name, index.name], [("axis", .integer(0))], as: name,
      code: "torch.embedding(\(table.code), \(index.code))")
  }

  /// What is heard [steps, batch, numbers] with the row of the composer or genre beside it.
  mutating func withCondition(_ x: Value, _ condition: Value?) throws(TrainingError) -> Value {
    guard let condition else { return x }
    let row = try embedding("lstm.condition", condition, as: "condition_row")
    return concatenate([x, row], axis: 2, as: "heard_and_told")
  }

  /// Scores of classes before and after those that there are, all -infinity.
  mutating func impossible(_ logits: Value, before: Int, after: Int, as name: String) -> Value {
    let never = initializer(Weight(name: name + "_never", shape: [], floats: [-.infinity]))
    let pads = integers([0, 0, before, 0, 0, after])
    return add(
      "Pad", [logits.name, pads, never], as: name,
      code: "torch.constant_pad_nd(\(logits.code), [\(before), \(after)], -float(\"inf\"))")
  }

  /// Log-probabilities of ordered classes: the shares of a logistic distribution around `mean` [steps, batch, 1] that
  /// lie between their borders, as `DiscretizedLogistic` has them.
  mutating func logistic(
    _ mean: Value, _ logScale: String, borders: [Float], as name: String
  ) throws(TrainingError) -> Value {
    let classes = borders.count + 1
    func row(_ part: String, _ value: (Int) -> Float) -> Value {
      buffer("\(name)_\(part)", shape: [classes], floats: (0..<classes).map(value))
    }
    let inner = 1..<classes - 1
    let lower = row("lower") { $0 > 0 ? borders[$0 - 1] : 0 }
    let upper = row("upper") { $0 < classes - 1 ? borders[$0] : 0 }
    let hasLower = row("has_lower") { $0 > 0 ? 1 : 0 }
    let hasUpper = row("has_upper") { $0 < classes - 1 ? 1 : 0 }
    let width = row("width") { inner.contains($0) ? borders[$0] - borders[$0 - 1] : 1 }
    let isInner = row("is_inner") { inner.contains($0) ? 1 : 0 }
    let scale = try parameter(logScale)
    let (low, high) = (number(-6), number(8))
    let clamped = add(
      "Clip", [scale.name, low.name, high.name], as: name + "_log_scale_clamped",
      code: "torch.clamp(\(scale.code), \(low.code), \(high.code))")
    let negative = negate(clamped, as: name + "_log_sharpness")
    let sharpness = exponential(negative, as: name + "_sharpness")
    let toUpper = product(difference(upper, mean, as: name + "_to_upper"), sharpness, as: name + "_a")
    let toLower = product(difference(mean, lower, as: name + "_to_lower"), sharpness, as: name + "_b")
    let below = product(logSigmoid(toUpper, as: name + "_below_log"), hasUpper, as: name + "_below")
    let above = product(logSigmoid(toLower, as: name + "_above_log"), hasLower, as: name + "_above")
    let gap = exponential(
      negate(product(width, sharpness, as: name + "_width_scaled"), as: name + "_width_negative"), as: name + "_gap")
    let share = logarithm(difference(number(1), gap, as: name + "_share"), as: name + "_between_log")
    let between = product(share, isInner, as: name + "_between")
    return sum(sum(below, above, as: name + "_sides"), between, as: name + "_log_probabilities")
  }

  /// log(1 / (1 + e⁻ˣ)) = min(x, 0) - log(1 + exp(-|x|)).
  private mutating func logSigmoid(_ x: Value, as name: String) -> Value {
    let part = negate(relu(negate(x, as: name + "_negative"), as: name + "_excess"), as: name + "_least")
    let size = add("Abs", [x.name], as: name + "_size", code: "torch.abs(\(x.code))")
    let tail = exponential(negate(size, as: name + "_falling"), as: name + "_tail")
    let one = number(1)
    return difference(part, logarithm(sum(one, tail, as: name + "_raised"), as: name + "_log"), as: name)
  }

  private mutating func negate(_ x: Value, as name: String) -> Value {
    add("Neg", [x.name], as: name, code: "-\(x.code)")
  }

  private mutating func exponential(_ x: Value, as name: String) -> Value {
    add("Exp", [x.name], as: name, code: "torch.exp(\(x.code))")
  }

  private mutating func logarithm(_ x: Value, as name: String) -> Value {
    add("Log", [x.name], as: name, code: "torch.log(\(x.code))")
  }
}
