// The table of the options of a training.
import Foundation

extension NoteTrainingKey {
  /// Kinds that hear each note as a sum of embeddings, with the scale.
  private static let composed: Set<NoteModelKind> = [.lstm, .bidirectionalAttention, .transformer]

  static let places = [
    NoteTrainingKey(
      name: "model", help: "Kind of model.", kinds: every, isVariable: false, isText: true,
      set: { (plan, value) throws(TrainingError) in
        let kind = try kind(value)
        guard kind != plan.kind else { return }
        throw TrainingError("model is \(kind.rawValue) here and \(plan.kind.rawValue) elsewhere; name one of them.")
      }, value: { .text($0.kind.rawValue) }),
    path("data", "The file that \"notes prepare\" wrote.", example: "prepared.safetensors", \.data),
    NoteTrainingKey(
      name: "parts", help: "Which notes of the pieces: whole, voice, upper, lower or several of these; else all.",
      kinds: every, example: .text("whole"), isText: true,
      set: { (plan, value) throws(TrainingError) in plan.options.parts = try NotePart.set(typed: value.typed) },
      value: { plan in
        plan.options.parts.isEmpty ? nil : .text(plan.options.parts.map { "\($0)" }.sorted().joined(separator: ","))
      }),
    NoteTrainingKey(
      name: "output", help: "The model file to write; everything else goes beside it.", kinds: every,
      isVariable: false, isText: true,
      set: { (plan, value) throws(TrainingError) in
        let path = (try text("output", value) as NSString).expandingTildeInPath
        plan.options.output = URL(fileURLWithPath: path)
      }, value: { .text($0.options.output.relativePath) }),
  ]

  static let network = [
    integer(
      "embedding", "Width of the sum of embeddings that the first layer reads.", 1...4096,
      of: composed, \.options.model.embedding),
    NoteTrainingKey(
      name: "hidden", help: "Units of each layer: one number for all of them, or a list, the first layer first.",
      kinds: every, set: setWidths, value: { .list(($0.widths ?? $0.options.model.hidden).map(OptionValue.integer)) }),
    NoteTrainingKey(
      name: "layers", help: "Layers, where hidden is one number.", kinds: every, example: .integer(2),
      set: { (plan, value) throws(TrainingError) in plan.layers = try integer("layers", value, 1...8) },
      value: { $0.layers.map(OptionValue.integer) }),
    integer("heads", "Heads of the attention.", 1...64, of: [.bidirectionalAttention, .transformer],
      \.options.model.heads),
    real("dropout", "Share of the values dropped in training.", 0...0.99, \.options.model.dropout),
    NoteTrainingKey(
      name: "condition", help: "Tell the network the composer or the genre of each piece: composer, genre or none.",
      kinds: every, isText: true,
      set: { (plan, value) throws(TrainingError) in
        guard let condition = NoteCondition(rawValue: value.typed) else {
          throw TrainingError("condition cannot be \(value.shown); choose composer, genre or none.")
        }
        plan.options.conditionBy = condition
      }, value: { .text($0.options.conditionBy.rawValue) }),
  ]

  static let training = [
    integer(
      "sequence-length", "Notes of a window, through which gradients flow back.", 1...4096, \.options.window),
    integer("batch", "Sequences side by side.", 1...4096, \.options.batch),
    real("rate", "Learning rate at the start; it rises to twice that and falls.", 1e-8...0.99, \.options.rate),
    real("weight-decay", "Decoupled weight decay.", 0...1, \.options.weightDecay),
    integer("epochs", "Passes over the data, at most.", 1...100_000, \.options.epochs),
    integer("patience", "Passes without improvement before training stops.", 1...100_000, \.options.patience),
  ]

  static let variations = [
    flag("transposition", "Transpose by -5 to +6 semitones.", \.options.augmentation.transposes),
    flag("stretching", "Halve or double times.", of: every.subtracting([.seedLSTM]), \.options.augmentation.stretches),
    flag(
      "velocity-shift", "Play softer or louder by up to 24.", of: every.subtracting([.seedLSTM, .musicNetLSTM]),
      \.options.augmentation.shiftsVelocity),
    real(
      "hidden-scales", "Share of the music in which the scale is not told.", 0...1, of: composed,
      \.options.augmentation.hiddenScales),
  ]

  static let conduct = [
    integer("seed", "Seed of everything random.", UInt64(0)...UInt64(Int.max), \.options.seed),
    integer("threads", "Threads of libtorch.", 1...1024, \.options.threads).fixed,
    NoteTrainingKey(
      name: "limit-sequences", help: "Use only so many sequences of each part of the data.", kinds: every,
      example: .integer(1000),
      set: { (plan, value) throws(TrainingError) in
        plan.options.sequenceLimit = try integer("limit-sequences", value, 1...Int.max)
      }, value: { $0.options.sequenceLimit.map(OptionValue.integer) }),
    path(
      "checkpoint", "The file that --resume goes on from; beside the output by default.",
      example: "model.checkpoint.pt", \.options.checkpoint),
    real(
      "checkpoint-minutes", "Minutes between two checkpoints within a pass.", 0.01...100_000,
      \.options.checkpointMinutes).fixed,
    path("tensorboard", "Folder to write TensorBoard's event files to.", example: "runs", \.tensorBoard),
    NoteTrainingKey(
      name: "data-name", help: "What the model card calls the data; the file's name by default.", kinds: every,
      example: .text("songs"), isVariable: false, isText: true,
      set: { (plan, value) throws(TrainingError) in plan.dataName = try text("data-name", value) },
      value: { $0.dataName.map(OptionValue.text) }),
    NoteTrainingKey(
      name: "licence", help: "Licence of the data, for the model card.", kinds: every, isVariable: false, isText: true,
      set: { (plan, value) throws(TrainingError) in plan.options.licence = try text("licence", value) },
      value: { .text($0.options.licence) }),
    flag("quiet", "Show no progress.", \.options.isQuiet).fixed,
  ]

  @Sendable private static func setWidths(
    _ plan: inout NoteTrainingPlan, _ value: OptionValue
  ) throws(TrainingError) {
    let values = if case .list(let values) = value { values } else { [value] }
    guard (1...8).contains(values.count) else {
      throw TrainingError("hidden names \(values.count) layers; give the units of 1 to 8 layers.")
    }
    var widths: [Int] = []
    for value in values { widths.append(try integer("hidden", value, 1...4096)) }
    plan.widths = widths
    // A list names the layers itself and overrules an older number of them.
    if widths.count > 1 { plan.layers = nil }
  }
}
