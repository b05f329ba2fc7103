// How well a note model predicts held-out pieces, beside n-grams.

public import Foundation
import Improviser
import Neural

/// The shipped inference, measured on prepared notes of one part of the split, and n-gram models that learnt from the
/// training part, measured on the same notes. Likelihoods are exact: each is of the class of interval, pitch, duration
/// and velocity in turn, given the parts before, and of the end of each sequence.
public struct NoteEvaluation: Sendable, Codable {
  /// One way of prediction on one kind of music.
  public struct Row: Sendable, Codable, Hashable {
    /// The kind of music: a source and part, or "all".
    public var music: String
    /// "network", "network + corpus", "network + memory", "network + corpus + memory", "unigram", "bigram", "5-gram",
    /// "best n-gram".
    public var model: String
    /// The figures.
    public var score: PartScore
  }

  /// All rows: by music, then by model.
  public private(set) var rows: [Row] = []
  /// The part of the data that was measured.
  public let split: Split
  /// Seconds for each note, with the memory learning.
  public private(set) var secondsANote = 0.0

  /// What can be chosen.
  public struct Options: Sendable {
    /// The part of the data.
    public var split = Split.test
    /// Notes of each kind of music, at most about so many; whole pieces spread evenly over the data.
    public var notes = 30_000
    /// Whether the network is told the scale.
    public var tellsScale = true

    /// The usual choice.
    public init() {}
  }

  static let musicOfAll = "all"
  private static let orders = [0, 1, 2, 3, 4, 5]

  /// Measures the model in a file.
  ///
  /// - Parameter progress: called now and then with what is being done; true interrupts.
  /// - Throws: `ModelError`, `CorpusError` or `TrainingError`.
  public init(
    model url: URL, notes: PreparedNotes, options: Options = Options(), progress: (String) -> Bool = { _ in false }
  ) throws {
    let file = try SafetensorsFile(contentsOf: url, remedy: NoteEvaluation.remedy)
    let model = try NoteModel(file)
    let longTerm = try LongTermMemory(file)
    try self.init(notes: notes, options: options, progress: progress) { usesCorpus, share in
      NotePredictor(model: model, longTerm: usesCorpus ? longTerm : nil, memoryShare: share)
    }
  }

  private static let remedy = "Make the model again with \"antiphon-train notes train\" or copy the file anew"

  init(
    notes: PreparedNotes, options: Options, progress: (String) -> Bool,
    predictor: (_ usesCorpus: Bool, _ memoryShare: Double) -> any NotePrediction
  ) throws {
    split = options.split
    let chosen = Self.choose(notes, options)
    guard !chosen.isEmpty else {
      throw TrainingError("The prepared notes have no piece for \(options.split.rawValue); prepare more music.")
    }
    func report(_ text: String) throws { if progress(text) { throw CorpusError.interrupted } }

    let ways = [
      ("network", false, 0.0), ("network + corpus", true, 0), ("network + memory", false, 0.5),
      ("network + corpus + memory", true, 0.5),
    ]
    for (name, usesCorpus, share) in ways {
      let start = ContinuousClock.now
      var count = 0
      let reader = NoteReader(predictor(usesCorpus, share))
      for (music, indices) in chosen {
        try report("\(name): \(music)")
        var score = PartScore()
        for index in indices {
          let sequence = notes[index]
          reader.measure(sequence, tellsScale: options.tellsScale, into: &score)
          count += sequence.events.count
          if progress("") { throw CorpusError.interrupted }
        }
        rows.append(Row(music: music, model: name, score: score))
      }
      secondsANote = (ContinuousClock.now - start) / .seconds(1) / Double(max(1, count))
    }
    try addBaselines(notes, chosen, report: report)
    addAll()
  }

  /// Indices by music. Of each kind every n-th sequence is taken, so that there are about enough notes.
  private static func choose(_ notes: PreparedNotes, _ options: Options) -> [(music: String, indices: [Int])] {
    var byMusic: [String: [Int]] = [:]
    for index in notes.indices(of: options.split) {
      let sequence = notes[index]
      byMusic["\(sequence.source) \(sequence.part)", default: []].append(index)
    }
    return byMusic.sorted { $0.key < $1.key }.map { music, indices in
      let total = indices.reduce(0) { $0 + notes.noteCount(of: $1) }
      let step = max(1, (total + options.notes - 1) / max(1, options.notes))
      return (music, indices.enumerated().filter { $0.offset % step == 0 }.map(\.element))
    }
  }

  private mutating func addBaselines(
    _ notes: PreparedNotes, _ chosen: [(music: String, indices: [Int])], report: (String) throws -> Void
  ) throws {
    let training = notes.indices(of: .train)
    // One view after another, so that only one model is in memory.
    var scores: [[(view: NGramBaseline.View, scores: [PartScore])]] = chosen.map { _ in [] }
    for view in NGramBaseline.View.allCases {
      try report("n-grams: \(view)")
      let model = NGramBaseline(view)
      for index in training { model.learn(notes[index].events) }
      for (place, music) in chosen.enumerated() {
        var own = Self.orders.map { _ in PartScore() }
        for index in music.indices { model.measure(notes[index].events, orders: Self.orders, into: &own) }
        scores[place].append((view, own))
      }
    }
    for (place, music) in chosen.enumerated() {
      for (name, orders) in [("unigram", [0]), ("bigram", [1]), ("5-gram", [4]), ("best n-gram", Self.orders)] {
        var best = PartScore()
        for attribute in NoteAttribute.allCases {
          let candidates = scores[place].filter { $0.view.attribute == attribute }.flatMap { own in
            // A symbol of the context says whether the note is in a chord, or the interval: that is no note before.
            orders.map { own.scores[min($0 + (own.view == .interval ? 0 : 1), Self.orders.count - 1)] }
          }
          guard let least = candidates.min(by: { $0.bits(attribute) < $1.bits(attribute) }) else { continue }
          best.take(attribute, from: least)
        }
        rows.append(Row(music: music.music, model: name, score: best))
      }
    }
  }

  private mutating func addAll() {
    var sums: [(model: String, score: PartScore)] = []
    for row in rows {
      if let place = sums.firstIndex(where: { $0.model == row.model }) {
        sums[place].score.add(row.score)
      } else {
        sums.append((row.model, row.score))
      }
    }
    let order = Array(Set(rows.map(\.music))).sorted()
    rows = order.flatMap { music in rows.filter { $0.music == music } }
    rows += sums.map { Row(music: Self.musicOfAll, model: $0.model, score: $0.score) }
  }

  /// Bits a note of all music by one model; nil when it was not measured.
  public func bits(of model: String) -> Double? {
    rows.first { $0.music == Self.musicOfAll && $0.model == model }?.score.bits
  }
}
