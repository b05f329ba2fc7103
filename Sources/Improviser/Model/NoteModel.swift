// The note model: a recurrent network that predicts the next note, loaded from a model file.
public import Foundation
public import Neural

/// Weights of a network that predicts interval, pitch, duration and velocity of the next note, in this order and each
/// given those before; see `NoteModelState` for its use.
///
/// An event is the sum of the embeddings of its four parts and of the scale; LSTM layers follow, whose output u gives
/// the logits of the interval at once and those of the other parts through a hidden layer each (`NoteModelHead`).
/// Immutable after loading, so one model serves any number of states on any threads.
public final class NoteModel: Sendable {
  /// Value of the metadata "architecture" and "version" that this code runs.
  public static let architecture = "note-lstm"
  public static let version = "1"
  /// What errors tell the user to do.
  public static let remedy = "Make the model again with \"antiphon-train notes train\" or copy the file anew"
  /// Tensors whose names begin so belong to the long-term memory and are not read here.
  public static let memoryPrefix = "memory."

  public let shape: NoteModelShape
  /// How the matrices are kept.
  public let precision: WeightPrecision
  /// The string map of the file: data, licence, command, seed, figures.
  public let metadata: [String: String]

  let pitchInput, intervalInput, durationInput, velocityInput, scaleInput: EmbeddingTable
  let recurrent: [LSTMLayer]
  let interval: DenseLayer
  let pitch, duration, velocity: NoteModelHead

  /// Loads a model file and checks everything about it.
  /// - Parameters:
  ///   - precision: how to keep the matrices; nil for what is fastest without loss.
  ///   - instructions: the kernels' instruction set; the machine's best except in tests.
  public convenience init(
    contentsOf url: URL, precision: WeightPrecision? = nil, instructions: KernelInstructions = .best
  ) throws(ModelError) {
    try self.init(
      SafetensorsFile(contentsOf: url, remedy: Self.remedy), precision: precision, instructions: instructions)
  }

  /// Loads a model from an open file.
  public init(
    _ opened: SafetensorsFile, precision: WeightPrecision? = nil, instructions: KernelInstructions = .best
  ) throws(ModelError) {
    let file = opened.replacing(remedy: Self.remedy)
    try file.verifyChecksum()
    let shape = try NoteModelShape(file)
    let stored = file.tensors.first { $0.name == "lstm.0.weight_ih" }?.type ?? .float32
    let precision = precision ?? .fastest(for: stored, on: instructions)
    let tensors = NoteModelTensors(file: file, precision: precision, instructions: instructions)
    let (intervals, pitches) = (NoteVocabulary.intervalCount, NoteVocabulary.pitchCount)
    let (durations, velocities) = (NoteVocabulary.timeCount, NoteVocabulary.velocityCount)

    pitchInput = try tensors.table("embedding.pitch", rows: pitches + 1, width: shape.embedding)
    intervalInput = try tensors.table("embedding.interval", rows: intervals, width: shape.embedding)
    durationInput = try tensors.table("embedding.duration", rows: durations, width: shape.embedding)
    velocityInput = try tensors.table("embedding.velocity", rows: velocities, width: shape.embedding)
    scaleInput = try tensors.table("embedding.scale", rows: ScaleCondition.count, width: shape.embedding)
    var recurrent: [LSTMLayer] = []
    for index in 0..<shape.layers {
      let inputs = index == 0 ? shape.embedding : shape.hidden
      recurrent.append(try tensors.recurrent(index, inputs: inputs, units: shape.hidden))
    }
    self.recurrent = recurrent
    interval = try tensors.dense("interval", inputs: shape.hidden, outputs: intervals)
    pitch = try NoteModelHead(
      "pitch", from: tensors, inputs: shape.hidden, width: shape.pitchHidden,
      conditions: [("interval", intervals)], classes: pitches)
    duration = try NoteModelHead(
      "duration", from: tensors, inputs: shape.hidden, width: shape.durationHidden,
      conditions: [("interval", intervals), ("pitch", pitches)], classes: durations)
    velocity = try NoteModelHead(
      "velocity", from: tensors, inputs: shape.hidden, width: shape.velocityHidden,
      conditions: [("interval", intervals), ("pitch", pitches), ("duration", durations)], classes: velocities)
    let expected = 25 + 3 * shape.layers
    let found = file.tensors.count { !$0.name.hasPrefix(Self.memoryPrefix) }
    guard found == expected else {
      throw file.fault(.shape, "has \(found) tensors of a network instead of \(expected)")
    }
    self.shape = shape
    self.precision = precision
    metadata = file.metadata
  }
}
