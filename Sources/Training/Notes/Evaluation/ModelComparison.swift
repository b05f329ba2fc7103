// Note models of all kinds side by side on the same held-out notes.

public import Foundation
import Improviser
import Neural
import Torch

/// One row a model, and n-grams below that learnt from other pieces.
///
/// A causal model predicts each note from those before it. A model that hears both sides predicts each from all the
/// others, which is another and easier question: its row says so. What a model does not predict is left out, so only
/// the pitch can be compared everywhere; it is predicted given the time of its onset where the model predicts that too.
public struct ModelComparison: Sendable {
  /// The figures of one model.
  public struct Row: Sendable, Codable {
    /// The file's name, or the baseline's.
    public var model: String
    /// The architecture; nil for a baseline.
    public var kind: String?
    /// Trained numbers.
    public var parameters: Int?
    /// Bits a note, by attribute, for those that it predicts.
    public var bits: [String: Double]
    /// Share of right guesses, by attribute; of chords as a whole for a model with a vocabulary of chords.
    public var top1: [String: Double]
    /// Whether each note is predicted from those before alone.
    public var runsLive: Bool
    /// Live steps a second through libtorch, one thread.
    public var stepsASecond: Double?
    /// Seconds of a pass over its training data, as its file states them.
    public var secondsAPass: Double?
  }

  /// What can be chosen.
  public struct Options: Sendable {
    /// The part of the data; nil for all of it.
    public var split: Split? = .test
    /// Which notes of the pieces; empty for all.
    public var parts: Set<NotePart> = []
    /// Notes that are measured, at most about so many; whole pieces spread evenly.
    public var notes = 30_000
    /// Whether the models are told the scale.
    public var tellsScale = false
    /// Threads of libtorch.
    public var threads = 1

    /// The usual choice.
    public init() {}
  }

  /// The models in their order, then the baselines.
  public private(set) var rows: [Row] = []
  /// Sequences and notes that were measured.
  public private(set) var sequences = 0
  public private(set) var notes = 0
  /// The confusions of pitches by model, [128 that came][128 guessed] row-major.
  public private(set) var confusions: [String: [Int]] = [:]
  /// Where each model with attention looked in the beginning of the first sequence, a map for each layer.
  public private(set) var attention: [String: [AttentionMap]] = [:]
  /// Notes of an attention map.
  private static let mapped = 40

  /// Measures models in files on prepared notes.
  ///
  /// - Parameter progress: called with what is being done, or "" in between; true interrupts.
  /// - Throws: `ModelError`, `CorpusError` or `TrainingError`.
  public init(
    models: [URL], notes prepared: PreparedNotesSet, options: Options = Options(),
    progress: (String) -> Bool = { _ in false }
  ) throws {
    func report(_ text: String) throws { if progress(text) { throw CorpusError.interrupted } }
    try TorchRuntime.setThreads(options.threads)
    let all = (0..<prepared.count).filter { index in
      (options.split == nil || prepared.split(of: index) == options.split)
        && (options.parts.isEmpty || options.parts.contains(prepared.part(of: index)))
    }
    let total = all.reduce(0) { $0 + prepared.noteCount(of: $1) }
    let step = max(1, (total + options.notes - 1) / max(1, options.notes))
    let chosen = all.enumerated().filter { $0.offset % step == 0 }.map(\.element)
    guard !chosen.isEmpty else {
      throw TrainingError(
        "The prepared notes have no piece of that kind for \(options.split?.rawValue ?? "all"); choose another "
          + "--split or --parts, or prepare more music.")
    }
    (sequences, notes) = (chosen.count, chosen.reduce(0) { $0 + prepared.noteCount(of: $1) })
    let source = NoteSource(prepared, indices: chosen)
    for url in models {
      let name = url.deletingPathExtension().lastPathComponent
      try report(name)
      let learner = try NoteLearnerFile.read(url)
      let metadata = try SafetensorsFile(contentsOf: url, remedy: "Copy the file anew").metadata
      let score = try LearnerScore(
        learner, on: source, tellsScale: options.tellsScale, isInterrupted: { progress("") })
      rows.append(try Self.row(name, learner, score, metadata, source))
      if !score.confusions.isEmpty { confusions[name] = score.confusions }
      if let learner = learner as? any AttentiveLearner {
        attention[name] = try Self.maps(learner, source.sequence(0), name: name)
      }
    }
    try addBaselines(prepared, chosen, options, report: report)
  }

