// One pattern on a staff of a score.
public import Music

/// A pattern, the pitch on which it begins and the words beside it.
public struct PatternEntry: Hashable, Sendable {
  /// The pattern.
  public var pattern: ThesaurusPattern
  /// MIDI pitch of the first principal tone.
  public var start: Int
  /// What names the staff: the pattern's own name, or for instance the place between two patterns.
  public var label: String
  /// A remark; empty for none.
  public var caption: String

  /// `pattern` on a tonic, where `ThesaurusPattern.start(on:)` puts it.
  public init(
    _ pattern: ThesaurusPattern, tonic: PitchClass = PitchClass(wrapping: 0), label: String? = nil, caption: String = ""
  ) {
    self.init(pattern, start: pattern.start(on: tonic), label: label, caption: caption)
  }

  /// `pattern` from the MIDI pitch `start`, moved by octaves where it would leave the keyboard otherwise.
  public init(_ pattern: ThesaurusPattern, start: Int, label: String? = nil, caption: String = "") {
    self.pattern = pattern
    let highest = 127 - ThesaurusPattern.reach - pattern.progression.octaves * 12
    let lowest = ThesaurusPattern.reach
    if start > highest {
      self.start = highest - PitchClass(wrapping: highest - start % 12).rawValue
    } else if start < lowest {
      self.start = lowest + PitchClass(wrapping: start % 12 - lowest).rawValue
    } else {
      self.start = start
    }
    self.label = label ?? pattern.name
    self.caption = caption
  }
}
