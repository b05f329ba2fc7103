// Settings by name, with their ranges and messages.

import Music
import Testing

@testable import Improviser

struct AnswerSettingsTests {
  private func message(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return ""
  }

  @Test func everyParameterReadsWhatWasSet() throws {
    for parameter in AnswerSettings.parameters {
      var settings = AnswerSettings()
      #expect(parameter.range.contains(parameter.get(settings)))
      for value in [parameter.range.lowerBound, parameter.range.upperBound] {
        try settings.set(name: parameter.name.uppercased(), value: value)
        #expect(try settings.value(name: parameter.name) == value)
      }
    }
    #expect(Set(AnswerSettings.parameters.map(\.name)).count == AnswerSettings.parameters.count)
  }

  @Test func textWorksForAllOfThem() throws {
    var settings = AnswerSettings()
    try settings.set(name: "temperature", text: " 1.5 ")
    try settings.set(name: "register", text: "-12")
    try settings.set(name: "thru", text: "off")
    try settings.set(name: "bars", text: "2")
    try settings.set(name: "scale", text: "lock Eb dorian")
    try settings.set(name: "mode", text: "Listen")
    #expect(settings.temperature == 1.5)
    #expect(settings.register == -12)
    #expect(!settings.thru)
    #expect(settings.bars == 2)
    #expect(settings.scaleRule == .lock(Scale(tonic: PitchClass(wrapping: 3), family: .dorian)))
    #expect(settings.mode == .listen)
    try settings.set(name: "bars", text: "0")
    #expect(settings.bars == nil)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 0, 3.01, -1])
  func aTemperatureOutsideIsRefused(value: Double) {
    var settings = AnswerSettings()
    #expect(throws: SettingError.self) { try settings.set(name: "temperature", value: value) }
    #expect(settings == AnswerSettings())
  }

  @Test func messagesSayWhatToDo() {
    var settings = AnswerSettings()
    #expect(
      message { try settings.set(name: "temprature", value: 1) }
        == "There is no setting \"temprature\"; did you mean temperature?")
    #expect(message { try settings.set(name: "x", value: 1) }.contains("use one of temperature, nucleus"))
    #expect(
      message { try settings.set(name: "temperature", value: .nan) }
        == "temperature cannot be \"nan\"; use a number from 0.1 to 3.")
    #expect(
      message { try settings.set(name: "register", text: "high") }
        == "register cannot be \"high\"; use a number from -36 to 36 semitones.")
    #expect(message { try settings.set(name: "thru", text: "maybe") } == "thru cannot be \"maybe\"; use on or off.")
    #expect(message { try settings.set(name: "mode", text: "sing") }.contains("answer, accompany, listen"))
    #expect(message { try settings.set(name: "scale", text: "H dur") }.contains("D dorian"))
  }

  @Test func aKnobRunsThroughTheRange() throws {
    for parameter in AnswerSettings.parameters {
      #expect(abs(parameter.value(atKnob: 0) - parameter.range.lowerBound) < 1e-9)
      #expect(abs(parameter.value(atKnob: 1) - parameter.range.upperBound) < 1e-9)
      for position in [-1, 0.3, 2, .nan] { #expect(parameter.range.contains(parameter.value(atKnob: position))) }
    }
    #expect(abs(try AnswerSettings.Parameter.named("density").value(atKnob: 0.5) - 1) < 1e-9)
  }

  @Test func nearNamesAreNear() {
    #expect(NearNames.nearest(to: "creativ", among: ["balanced", "creative", "structured"]) == ["creative"])
    #expect(NearNames.nearest(to: "", among: ["a"]).isEmpty)
    #expect(NearNames.nearest(to: String(repeating: "x", count: 100_000), among: ["a"]).isEmpty)
  }

  @Test(arguments: ["follow", "off", "D dorian", "LOCK C major", "B♭ natural minor"])
  func scaleRulesAreReadBack(text: String) throws {
    let rule = try #require(ScaleRule(text))
    #expect(ScaleRule(rule.description) == rule)
  }
}