  private static func row(
    _ name: String, _ learner: any NoteLearner, _ score: LearnerScore, _ metadata: [String: String],
    _ source: NoteSource
  ) throws -> Row {
    var bits: [String: Double] = [:]
    var top1: [String: Double] = [:]
    for attribute in NoteAttribute.allCases where learner.outputs.contains(attribute) {
      bits[attribute.name] = score.bits[attribute]
      top1[attribute.name] = score.top1(attribute)
    }
    return Row(
      model: name, kind: learner.options.kind.rawValue, parameters: learner.parameterCount, bits: bits, top1: top1,
      runsLive: learner.isCausal, stepsASecond: try LearnerScore.stepsASecond(learner, on: source.sequence(0)),
      secondsAPass: metadata["seconds_a_pass"].flatMap(Double.init))
  }

  /// The mean over the heads of each layer.
  private static func maps(
    _ learner: any AttentiveLearner, _ sequence: NoteSequence, name: String
  ) throws -> [AttentionMap] {
    let classes = try learner.classesWithCondition(of: sequence)
    let steps = min(classes.count, mapped)
    var batch = NoteBatch(steps: steps, rows: 1, startToken: learner.startToken)
    for step in 0..<steps { batch.set(step: step, row: 0, classes, index: step) }
    let maps = try withoutGradients { try learner.attention(of: batch) }
    // A causal step hears the note before the one that it predicts.
    let shift = learner.isCausal ? 1 : 0
    let pitches = (0..<steps).map { $0 >= shift ? sequence.events[$0 - shift].pitch : -1 }
    return (0..<maps.layers).map { layer in
      var mean = [Float](repeating: 0, count: steps * steps)
      for head in 0..<maps.heads {
        for (place, value) in maps.map(layer: layer, row: 0, head: head).enumerated() {
          mean[place] += value / Float(maps.heads)
        }
      }
      return AttentionMap(
        stride(from: 0, to: mean.count, by: steps).map { Array(mean[$0..<$0 + steps]) }, pitches: pitches,
        title: "\(name), layer \(layer + 1) of \(maps.layers), mean of \(maps.heads) heads: \(sequence.name)")
    }
  }

  /// N-grams of pitches and of leaps, of which the better counts. They learn from the training part; where all pieces
  /// are measured, from the pieces of even place for those of odd place and the other way round.
  private mutating func addBaselines(
    _ prepared: PreparedNotesSet, _ chosen: [Int], _ options: Options, report: (String) throws -> Void
  ) throws {
    try report("n-grams")
    let folds: [(training: [Int], measured: [Int])]
    if options.split == nil {
      folds = (0...1).map { fold in
        (
          chosen.indices.filter { $0 % 2 != fold }.map { chosen[$0] },
          chosen.indices.filter { $0 % 2 == fold }.map { chosen[$0] }
        )
      }
    } else {
      let training = prepared.indices(of: .train).filter {
        options.parts.isEmpty || options.parts.contains(prepared.part(of: $0))
      }
      folds = [(training, chosen)]
    }
    let orders = Array(0...NGramBaseline.order)
    let views = NGramBaseline.View.allCases.filter { $0.attribute == .pitch }
    var scores = views.map { _ in orders.map { _ in PartScore() } }
    for (place, view) in views.enumerated() {
      for fold in folds {
        let model = NGramBaseline(view)
        for index in fold.training { model.learn(prepared[index].events) }
        for index in fold.measured { model.measure(prepared[index].events, orders: orders, into: &scores[place]) }
      }
    }
    // The first symbol of the context says whether the note is in a chord: that is no note before.
    for (name, chosen) in [("unigram", [1]), ("bigram", [2]), ("best n-gram", Array(1...NGramBaseline.order))] {
      let candidates = scores.flatMap { own in chosen.map { own[$0] } }
      guard let best = candidates.min(by: { $0.bits(.pitch) < $1.bits(.pitch) }) else { continue }
      rows.append(
        Row(
          model: name, bits: [NoteAttribute.pitch.name: best.bits(.pitch)],
          top1: [NoteAttribute.pitch.name: best.top1(.pitch)], runsLive: true))
    }
    rows.append(
      Row(
        model: "even chances", bits: [NoteAttribute.pitch.name: log2(Double(NoteVocabulary.pitchCount))], top1: [:],
        runsLive: true))
  }
}
