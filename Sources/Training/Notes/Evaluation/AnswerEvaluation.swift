// What answers are like, beside what composers wrote.

public import Foundation
public import Improviser

/// Figures of answers to held-out phrases, one mean for each style, beside the same figures of the real continuations.
/// The answers come from the engine that answers live; the scale is locked to the piece's.
public struct AnswerEvaluation: Sendable, Codable {
  /// The mean figures of one kind of answers.
  public struct Row: Sendable, Codable {
    /// "composer", or the style's name.
    public var name: String
    /// The means.
    public var figures: AnswerFigures
    /// Answers without a note.
    public var empty: Int
  }

  /// The composer first, then the styles.
  public private(set) var rows: [Row] = []
  /// Phrases.
  public let phrases: Int

  /// Answers phrases of `notes` in every style, with a model of any kind that runs live.
  ///
  /// - Parameters:
  ///   - phrases: how many.
  ///   - progress: called with what is being done; true interrupts.
  /// - Throws: `ModelError`, `CorpusError` or `TrainingError`.
  public init(
    model url: URL, notes: PreparedNotes, styles: [(name: String, settings: AnswerSettings)], phrases: Int = 200,
    split: Split = .test, seed: UInt64 = 1, progress: (String) -> Bool = { _ in false }
  ) throws {
    let predictor = try PredictionFile.open(url)
    let chosen = HeldOutPhrase.choose(phrases, from: notes, split: split, seed: seed)
    try self.init(chosen, styles: styles, seed: seed, progress: progress, predictor: predictor)
  }

  init(
    _ chosen: [HeldOutPhrase], styles: [(name: String, settings: AnswerSettings)], seed: UInt64,
    progress: (String) -> Bool, predictor: () throws -> any NotePrediction
  ) throws {
    guard !chosen.isEmpty else {
      throw TrainingError("The prepared notes have no phrase with a certain scale to answer; prepare more music.")
    }
    phrases = chosen.count
    let real = chosen.compactMap { AnswerFigures($0.continuation, phrase: $0.phrase, scale: $0.scale) }
    if let mean = AnswerFigures.mean(real) {
      rows.append(Row(name: "composer", figures: mean, empty: chosen.count - real.count))
    }
    for (name, settings) in styles {
      if progress("answers in the style \(name)") { throw CorpusError.interrupted }
      let improviser = Improviser(prediction: try predictor(), settings: settings, seed: seed)
      var dialogue = OfflineDialogue(improviser)
      var figures: [AnswerFigures] = []
      for phrase in chosen {
        if progress("") { throw CorpusError.interrupted }
        improviser.forgetPlayer()
        improviser.settings.scaleRule = .lock(phrase.scale)
        let answer = dialogue.run(phrase.phrase).answer
        if let own = AnswerFigures(answer, phrase: phrase.phrase, scale: phrase.scale) { figures.append(own) }
      }
      guard let mean = AnswerFigures.mean(figures) else {
        throw TrainingError("The model answered none of the phrases; train it again.")
      }
      rows.append(Row(name: name, figures: mean, empty: chosen.count - figures.count))
    }
  }

  /// A table for a person.
  public var text: String {
    func line(_ cells: [String]) -> String {
      cells.enumerated().map { place, cell in
        cell + String(repeating: " ", count: max(1, (place == 0 ? 14 : 12) - cell.count))
      }.joined()
    }
    let header = ["", "notes", "in scale %", "length", "range", "repeated %", "pitches", "silence %", "empty"]
    let body = rows.map { row in
      let figures = row.figures
      return line(
        [row.name, String(format: "%.1f", figures.notes)]
          + [figures.inScale.map { String(format: "%.1f", 100 * $0) } ?? "-"]
          + [figures.lengthRatio, figures.pitchRange, 100 * figures.repeatedNotes, figures.distinctPitches]
          .map { String(format: "%.2f", $0) }
          + [String(format: "%.1f", 100 * figures.silence), "\(row.empty)"])
    }
    return (["\(phrases) held-out phrases; means an answer", line(header)] + body).joined(separator: "\n")
  }

  /// One JSON object.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
