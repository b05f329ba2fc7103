// How the rule for scales weighs pitches.

import Music

/// The weight of each pitch class under a rule and a detected scale.
struct ScaleWeights: Equatable {
  /// The confidence from which on the model is told a detected scale and phrases end on its degrees.
  private static let trusted: Float = 0.4

  /// Bit `p` says that pitch class `p` belongs to the scale; all are set when no scale applies.
  let members: UInt16
  /// The weight of the pitch classes outside, 0...1; exactly 0 in a locked scale.
  let outside: Double
  /// Bit `p` says that a phrase may rest on pitch class `p`: tonic, third and fifth. 0 when no scale is trusted.
  let stable: UInt16
  /// What the model is told.
  let condition: ScaleCondition?

  /// The weights under `rule` while `detected` is heard.
  init(rule: ScaleRule, detected: DetectedScale?) {
    switch rule {
    case .lock(let scale): self.init(scale, outside: 0, isTrusted: true)
    case .follow:
      guard let detected, detected.confidence.isFinite, detected.confidence > 0 else {
        self.init()
        return
      }
      // Squared, so that a confident scale all but closes the outside while a guess leaves it open.
      let doubt = 1 - Double(min(1, detected.confidence))
      self.init(detected.scale, outside: doubt * doubt, isTrusted: detected.confidence >= Self.trusted)
    case .off: self.init()
    }
  }

  private init() {
    (members, outside, stable, condition) = (0xFFF, 1, 0, nil)
  }

  private init(_ scale: Scale, outside: Double, isTrusted: Bool) {
    members = scale.mask
    self.outside = outside
    condition = isTrusted ? ScaleCondition(scale) : nil
    var stable: UInt16 = 0
    if isTrusted {
      let intervals = scale.family.intervals
      let third = intervals.first { $0 == 4 } ?? intervals.first { $0 == 3 }
      let fifth = intervals.first { $0 == 7 } ?? intervals.first { $0 == 6 }
      for degree in [0, third, fifth].compactMap(\.self) {
        stable |= 1 << UInt16(scale.tonic.transposed(by: degree).rawValue)
      }
    }
    self.stable = stable
  }

  /// The weight of a MIDI pitch, 0...127.
  func weight(pitch: Int) -> Double { members >> UInt16(pitch % 12) & 1 == 1 ? 1 : outside }

  /// Whether the rule lets a pitch sound at all.
  func allows(pitch: Int) -> Bool { weight(pitch: pitch) > 0 }

  /// Whether a phrase may rest on a pitch.
  func isStable(pitch: Int) -> Bool { stable >> UInt16(pitch % 12) & 1 == 1 }
}
