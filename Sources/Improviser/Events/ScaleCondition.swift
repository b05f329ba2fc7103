// What the note models are told about the scale.

public import Music

/// A scale as 24 numbers: the membership of the twelve pitch classes from C upwards, then the tonic as one of twelve.
public struct ScaleCondition: Hashable, Sendable {
  /// Numbers in a condition.
  public static let count = 24
  /// Bit `p` says that pitch class `p` belongs to the scale.
  public let members: UInt16
  /// The tonic, 0...11.
  public let tonic: Int

  /// The condition of a scale.
  public init(_ scale: Scale) {
    var members: UInt16 = 0
    for interval in scale.family.intervals { members |= 1 << UInt16((scale.tonic.rawValue + interval) % 12) }
    self.members = members
    tonic = scale.tonic.rawValue
  }

  /// The condition of some pitch classes and a tonic among them.
  public init(members: UInt16, tonic: PitchClass) {
    self.members = members & 0xFFF
    self.tonic = tonic.rawValue
  }

  /// Whether a MIDI pitch belongs to the scale.
  public func contains(pitch: Int) -> Bool { members >> UInt16(pitch % 12) & 1 == 1 }

  /// The 24 numbers, in order.
  public var values: [Float] {
    (0..<12).map { members >> UInt16($0) & 1 == 1 ? 1 : 0 } + (0..<12).map { $0 == tonic ? 1 : 0 }
  }
}
