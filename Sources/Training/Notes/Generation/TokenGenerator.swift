// Lets a network over a vocabulary of notes and chords play.
import Foundation
import Torch

/// Draws token after token from a `SeedLSTM`. For one thread.
struct TokenGenerator {
  let network: SeedLSTM
  /// Below 1 the frequent becomes more frequent, above 1 the rare.
  var temperature = 1.0

  /// So many tokens after the beginning of a piece; "other", which names no notes, is never taken.
  ///
  /// - Parameter random: the generator to draw with; nil takes the most probable token each time.
  func tokens(_ count: Int, random: SplitMix64?) throws -> [Int] {
    var random = random
    var drawn: [Int] = []
    try withoutGradients {
      var state = try network.start(rows: 1)
      for index in 0..<count {
        // The target is not read; it stands for what is to come.
        let heard = NoteClasses(
          tokens: [Int64(drawn.last ?? 0), 0], noteCounts: [1, 1], extraNats: [0, 0])
        var batch = NoteBatch(steps: 1, rows: 1, startToken: network.startToken)
        batch.set(step: 0, row: 0, heard, index: index == 0 ? 0 : 1)
        guard let logits = try network.logits(batch, state: &state, training: false).first?.logits else { return }
        let chances = try logits.logSoftmax(over: 1).floats().dropLast().map { exp(Double($0)) }
        let best = chances.indices.max { chances[$0] < chances[$1] } ?? 0
        let places = chances.indices.map { (item: $0, weight: pow(chances[$0], 1 / temperature)) }
        drawn.append(random?.choose(places) ?? best)
      }
    }
    return drawn
  }

  /// The pitches that occur in tokens.
  func pitches(in tokens: [Int]) -> Set<Int> {
    Set(tokens.flatMap { ChordVocabulary.pitches(of: network.options.tokens[$0]) ?? [] })
  }
}
