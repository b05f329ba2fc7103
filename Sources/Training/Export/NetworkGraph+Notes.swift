// The parts that the graphs of several note models have in common.
import Improviser

extension NetworkGraph {
  /// The shape of a class at each step of each sequence.
  static let cells: [Size] = [.steps, .batch]

  /// The inputs for the classes of the note that was heard last, by `NoteAttribute.rawValue`.
  mutating func heard(_ attributes: [NoteAttribute] = NoteAttribute.allCases) -> [Value] {
    attributes.map { attribute in
      let start = attribute == .pitch ? "; \(NoteVocabulary.start) before the first note" : ""
      return input(
        attribute.name, .integer, Self.cells, "class of the \(attribute.name) of the note heard last\(start)")
    }
  }

  /// The inputs for what is known of the note to predict.
  mutating func known() -> [Value] {
    NoteAttribute.velocity.known.map { attribute in
      input("known_\(attribute.name)", .integer, Self.cells, "class of the \(attribute.name) of the note to predict")
    }
  }

  /// The input for the composer or genre; nil when the model has no tensor `table` for them.
  mutating func condition(_ table: String) -> Value? {
    guard has(table) else { return nil }
    return input(
      "condition", .integer, Self.cells, "1 + the place of the composer or genre in the model's list; 0 for none")
  }

  /// Notes [steps, batch, width] as the sum of rows of the tables under "embedding", from their four classes.
  mutating func notes(_ classes: [Value], as name: String) throws(TrainingError) -> Value {
    var rows: [Value] = []
    for (attribute, value) in zip(NoteAttribute.allCases, classes) {
      rows.append(try embedding("embedding.\(attribute.name)", value, as: "embedding_\(attribute.name)"))
    }
    guard var all = rows.first else { throw TrainingError("The model hears nothing.") }
    for row in rows.dropFirst() { all = sum(all, row, as: name) }
    return all
  }

  /// What is told beside the notes, [steps, batch, width]: adds the inputs "scale" and, if there is one, "condition".
  mutating func told() throws(TrainingError) -> Value {
    let scale = input(
      "scale", .float, Self.cells + [.fixed(ScaleCondition.count)],
      "1 for the 12 pitch classes of the scale from C, then 1 for its tonic; zeros when it is not known")
    let condition = condition("embedding.condition")
    let told = matmul(scale, try parameter("embedding.scale"), as: "told")
    guard let condition else { return told }
    return sum(told, try embedding("embedding.condition", condition, as: "embedding_condition"), as: "told")
  }

  /// The layers of LSTM under `prefix` over x [steps, batch, inputs], with an input and an output for each one's state.
  mutating func layers(_ x: Value, _ prefix: String) throws(TrainingError) -> (y: Value, states: [StateChange]) {
    var y = x
    var states: [StateChange] = []
    var index = 0
    while has("\(prefix).\(index).weight_hh") {
      let shape: [Size] = [.batch, .fixed(try self.shape("\(prefix).\(index).weight_hh").last ?? 0)]
      let hidden = input("hidden_\(index)", .float, shape, "output of LSTM layer \(index) before; zeros at first")
      let cell = input("cell_\(index)", .float, shape, "memory of LSTM layer \(index) before; zeros at first")
      let layer = try lstm(y, from: (hidden, cell), "\(prefix).\(index)", as: "y_\(index)")
      y = layer.y
      states += [StateChange(old: hidden, new: layer.hidden), StateChange(old: cell, new: layer.cell)]
      index += 1
    }
    return (y, states)
  }

  /// An input with what it becomes.
  struct StateChange {
    let old, new: Value
  }

  /// Adds the outputs for what the inputs of the state become.
  mutating func outputs(_ states: [StateChange]) {
    for change in states { state(change.new, from: change.old) }
  }

  /// Adds the scores of all four attributes of a note, each given those before it.
  ///
  /// - Parameters:
  ///   - top: the top layer's outputs [steps, batch, width].
  ///   - known: the classes of the note's interval, pitch and duration.
  ///   - before: the class of the pitch of the note before.
  mutating func noteHeads(_ top: Value, known: [Value], before: Value) throws(TrainingError) {
    for attribute in NoteAttribute.allCases {
      let logits = try head(attribute, top, known: known, before: before)
      let end = attribute == .interval ? "; class \(NoteVocabulary.end) says that nothing follows" : ""
      scores(logits, attribute, end)
    }
  }

  /// Makes logits [steps, batch, classes] of an attribute an output.
  mutating func scores(_ logits: Value, _ attribute: NoteAttribute, _ remark: String = "") {
    output(
      logits, attribute.name + "_logits", .float, Self.cells + [.fixed(attribute.classCount)],
      "scores of the classes of the \(attribute.name)\(remark)")
  }

  private mutating func head(
    _ attribute: NoteAttribute, _ top: Value, known: [Value], before: Value
  ) throws(TrainingError) -> Value {
    let name = attribute.name
    guard has(name + ".hidden.weight") else {
      return try linear(top, name + ".weight", name + ".bias", as: name + "_scores")
    }
    var all = try linear(top, name + ".hidden.weight", name + ".hidden.bias", as: name + "_sum")
    for other in attribute.known {
      let row = try embedding("\(name).\(other.name)", known[other.rawValue], as: "\(name)_\(other.name)")
      all = sum(all, row, as: name + "_sum")
    }
    let units = relu(all, as: name + "_units")
    let scores = try linear(units, name + ".weight", name + ".bias", as: name + "_scores")
    switch attribute {
    case .pitch: return allowRisingChords(scores, before: before, interval: known[0])
    case .duration:
      // A note lasts at least a tick.
      let never = [-Float.infinity] + [Float](repeating: 0, count: attribute.classCount - 1)
      return sum(scores, buffer("duration_mask", shape: [attribute.classCount], floats: never), as: "duration_allowed")
    default: return scores
    }
  }

  /// Forbids the pitches up to that of the note before, where the note belongs to the same chord.
  private mutating func allowRisingChords(_ scores: Value, before: Value, interval: Value) -> Value {
    let zero = integers([0], scalar: true), one = integers([1], scalar: true)
    let start = integers([NoteVocabulary.start], scalar: true)
    let isTogether = node("Equal", [interval.name, zero], as: ["is_together"])
    let isNote = node("Less", [before.name, start], as: ["is_note"])
    let isChord = node("And", isTogether + isNote, as: ["is_chord"])
    let above = node("Add", [before.name, one], as: ["above"])
    let lowest = add(
      "Where", isChord + above + [zero], as: "lowest",
      code: "(\(before.code) + 1) * ((\(interval.code) == 0) & (\(before.code) < \(NoteVocabulary.start))).long()")
    return forbid(scores, below: lowest, classes: NoteVocabulary.pitchCount, as: "pitch_allowed")
  }
}
