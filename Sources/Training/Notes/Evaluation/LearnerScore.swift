// How well one network of any kind predicts a collection of notes.

import Foundation
import Improviser
import Torch

/// Surprise, right guesses and confusions of a network at sequences, and the time of a live step.
struct LearnerScore {
  /// Surprise by attribute.
  private(set) var bits = NoteBits()
  /// Predictions and right guesses, by `NoteAttribute.rawValue`; of chords as a whole where the network has tokens.
  private(set) var guesses = [Int](repeating: 0, count: NoteAttribute.allCases.count)
  private(set) var right = [Int](repeating: 0, count: NoteAttribute.allCases.count)
  /// How often each pitch was taken for each: [128 that came][128 guessed]; empty where the network has tokens.
  private(set) var confusions: [Int] = []

  /// Measures a network, the scale hidden unless told.
  ///
  /// - Parameter isInterrupted: asked after each window; true ends with `CorpusError.interrupted`.
  init(
    _ learner: any NoteLearner, on source: NoteSource, tellsScale: Bool, window: Int = 128,
    isInterrupted: () -> Bool = { false }
  ) throws {
    var augmentation = NoteAugmentation.none
    augmentation.hiddenScales = tellsScale ? 0 : 1
    let rows = min(32, max(1, source.count))
    var streams = NoteStreams(
      source, reading: NoteReading(learner), rows: rows, augmentation: augmentation, seed: 0, isEndless: false)
    let hasPitches = learner.options.tokens.isEmpty
    if hasPitches { confusions = [Int](repeating: 0, count: NoteVocabulary.pitchCount * NoteVocabulary.pitchCount) }
    try withoutGradients {
      var state = try learner.start(rows: rows)
      while let batch = try streams.window(steps: window) {
        if isInterrupted() { throw CorpusError.interrupted }
        var nats: [(attribute: NoteAttribute, nats: Double)] = []
        for (attribute, logits) in try learner.logits(batch, state: &state, training: false) {
          let targets = batch.targets[attribute.rawValue]
          nats.append(
            (attribute, try logits.crossEntropy(targets: Tensor(targets), ignoring: NoteBatch.nothing).item()))
          let guessed = try logits.argmax(over: 1).values(as: Int64.self)
          for (target, guess) in zip(targets, guessed) where target != Int64(NoteBatch.nothing) {
            guesses[attribute.rawValue] += 1
            // To foresee "none of the vocabulary" names no note.
            if target == guess, hasPitches || target < Int64(learner.options.tokens.count) {
              right[attribute.rawValue] += 1
            }
            guard attribute == .pitch, hasPitches else { continue }
            confusions[Int(target) * NoteVocabulary.pitchCount + Int(guess)] += 1
          }
        }
        nats.append((.pitch, batch.extraNats))
        bits.add(nats, notes: batch.noteCount)
      }
    }
  }

  /// Share of right guesses of an attribute; nil when it is not predicted.
  func top1(_ attribute: NoteAttribute) -> Double? {
    let count = guesses[attribute.rawValue]
    return count > 0 ? Double(right[attribute.rawValue]) / Double(count) : nil
  }

  /// Live steps a second through libtorch on one thread: each note heard and the next one predicted, the median of many;
  /// nil for a network that cannot run live.
  static func stepsASecond(_ learner: any NoteLearner, on sequence: NoteSequence) throws -> Double? {
    guard learner.isCausal else { return nil }
    let classes = try learner.classesWithCondition(of: sequence)
    let clock = ContinuousClock()
    var seconds: [Double] = []
    try withoutGradients {
      var state = try learner.start(rows: 1)
      for index in 0..<min(classes.count, 300) {
        let start = clock.now
        var batch = NoteBatch(steps: 1, rows: 1, startToken: learner.startToken)
        batch.set(step: 0, row: 0, classes, index: index)
        _ = try learner.logits(batch, state: &state, training: false)
        seconds.append((clock.now - start) / .seconds(1))
      }
    }
    // The first steps grow the memory and warm the caches.
    let steady = seconds.dropFirst(seconds.count / 3).sorted()
    return steady.isEmpty ? nil : 1 / max(steady[steady.count / 2], 1e-9)
  }
}
