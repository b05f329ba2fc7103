// Options by their names: defaults, values, and sentences for what cannot be.
import Foundation
import Testing

@testable import Training

@Suite struct NoteTrainingPlanTests {
  /// The sentence with which an option refuses a value.
  private func refusal(_ name: String, _ value: OptionValue, _ kind: NoteModelKind = .lstm) -> String? {
    var plan = NoteTrainingPlan(kind)
    do {
      try plan.set(name, to: value)
      return nil
    } catch {
      return error.description
    }
  }

  @Test(arguments: NoteModelKind.allCases) func theDefaultsAreThoseOfTheKind(_ kind: NoteModelKind) throws {
    let plan = try NoteTrainingPlan(kind).finished()
    let options = NoteTrainingOptions(kind)
    #expect(plan.options.model == NoteModelOptions(kind))
    #expect(plan.options.rate == options.rate)
    #expect(plan.options.window == options.window)
    #expect(plan.options.batch == options.batch)
  }

  @Test func valuesReachTheOptions() throws {
    var plan = NoteTrainingPlan(.transformer)
    for (name, value) in [
      ("sequence-length", "32"), ("embedding", "48"), ("heads", "2"), ("dropout", "0"), ("batch", "7"),
      ("rate", "1e-3"), ("weight-decay", "0"), ("epochs", "3"), ("patience", "2"), ("transposition", "false"),
      ("hidden-scales", "1"), ("condition", "composer"), ("seed", "9"), ("threads", "2"), ("limit-sequences", "50"),
      ("licence", "CC0, 1.10"), ("data-name", "7"), ("output", "a b.safetensors"), ("quiet", "true"),
    ] {
      try plan.set(name, to: NoteTrainingKey.named(name).value(typed: value))
    }
    let options = try plan.finished().options
    #expect(options.window == 32)
    #expect((options.model.embedding, options.model.heads, options.model.dropout) == (48, 2, 0))
    #expect((options.batch, options.rate, options.weightDecay) == (7, 1e-3, 0))
    #expect((options.epochs, options.patience, options.seed, options.threads) == (3, 2, 9, 2))
    #expect(!options.augmentation.transposes)
    #expect(options.augmentation.stretches)
    #expect(options.augmentation.hiddenScales == 1)
    #expect(options.conditionBy == .composer)
    #expect(options.sequenceLimit == 50)
    #expect(options.licence == "CC0, 1.10")
    #expect(options.data == "7")
    #expect(options.output.lastPathComponent == "a b.safetensors")
    #expect(options.isQuiet)
  }

  @Test(arguments: [
    (NoteModelKind.lstm, "64", "", [64, 64]), (.lstm, "64", "3", [64, 64, 64]), (.lstm, "", "1", [256]),
    (.seedLSTM, "8,8,4", "", [8, 8, 4]), (.seedLSTM, "8", "", [8, 8, 8]), (.lstm, "8,8", "2", [8, 8]),
    (.transformer, "", "2", [256, 256]), (.regression, "4", "1", [4]),
  ])
  func widthsAndLayers(kind: NoteModelKind, hidden: String, layers: String, expected: [Int]) throws {
    var plan = NoteTrainingPlan(kind)
    if !hidden.isEmpty { try plan.set("hidden", to: OptionValue(typed: hidden)) }
    if !layers.isEmpty { try plan.set("layers", to: OptionValue(typed: layers)) }
    #expect(try plan.finished().options.model.hidden == expected)
  }

  @Test func aListOverrulesAnOlderNumberOfLayers() throws {
    var plan = NoteTrainingPlan(.lstm)
    try plan.set("layers", to: .integer(3))
    try plan.set("hidden", to: OptionValue(typed: "8,8"))
    #expect(try plan.finished().options.model.hidden == [8, 8])
  }

  @Test(arguments: [(NoteModelKind.seedLSTM, "", "256,256,128", 3), (.lstm, "8,8", "8,8", 2)])
  func layersMustFitAListOfWidths(kind: NoteModelKind, hidden: String, widths: String, count: Int) {
    let error = #expect(throws: TrainingError.self) {
      var plan = NoteTrainingPlan(kind)
      if !hidden.isEmpty { try plan.set("hidden", to: OptionValue(typed: hidden)) }
      try plan.set("layers", to: .integer(4))
      _ = try plan.finished()
    }
    #expect(
      error?.description == "layers is 4, but hidden has the \(count) widths \(widths); give hidden one width, or 4.")
  }

  @Test func whatAKindDoesNotHaveIsRefused() {
    #expect(
      refusal("heads", .integer(2))
        == "heads is no option of the model lstm, but of bilstm-attention, transformer; leave it out.")
    for (name, kind) in [
      ("embedding", NoteModelKind.seedLSTM), ("embedding", .regression), ("hidden-scales", .musicNetLSTM),
      ("velocity-shift", .musicNetLSTM), ("stretching", .seedLSTM), ("heads", .regression),
    ] {
      #expect(refusal(name, .integer(1), kind)?.contains("no option of the model \(kind.rawValue)") == true)
    }
  }

  @Test(arguments: [
    ("batch", OptionValue.integer(0), "batch cannot be 0; give a whole number from 1 to 4096."),
    ("batch", .text("big"), "batch cannot be \"big\"; give a whole number from 1 to 4096."),
    ("batch", .real(2.5), "batch cannot be 2.5; give a whole number from 1 to 4096."),
    ("seed", .integer(-1), "seed cannot be -1; give a whole number from 0 to 9223372036854775807."),
    ("dropout", .integer(1), "dropout cannot be 1; give a number from 0.0 to 0.99."),
    ("rate", .list([.real(0.1), .real(0.2)]), "rate cannot be [0.1,0.2]; give a number from 1e-08 to 0.99."),
    ("transposition", .integer(1), "transposition cannot be 1; give true or false."),
    ("condition", .text("mood"), "condition cannot be \"mood\"; choose composer, genre or none."),
    ("hidden", .text("x"), "hidden cannot be \"x\"; give a whole number from 1 to 4096."),
    ("hidden", .list([]), "hidden names 0 layers; give the units of 1 to 8 layers."),
    ("licence", .integer(3), "licence cannot be 3; give a text of one line, in quotation marks."),
    ("hiden", .integer(3), "hiden is no option of a training; did you mean hidden?"),
    ("model", .text("transformer"), "model is transformer here and lstm elsewhere; name one of them."),
  ])
  func impossibleValuesAreNamed(name: String, value: OptionValue, sentence: String) {
    #expect(refusal(name, value) == sentence)
  }

  @Test func unknownModelsAreNamed() {
    let error = #expect(throws: TrainingError.self) { try NoteTrainingKey.kind(.text("transfromer")) }
    #expect(error?.description == "model cannot be \"transfromer\"; did you mean transformer?")
  }

  @Test func typedWords() {
    #expect(OptionValue(typed: "1") == .integer(1))
    #expect(OptionValue(typed: "-1.5e-3") == .real(-0.0015))
    #expect(OptionValue(typed: "true") == .flag(true))
    #expect(OptionValue(typed: "nan") == .text("nan"))
    #expect(OptionValue(typed: "inf") == .text("inf"))
    #expect(OptionValue(typed: "1,x") == .list([.integer(1), .text("x")]))
    #expect(OptionValue(typed: "") == .text(""))
  }
}
