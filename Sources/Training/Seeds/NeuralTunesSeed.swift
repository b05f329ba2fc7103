// The seed "Neural Tunes": an LSTM over a vocabulary of 174 notes and chords of piano music.
import Foundation
import Torch

/// Repeats the set-up twice: as it failed, learning few pieces by heart, and as it works.
struct NeuralTunesSeed {
  /// Classes: 173 notes and chords, and everything else.
  private static let classes = 174
  /// Tokens that are written to count their pitches.
  private static let written = 200

  private let music: SeedMusic
  private let options: SeedOptions
  private let progress: (String) throws -> Void
  private let tokens: [String]
  /// Tokens of a window; the second half counts, whose predictions have heard at least so many.
  private let length: Int

  init(_ music: SeedMusic, _ options: SeedOptions, _ progress: @escaping (String) throws -> Void) throws {
    self.music = music
    self.options = options
    self.progress = { try progress("neural-tunes: " + $0) }
    tokens = try ChordVocabulary.tokens(of: NoteSource(music.training), limit: Self.classes - 1)
    length = options.isQuick ? 16 : 64
    try TorchRuntime.setThreads(options.threads)
  }

  /// Trains both networks and measures them on composers that none of them knows.
  func table() throws -> SeedTable {
    let vocabulary = try ChordVocabulary(tokens)
    let training = try music.training.map(vocabulary.classes)
    let test = try music.test.map(vocabulary.classes)
    let windows = NoteWindow.some(1000, of: NoteWindow.cut(test, length: length, hop: length / 2))
    guard !windows.isEmpty else { throw TrainingError("The test pieces are too short; prepare longer ones.") }
    let scored = length / 2..<length
    var table = SeedTable(
      title: "neural-tunes: the next of \(tokens.count + 1) notes and chords, on composers never seen",
      columns: ["nats", "right", "pitches, most probable", "pitches, drawn"])
    table.add("their figure", "5.67", "10 %", "4–5")
    table.add("an even guess", decimals(log(Double(tokens.count + 1)), 2), percent(1 / Double(tokens.count + 1)))
    let frequencies = TokenFrequencies(training, classes: vocabulary.count, other: vocabulary.other)
    let plain = frequencies.score(test, windows, scored: scored)
    table.add("how often each occurs", decimals(plain.nats, 2), percent(plain.accuracy))

    let few = Array(training.prefix(options.isQuick ? 2 : 12))
    let overfitted = try network(dropout: 0)
    let passes = options.isQuick ? 6 : 60
    let curve = try learnByHeart(overfitted, few, passes: passes, test: test, windows, scored)
    try addRow(&table, "their network, \(few.count) staves, \(passes) passes", overfitted, test, windows, scored)

    let good = try network(dropout: NoteModelOptions(.seedLSTM).dropout)
    let trainer = WindowTraining(learner: good, length: length, batch: 16)
    // Without overlap, and as many as take minutes.
    let many = NoteWindow.some(4000, of: NoteWindow.cut(training, length: length, hop: length))
    try trainer.train(training, many, passes: 2, seed: options.seed) {
      try progress("\(training.count) staves, " + $0)
    }
    try addRow(&table, "their network, \(training.count) staves", good, test, windows, scored)

    let (own, lowest, last) = (decimals(curve.training, 2), decimals(curve.best.nats, 2), decimals(curve.last, 2))
    table.remarks = [
      "On the \(few.count) staves themselves the loss fell to \(own). On a part of the other composers' music it was",
      "lowest after pass \(curve.best.pass) (\(lowest)), and \(last) after pass \(passes). A loss above that",
      "of an even guess is no sign of a network that learnt nothing, but of one that is sure and wrong.",
      "The last row is the same network with dropout and two passes over \(many.count * length) tokens of all staves.",
      "Pitches: different ones in \(Self.written) tokens, of which one is taken after the other.",
    ]
    if options.isQuick { table.remarks = [SeedOptions.quickRemark] }
    return table
  }

  private func network(dropout: Double) throws -> SeedLSTM {
    var shape = NoteModelOptions(.seedLSTM)
    if options.isQuick { shape.hidden = [24, 24, 16] }
    shape.dropout = dropout
    shape.tokens = tokens
    try TorchRuntime.seed(options.seed)
    return try SeedLSTM(shape)
  }

  /// Trains as the project did: few pieces, a constant rate, no end.
  private func learnByHeart(
    _ network: SeedLSTM, _ pieces: [NoteClasses], passes: Int, test: [NoteClasses], _ windows: [NoteWindow],
    _ scored: Range<Int>
  ) throws -> (best: (pass: Int, nats: Double), last: Double, training: Double) {
    var trainer = WindowTraining(learner: network, length: length)
    (trainer.batch, trainer.rate, trainer.isRateConstant) = (8, 2e-3, true)
    // A part of the test windows tells where the turn is; the table's figure is of all.
    let some = NoteWindow.some(120, of: windows)
    var best = (pass: 0, nats: Double.infinity)
    var (last, own) = (0.0, 0.0)
    try trainer.train(
      pieces, NoteWindow.cut(pieces, length: length, hop: length / 4), passes: passes, seed: options.seed,
      passed: { pass, nats in
        own = nats
        guard pass % 5 == 0 || pass == passes else { return }
        last = try trainer.score(test, some, scored: scored, progress: progress).nats(.pitch)
        if last < best.nats { best = (pass, last) }
      },
      progress: { try progress("\(pieces.count) staves by heart, " + $0) })
    return (best, last, own)
  }

  private func addRow(
    _ table: inout SeedTable, _ label: String, _ network: SeedLSTM, _ test: [NoteClasses], _ windows: [NoteWindow],
    _ scored: Range<Int>
  ) throws {
    let score = try WindowTraining(learner: network, length: length).score(
      test, windows, scored: scored, progress: progress)
    let generator = TokenGenerator(network: network)
    let probable = try generator.tokens(Self.written, random: nil)
    let drawn = try generator.tokens(Self.written, random: SplitMix64(seed: options.seed))
    table.add(
      label, decimals(score.nats(.pitch), 2), percent(score.accuracy), "\(generator.pitches(in: probable).count)",
      "\(generator.pitches(in: drawn).count)")
  }

  private func percent(_ share: Double) -> String { decimals(100 * share, 1) + " %" }
}
