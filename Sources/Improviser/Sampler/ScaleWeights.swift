// How the rule for scales weighs pitches.

import Music

/// The weight of each pitch under a rule and a detected scale.
struct ScaleWeights: Equatable {
  /// The confidence from which on the model is told a detected scale and phrases end on its degrees.
  private static let trusted: Float = 0.4

  /// The pitches that belong to the scale or the pattern; all of them when neither applies.
  let members: PitchSet
  /// The weight of the pitches outside, 0...1; exactly 0 in a locked scale and in a pattern.
  let outside: Double
  /// The pitches on which a phrase may rest: tonic, third and fifth of a scale, principal tones of a pattern. Empty
  /// when no scale is trusted.
  let stable: PitchSet
  /// What the model is told.
  let condition: ScaleCondition?

  /// The weights under `rule` while `detected` is heard. Of a morph, whose place the rule does not know, the first
  /// pattern counts; `Improviser` puts the pattern at the place in its stead.
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
    case .pattern(let scale): self.init(scale)
    case .morph(let morph): self.init(PatternScale(tonic: morph.tonic, pattern: morph.start))
    case .off: self.init()
    }
  }

  private init() {
    (members, outside, stable, condition) = (.all, 1, PitchSet(), nil)
  }

  private init(_ scale: PatternScale) {
    (members, outside, stable) = (scale.pitches, 0, scale.principalTones)
    // All twelve pitch classes are no scale; that the octaves differ cannot be told.
    let classes = members.pitchClasses
    condition = classes == 0xFFF ? nil : ScaleCondition(members: classes, tonic: scale.tonic)
  }

  private init(_ scale: Scale, outside: Double, isTrusted: Bool) {
    members = PitchSet(pitchClasses: scale.mask)
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
    self.stable = PitchSet(pitchClasses: stable)
  }

  /// The weight of a MIDI pitch, 0...127.
  func weight(pitch: Int) -> Double { members.contains(pitch) ? 1 : outside }

  /// Whether the rule lets a pitch sound at all.
  func allows(pitch: Int) -> Bool { weight(pitch: pitch) > 0 }

  /// Whether a phrase may rest on a pitch.
  func isStable(pitch: Int) -> Bool { stable.contains(pitch) }

  /// Whether there are pitches on which a phrase may rest.
  var hasRest: Bool { stable != PitchSet() }
}
