// The seed "MusicNet LSTM": overlapping windows split at random, and what that hides.
import Foundation
import Torch

/// Measures one network on windows of the pieces that it was trained on, and of others.
struct MusicNetSeed {
  private let music: SeedMusic
  private let options: SeedOptions
  private let progress: (String) throws -> Void
  /// Notes of a window; the last one is predicted, as the project did.
  private let length: Int
  private let hop: Int
  private var last: Range<Int> { length - 1..<length }

  init(_ music: SeedMusic, _ options: SeedOptions, _ progress: @escaping (String) throws -> Void) throws {
    self.music = music
    self.options = options
    self.progress = { try progress("musicnet: " + $0) }
    (length, hop) = options.isQuick ? (12, 3) : (32, 4)
    try TorchRuntime.setThreads(options.threads)
  }

  /// Trains on few pieces with the leak and on many without, and measures both.
  func table() throws -> SeedTable {
    let test = try music.test.map { try NoteClasses($0) }
    let others = NoteWindow.some(1000, of: NoteWindow.cut(test, length: length, hop: length / 2))
    guard !others.isEmpty else { throw TrainingError("The test pieces are too short; prepare longer ones.") }
    var table = SeedTable(
      title: "musicnet: the last note of windows of \(length)",
      columns: ["pitch right", "pitch, bits", "step, bits", "duration, bits"])
    table.add("their figure (957,058 weights)", "90 %")
    table.add("an even guess among 128", percent(1 / 128), "7.000")
    let training = try music.training.map { try NoteClasses($0) }
    let plain = TokenFrequencies(training, classes: NoteAttribute.pitch.classCount).score(test, others, scored: last)
    table.add("how often each occurs", percent(plain.accuracy), decimals(plain.nats / log(2), 3))

    let few = Array(training.prefix(options.isQuick ? 3 : 8))
    let (learnt, held) = leak(few)
    let leaking = try network(dropout: NoteModelOptions(.musicNetLSTM).dropout)
    try train(leaking, few, learnt, passes: options.isQuick ? 4 : 40, "\(few.count) staves with the leak")
    try addRow(&table, "their network, \(few.count) staves, windows split at random", leaking, few, held)
    try addRow(&table, "the same weights, composers never seen", leaking, test, others)

    // Without overlap, and as many as take minutes.
    let windows = NoteWindow.some(6000, of: NoteWindow.cut(training, length: length, hop: length))
    let good = try network(dropout: NoteModelOptions(.musicNetLSTM).dropout)
    try train(good, training, windows, passes: options.isQuick ? 1 : 2, "\(training.count) staves")
    try addRow(&table, "their network, \(training.count) staves, composers never seen", good, test, others)

    let number = try regression()
    try train(number, training, windows, passes: 1, "the pitch as a number")
    try addRow(&table, "the pitch as one number, composers never seen", number, test, others)
    if let file = options.noteModel {
      let model = try NoteLearnerFile.read(file)
      try addRow(&table, "ours (\(file.lastPathComponent)), composers never seen", model, test, others)
    }
    table.remarks = [
      "Windows overlap: the note to predict in one is heard in its neighbours, and of windows split at random nearly",
      "every held-out one has a neighbour in training. The first two rows of their network are the same weights; only",
      "the windows differ. Ours chooses time, pitch and duration one after the other, each told the one before.",
    ]
    if options.isQuick { table.remarks = [SeedOptions.quickRemark] }
    return table
  }

  /// Overlapping windows, of which each fifth at random is held out.
  private func leak(_ pieces: [NoteClasses]) -> (training: [NoteWindow], held: [NoteWindow]) {
    var random = SplitMix64(seed: options.seed)
    let all = NoteWindow.cut(pieces, length: length, hop: hop).shuffled(using: &random)
    return (Array(all.dropFirst(all.count / 5)), Array(all.prefix(all.count / 5)))
  }

  private func network(dropout: Double) throws -> MusicNetLSTM {
    var shape = NoteModelOptions(.musicNetLSTM)
    if options.isQuick { shape.hidden = [24, 24] }
    shape.dropout = dropout
    try TorchRuntime.seed(options.seed)
    return try MusicNetLSTM(shape)
  }

  private func regression() throws -> PitchRegression {
    var shape = NoteModelOptions(.regression)
    if options.isQuick { shape.hidden = [24, 24] }
    try TorchRuntime.seed(options.seed)
    return try PitchRegression(shape)
  }

  private func train(
    _ learner: any NoteLearner, _ pieces: [NoteClasses], _ windows: [NoteWindow], passes: Int, _ what: String
  ) throws {
    let trainer = WindowTraining(learner: learner, length: length)
    try trainer.train(pieces, windows, passes: passes, seed: options.seed) { try progress(what + ", " + $0) }
  }

  private func addRow(
    _ table: inout SeedTable, _ label: String, _ learner: any NoteLearner, _ pieces: [NoteClasses],
    _ windows: [NoteWindow]
  ) throws {
    let score = try WindowTraining(learner: learner, length: length)
      .score(pieces, windows, scored: last, progress: progress)
    func bits(_ attribute: NoteAttribute) -> String {
      learner.outputs.contains(attribute) ? decimals(score.bits([attribute]), 3) : ""
    }
    table.add(label, percent(score.accuracy), bits(.pitch), bits(.interval), bits(.duration))
  }

  private func percent(_ share: Double) -> String { decimals(100 * share, 1) + " %" }
}
