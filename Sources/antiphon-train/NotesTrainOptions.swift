// The options of a training on the command line, which "train" and "sweep" share.
import ArgumentParser
import Foundation
import Training

extension ArgumentHelp {
  /// The help of an option of a training.
  static func key(_ name: String) -> ArgumentHelp {
    ArgumentHelp((try? NoteTrainingKey.named(name).help) ?? name)
  }
}

/// What is given as text here is read by the option itself, as in a file.
struct NotesTrainOptions: ParsableArguments {
  @Option(help: .key("data"))
  var data: String?

  @Option(help: .key("parts"))
  var parts: String?

  @Option(help: "lstm (the default), seed-lstm, bilstm-attention, transformer, regression or musicnet-lstm.")
  var model: String?

  @Option(name: .shortAndLong, help: "Where to write: the model file of \"train\", the folder of \"sweep\".")
  var output: String?

  @Option(help: "A TOML file of options by their names here; the command line goes before it.")
  var config: String?

  @Option(help: .key("sequence-length"))
  var sequenceLength: String?

  @Option(help: .key("embedding"))
  var embedding: String?

  @Option(help: .key("hidden"))
  var hidden: String?

  @Option(help: .key("layers"))
  var layers: String?

  @Option(help: .key("heads"))
  var heads: String?

  @Option(help: .key("dropout"))
  var dropout: String?

  @Option(help: .key("condition"))
  var condition: String?

  @Option(help: .key("batch"))
  var batch: String?

  @Option(help: .key("rate"))
  var rate: String?

  @Option(help: .key("weight-decay"))
  var weightDecay: String?

  @Option(help: .key("epochs"))
  var epochs: String?

  @Option(help: .key("patience"))
  var patience: String?

  @Flag(inversion: .prefixedNo, help: .key("transposition"))
  var transposition: Bool?

  @Flag(inversion: .prefixedNo, help: .key("stretching"))
  var stretching: Bool?

  @Flag(inversion: .prefixedNo, help: .key("velocity-shift"))
  var velocityShift: Bool?

  @Option(help: .key("hidden-scales"))
  var hiddenScales: String?

  @Option(help: .key("seed"))
  var seed: String?

  @Option(help: .key("threads"))
  var threads: String?

  @Option(help: .key("limit-sequences"))
  var limitSequences: String?

  @Option(help: .key("checkpoint"))
  var checkpoint: String?

  @Option(help: .key("checkpoint-minutes"))
  var checkpointMinutes: String?

  @Option(help: .key("tensorboard"))
  var tensorboard: String?

  @Option(help: .key("data-name"))
  var dataName: String?

  @Option(help: .key("licence"))
  var licence: String?

  @Flag(help: .key("quiet"))
  var quiet = false

  /// What was given, by name, apart from the model.
  private var given: [(name: String, text: String?)] {
    [
      ("data", data), ("parts", parts), ("output", output), ("sequence-length", sequenceLength), ("embedding", embedding),
      ("hidden", hidden), ("layers", layers), ("heads", heads), ("dropout", dropout), ("condition", condition),
      ("batch", batch), ("rate", rate), ("weight-decay", weightDecay), ("epochs", epochs), ("patience", patience),
      ("transposition", transposition?.description), ("stretching", stretching?.description),
      ("velocity-shift", velocityShift?.description), ("hidden-scales", hiddenScales), ("seed", seed),
      ("threads", threads), ("limit-sequences", limitSequences), ("checkpoint", checkpoint),
      ("checkpoint-minutes", checkpointMinutes), ("tensorboard", tensorboard), ("data-name", dataName),
      ("licence", licence), ("quiet", quiet ? "true" : nil),
    ]
  }

  /// The defaults of the kind, changed by the file and then by the command line; not yet finished.
  ///
  /// - Throws: a sentence that names the option, and its line where it stands in the file.
  func plan() throws -> NoteTrainingPlan {
    let file = try config.map { try NotesTrainFile(path: $0) }
    do {
      let kind = try model.map { try NoteTrainingKey.kind(.text($0)) }
      var plan = try NoteTrainingPlan(kind ?? file?.kind() ?? .lstm)
      try file?.apply(to: &plan)
      for case (let name, let text?) in given {
        try plan.set(name, to: NoteTrainingKey.named(name).value(typed: text))
      }
      plan.options.command = OptionReading.commandLine
      return plan
    } catch let error as TrainingError {
      throw ValidationError("--\(error)")
    }
  }
}
