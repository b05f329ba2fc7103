// How strictly the answer keeps to a scale.

public import Music

/// The rule by which notes outside a scale are held back.
public enum ScaleRule: Hashable, Sendable {
  /// Keep to the detected scale, the more strictly the more certain it is.
  case follow
  /// Play no note outside this scale.
  case lock(Scale)
  /// Play no note outside this pattern of the Thesaurus.
  case pattern(PatternScale)
  /// Play no note outside the pattern that lies between these two where the setting "morph" says. Needs a
  /// `ThesaurusModel`.
  case morph(ScaleMorph)
  /// Leave the choice of notes to the model.
  case off
}

extension ScaleRule: CustomStringConvertible {
  /// The rule as it is written in presets and commands: "follow", "off", the name of the scale, "D dorian", of the
  /// pattern, "D thesaurus:tritone/interpolation/1:3", or "D morph" and the names of two patterns.
  public var description: String {
    switch self {
    case .follow: "follow"
    case .lock(let scale): scale.name
    case .pattern(let scale): scale.name
    case .morph(let morph): "\(morph.tonic) morph \(morph.start.name) \(morph.end.name)"
    case .off: "off"
    }
  }

  /// Reads a rule as `description` writes it; a pattern without a tonic is one on C.
  ///
  /// - Returns: nil for any other text.
  public init?(_ text: String) {
    guard let rule = try? ScaleRule(reading: text) else { return nil }
    self = rule
  }

  /// Reads a rule as `description` writes it, with or without "lock" before a scale or a pattern; the tonic of a morph
  /// may stand after the word as well.
  ///
  /// - Throws: `SettingError`, which says what is wrong with the text or with the name of a pattern.
  public init(reading text: String) throws(SettingError) {
    var words = text.split(whereSeparator: \.isWhitespace)[...]
    if words.count == 1, let word = words.first?.lowercased(), let rule = ["follow": Self.follow, "off": .off][word] {
      self = rule
      return
    }
    if words.first?.lowercased() == "lock" { words.removeFirst() }
    if let scale = Scale(name: words.joined(separator: " ")) {
      self = .lock(scale)
      return
    }
    let isMorph = words.first?.lowercased() == "morph"
    if isMorph { words.removeFirst() }
    let tonic = words.count > 1 ? words.first.flatMap { PitchClass(name: String($0)) } : nil
    if tonic != nil { words.removeFirst() }
    let root = tonic ?? PitchClass(wrapping: 0)
    if isMorph {
      self = .morph(try ScaleMorph(tonic: root, names: words.map(String.init)))
    } else if words.first?.lowercased() == "morph" {
      self = .morph(try ScaleMorph(tonic: root, names: words.dropFirst().map(String.init)))
    } else if words.contains(where: { $0.contains("/") }) || words.first?.lowercased().hasPrefix("thesaurus:") == true {
      let name = words.joined(separator: " ")
      self = .pattern(PatternScale(tonic: root, pattern: try ThesaurusPattern(setting: name)))
    } else {
      throw .scale(text)
    }
  }
}

extension PatternScale {
  /// The tonic and the pattern as rules for scales are written: "D thesaurus:tritone/interpolation/1:3".
  public var name: String { "\(tonic) thesaurus:\(pattern.name)" }
}

extension ThesaurusPattern {
  /// Reads the name of a pattern as a part of a setting; its tonic has been taken off before.
  init(setting name: String) throws(SettingError) {
    do throws(PatternNameError) {
      try self.init(name: name)
    } catch {
      let words = name.split(separator: " ", maxSplits: 1).map(String.init)
      if words.count == 2, (try? ThesaurusPattern(name: words[1])) != nil { throw .tonic(words[0]) }
      throw .pattern(error)
    }
  }
}
