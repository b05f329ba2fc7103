// N-gram models of melodies.

import Improviser

/// Long-term models, learnt from melodies, or short-term models, learnt from the melody itself: one of the pitches and
/// one of the leaps, which share their vote.
struct MelodyMemory {
  /// Pitches that can occur, ascending.
  let alphabet: [Int]
  private let order: Int
  private let escape: NGramEscape
  private let pitches: NGramModel
  private let leaps: NGramModel

  private static let widest = 64

  init(alphabet: [Int], order: Int, escape: NGramEscape) {
    self.alphabet = alphabet
    self.order = order
    self.escape = escape
    pitches = NGramModel(symbolCount: alphabet.count, order: order, escape: escape)
    leaps = NGramModel(symbolCount: 2 * Self.widest + 1, order: order, escape: escape)
  }

  /// Learns a melody and returns, for every note, what the two models (pitches, leaps) said just before; distributions
  /// over the alphabet.
  /// - Parameter learns: false leaves the models as they are.
  func predictions(_ melody: Melody, learns: Bool) -> [[[Double]]] {
    var (pitchContext, leapContext) = (NGramContext(), NGramContext())
    var buffer = [Float](repeating: 0, count: max(alphabet.count, 2 * Self.widest + 1))
    let places = Dictionary(uniqueKeysWithValues: alphabet.enumerated().map { ($1, $0) })
    return melody.pitches.indices.map { index in
      let byPitch = buffer.withUnsafeMutableBufferPointer { output in
        pitches.predict(in: pitchContext, into: output)
        return alphabet.indices.map { Double(output[$0]) }
      }
      var byLeap = byPitch
      if index > 0 {
        let last = melody.pitches[index - 1]
        byLeap = buffer.withUnsafeMutableBufferPointer { output in
          leaps.predict(in: leapContext, into: output)
          return alphabet.map { Double(output[Self.symbol($0 - last)]) }
        }
        let sum = byLeap.reduce(0, +)
        byLeap = byLeap.map { $0 / sum }
        let leap = Self.symbol(melody.pitches[index] - last)
        if learns { leaps.observe(leap, in: leapContext) }
        leapContext.push(leap)
      }
      if let place = places[melody.pitches[index]] {
        if learns { pitches.observe(place, in: pitchContext) }
        pitchContext.push(place)
      }
      return [byPitch, byLeap]
    }
  }

  private static func symbol(_ leap: Int) -> Int { min(max(leap, -widest), widest) + widest }
}
