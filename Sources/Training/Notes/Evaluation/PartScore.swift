// How well the parts of notes were predicted.

import Foundation

/// Surprise and right guesses by attribute, over so many notes.
public struct PartScore: Sendable, Codable, Hashable {
  /// Notes.
  public private(set) var notes = 0
  /// Sums of surprise in bits, by `NoteAttribute.rawValue`; that of the ends counts as intervals.
  private var surprise = Array(repeating: 0.0, count: NoteAttribute.allCases.count)
  private var right = Array(repeating: 0, count: NoteAttribute.allCases.count)

  /// No notes yet.
  init() {}

  /// Counts a note.
  mutating func addNote() { notes += 1 }

  /// Counts one attribute of a note, or an end.
  mutating func add(_ distribution: UnsafeBufferPointer<Float>, target: Int, _ attribute: NoteAttribute) {
    surprise[attribute.rawValue] -= log2(Double(max(distribution[target], .leastNormalMagnitude)))
    let best = distribution[target]
    // A tie is no right guess: a model that knows nothing must not be right always.
    if distribution.indices.allSatisfy({ $0 == target || distribution[$0] < best }) { right[attribute.rawValue] += 1 }
  }

  /// Adds the sums of another.
  mutating func add(_ other: PartScore) {
    notes += other.notes
    for index in surprise.indices {
      surprise[index] += other.surprise[index]
      right[index] += other.right[index]
    }
  }

  /// Takes over the sums of one attribute.
  mutating func take(_ attribute: NoteAttribute, from other: PartScore) {
    notes = other.notes
    surprise[attribute.rawValue] = other.surprise[attribute.rawValue]
    right[attribute.rawValue] = other.right[attribute.rawValue]
  }

  /// Bits a note of one attribute.
  func bits(_ attribute: NoteAttribute) -> Double { notes > 0 ? surprise[attribute.rawValue] / Double(notes) : 0 }

  /// Share of right guesses of one attribute.
  func top1(_ attribute: NoteAttribute) -> Double {
    notes > 0 ? Double(right[attribute.rawValue]) / Double(notes) : 0
  }

  /// Bits a note of all attributes.
  public var bits: Double { NoteAttribute.allCases.reduce(0) { $0 + bits($1) } }
}
