// A note in musical time, before tempo and swing turn it into seconds.
import Music

/// One note of an improvised score. Times are in beats from the beginning of the piece.
struct ImprovisedNote {
  var beat: Double
  var length: Double
  /// MIDI pitch, 0...127.
  var pitch: Int
  /// MIDI velocity, 1...127.
  var velocity: Int
  /// One of `Part`.
  var part: Part
  /// Structural notes carry the tonic (phrase ends, roots, drones): repairs and ornaments leave them alone.
  var isStructural = false
}

/// The part of a texture that a note belongs to; its raw value is the MIDI channel of the matching `Role`.
enum Part: Int, CaseIterable, Sendable {
  case melody = 0, chords = 1, bass = 2, drone = 4
  /// General MIDI's percussion channel.
  case drums = 9
}

extension RandomNumberGenerator {
  /// True with the given probability.
  mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < probability
  }

  /// One element, drawn evenly; `fallback` when there is none.
  mutating func pick<Element>(_ elements: [Element], or fallback: Element) -> Element {
    elements.randomElement(using: &self) ?? fallback
  }

  /// An element drawn in proportion to its weight; `fallback` when there is none.
  mutating func pick<Element>(weighted table: [(Element, Double)], or fallback: Element) -> Element {
    var left = Double.random(in: 0..<1, using: &self) * table.reduce(0) { $0 + $1.1 }
    for (element, weight) in table {
      left -= weight
      if left < 0 { return element }
    }
    return table.last?.0 ?? fallback
  }
}
