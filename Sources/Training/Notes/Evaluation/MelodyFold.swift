// One fold of the cross-validation on melodies.

import Foundation
import Improviser

/// Trains on the other folds and predicts the melodies of one.
struct MelodyFold {
  let features: [MelodyFeature]
  let options: MelodyOptions
  /// Pitches that can occur, ascending.
  let alphabet: [Int]

  private static let order = 5
  private static let escape = NGramEscape.c

  /// What all models say about melodies: [melody][note][model], models being the network, then pitches and leaps of the
  /// long-term and of the short-term memory.
  private typealias Opinions = [[[[Double]]]]

  /// Runs fold `fold` and counts its notes.
  func run(
    _ melodies: [Melody], fold: Int, of folds: Int, seed: UInt64, into tally: inout MelodyTally
  ) throws {
    let test = melodies.indices.filter { $0 % folds == fold }.map { melodies[$0] }
    let others = melodies.indices.filter { $0 % folds != fold }.map { melodies[$0] }
    let validation = others.indices.filter { $0 % folds == fold }.map { others[$0] }
    let training = others.indices.filter { $0 % folds != fold }.map { others[$0] }

    let trainer = MelodyTrainer(features: features, options: options, alphabet: alphabet)
    let networks = try trainer.predictions(
      training: training, validation: validation, for: validation + test, seed: seed)
    let known = opinions(validation, networks: Array(networks.prefix(validation.count)), learnFrom: training)
    let asked = opinions(test, networks: Array(networks.dropFirst(validation.count)), learnFrom: others)
    let knownTargets = validation.flatMap(targets)
    let askedTargets = test.flatMap(targets)

    for (name, models) in Self.models {
      func select(_ opinions: Opinions) -> MelodyMixture.Predictions {
        opinions.flatMap { $0 }.map { note in models.map { note[$0] } }
      }
      let mixture = MelodyMixture(select(known), targets: knownTargets)
      for (prediction, target) in zip(select(asked), askedTargets) {
        tally.add(mixture.mix(prediction), target: target, model: name)
      }
    }
  }

  private static let models: [(name: String, models: [Int])] = [
    ("LTM", [1, 2]), ("STM", [3, 4]), ("LTM+STM", [1, 2, 3, 4]), ("LSTM", [0]), ("LSTM+memory", [0, 1, 2, 3, 4]),
  ]

  private func targets(_ melody: Melody) -> [Int] {
    melody.pitches.map { pitch in alphabet.firstIndex(of: pitch) ?? 0 }
  }

  private func opinions(
    _ melodies: [Melody], networks: MelodyTrainer.Predictions, learnFrom training: [Melody]
  ) -> Opinions {
    let longTerm = MelodyMemory(alphabet: alphabet, order: Self.order, escape: Self.escape)
    for melody in training { _ = longTerm.predictions(melody, learns: true) }
    return zip(melodies, networks).map { melody, network in
      let shortTerm = MelodyMemory(alphabet: alphabet, order: Self.order, escape: Self.escape)
      let long = longTerm.predictions(melody, learns: false)
      let short = shortTerm.predictions(melody, learns: true)
      return melody.pitches.indices.map { [network[$0]] + long[$0] + short[$0] }
    }
  }
}
