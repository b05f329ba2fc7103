// Surprise at notes, by attribute.
import Foundation

/// Sums of surprise in nats by attribute, over so many notes.
public struct NoteBits: Equatable, Sendable {
  /// Nats by `NoteAttribute.rawValue`.
  private(set) var nats = [Double](repeating: 0, count: NoteAttribute.allCases.count)
  /// Notes.
  private(set) var notes = 0.0

  /// No notes yet.
  init() {}

  /// The sums of a checkpoint.
  init(nats: [Double], notes: Double) {
    self.nats = nats
    self.notes = notes
  }

  /// Adds the surprise of a batch.
  mutating func add(_ losses: [(attribute: NoteAttribute, nats: Double)], notes count: Int) {
    for (attribute, value) in losses { nats[attribute.rawValue] += value }
    notes += Double(count)
  }

  /// Adds other sums.
  mutating func add(_ other: NoteBits) {
    for index in nats.indices { nats[index] += other.nats[index] }
    notes += other.notes
  }

  /// Bits a note of one attribute; the ends of the sequences count as intervals.
  subscript(attribute: NoteAttribute) -> Double { bits(nats[attribute.rawValue]) }

  /// Bits a note of all attributes.
  public var total: Double { bits(nats.reduce(0, +)) }

  private func bits(_ nats: Double) -> Double { notes > 0 ? nats / notes / log(2) : 0 }

  /// "9.31 bits a note (interval 1.20, pitch 3.01, …)", attributes without surprise left out.
  var text: String {
    let parts = NoteAttribute.allCases.filter { nats[$0.rawValue] != 0 }
    guard parts.count > 1 else { return "\(decimals(total, 3)) bits a note" }
    return "\(decimals(total, 3)) bits a note ("
      + parts.map { "\($0.name) \(decimals(self[$0], 3))" }.joined(separator: ", ") + ")"
  }
}
