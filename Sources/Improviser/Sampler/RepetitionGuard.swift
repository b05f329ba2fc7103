// Discounts pitches and figures that the answer has repeated.

import Foundation

/// Remembers the recent pitches of the answer and makes what they repeat less likely.
///
/// A second note of the same pitch is music, a fourth is a stuck record: each repetition in a row beyond the first
/// costs more, and so does each earlier occurrence of the three-note figure that a pitch would complete.
struct RepetitionGuard {
  private static let remembered = 64
  private var pitches: [Int] = []
  /// How often the last pitch was played in a row.
  private var row = 0
  /// What followed the last two pitches where they occurred before.
  private var followers: [Int] = []

  init() {
    pitches.reserveCapacity(Self.remembered + 1)
    followers.reserveCapacity(Self.remembered)
  }

  /// Takes in the pitch of a new onset.
  mutating func hear(_ pitch: Int) {
    row = pitch == pitches.last ? row + 1 : 1
    if pitches.count == Self.remembered { pitches.removeFirst() }
    pitches.append(pitch)
    followers.removeAll(keepingCapacity: true)
    guard pitches.count > 2 else { return }
    let (first, last) = (pitches[pitches.count - 2], pitch)
    for index in 2..<pitches.count where pitches[index - 1] == last && pitches[index - 2] == first {
      followers.append(pitches[index])
    }
  }

  /// The factor for `pitch` as the next, 0...1.
  ///
  /// - Parameter strength: 0 leaves everything as it is, 1 is the strictest.
  func weight(pitch: Int, strength: Double) -> Double {
    var cost = 0.0
    if pitch == pitches.last { cost += 0.3 + 2.2 * Double(min(row, 8) - 1) }
    if !followers.isEmpty { cost += 0.9 * Double(min(6, followers.count { $0 == pitch })) }
    return cost == 0 ? 1 : exp(-2 * strength * cost)
  }
}
