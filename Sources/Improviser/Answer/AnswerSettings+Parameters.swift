// The numeric settings by name: one table for the command line, presets, controllers and the control socket.

import Foundation

extension AnswerSettings {
  /// A setting that is a number.
  public struct Parameter: Sendable {
    /// The name by which it is set, lower case.
    public let name: String
    /// The values it takes.
    public let range: ClosedRange<Double>
    /// The unit of its values; empty for a plain factor or share.
    public let unit: String
    /// Whether only whole numbers make sense; others are rounded.
    public let isWhole: Bool
    /// What it does, in one line.
    public let summary: String
    /// Reads it from settings.
    public let get: @Sendable (AnswerSettings) -> Double
    let store: @Sendable (inout AnswerSettings, Double) -> Void

    /// Writes it into settings; a value outside `range` becomes the nearest inside, one that is no number is ignored.
    public func set(_ settings: inout AnswerSettings, _ value: Double) {
      guard !value.isNaN else { return }
      let inside = min(max(value, range.lowerBound), range.upperBound)
      store(&settings, isWhole ? inside.rounded() : inside)
    }

    /// Whether it is on or off.
    public var isSwitch: Bool { isWhole && range == 0...1 }

    /// The value at `position` of a knob that runs from 0 to 1. Ranges of factors run by ratio, so that the middle
    /// between a quarter and four is one. A position that is no number counts as the middle.
    public func value(atKnob position: Double) -> Double {
      let place = position.isNaN ? 0.5 : min(max(position, 0), 1)
      let (low, high) = (range.lowerBound, range.upperBound)
      let value = low > 0 && !isWhole ? low * exp2(place * log2(high / low)) : low + place * (high - low)
      return isWhole ? value.rounded() : min(max(value, low), high)
    }

    /// The parameter called `name`, in any case.
    ///
    /// - Throws: `SettingError.name` with the nearest names when there is none.
    public static func named(_ name: String) throws(SettingError) -> Parameter {
      let key = name.lowercased()
      guard let parameter = AnswerSettings.parameters.first(where: { $0.name == key }) else {
        throw .name(name)
      }
      return parameter
    }
  }

  /// Every numeric setting, in the order in which they are shown.
  public static let parameters: [Parameter] = [
    factor("temperature", 0.1...3, "How adventurous: lower is safer, higher is wilder.", \.temperature),
    factor("nucleus", 0.05...1, "Share of the probability from which notes are drawn.", \.nucleus),
    factor("density", 0.25...4, "Notes a beat, compared with the model's own choice.", \.density),
    factor("length", 0.25...4, "Length of the answer, compared with the phrase.", \.length),
    whole("register", -36...36, "semitones", "How far the answer lies above the phrase.", \.register),
    factor("velocity", 0...2, "Loudness, compared with the phrase.", \.velocity),
    whole("program", 0...127, "", "General MIDI program of the answer.", \.program),
    factor("memory", 0...1, "How much the memory of your own playing enters.", \.memory),
    factor("mirror", 0...1, "How closely the answer follows the phrase's rhythm and contour.", \.mirror),
    factor("repetition", 0...1, "Strength of the guard against repeated notes and figures.", \.repetition),
    factor("morph", 0...1, "Place between the two patterns of a morph.", \.morph),
    Parameter(
      name: "bars", range: 0...16, unit: "bars", isWhole: true,
      summary: "Bars of each answer, begun on a bar line; 0 answers at once.",
      get: { Double($0.bars ?? 0) }, store: { $0.bars = $1 < 1 ? nil : Int($1) }),
    Parameter(
      name: "thru", range: 0...1, unit: "", isWhole: true, summary: "Whether your own notes sound as well.",
      get: { $0.thru ? 1 : 0 }, store: { $0.thru = $1 >= 0.5 }),
  ]

  private static func factor(
    _ name: String, _ range: ClosedRange<Double>, _ summary: String,
    _ path: any WritableKeyPath<AnswerSettings, Double> & Sendable
  ) -> Parameter {
    Parameter(
      name: name, range: range, unit: "", isWhole: false, summary: summary,
      get: { $0[keyPath: path] }, store: { $0[keyPath: path] = $1 })
  }

  private static func whole(
    _ name: String, _ range: ClosedRange<Double>, _ unit: String, _ summary: String,
    _ path: any WritableKeyPath<AnswerSettings, Int> & Sendable
  ) -> Parameter {
    Parameter(
      name: name, range: range, unit: unit, isWhole: true, summary: summary,
      get: { Double($0[keyPath: path]) }, store: { $0[keyPath: path] = Int($1) })
  }
}
