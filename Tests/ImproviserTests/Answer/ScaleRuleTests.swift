// Rules for scales as text.

import Music
import Testing

@testable import Improviser

@Suite struct ScaleRuleTests {
  private let name = "tritone/interpolation/1:3"
  private let other = "whole-tone/infra-interpolation/2:1"

  private func pattern(_ tonic: Int, _ name: String) throws -> ScaleRule {
    .pattern(PatternScale(tonic: PitchClass(wrapping: tonic), pattern: try ThesaurusPattern(name: name)))
  }

  @Test(arguments: [
    "thesaurus:tritone/interpolation/1:3", "tritone/interpolation/1:3", "C thesaurus:tritone/interpolation/1:3",
    "lock thesaurus:tritone/interpolation/1:3", "Lock c Thesaurus:Tritone/Interpolation/1:3",
  ])
  func readsAPattern(text: String) throws {
    #expect(ScaleRule(text) == (try pattern(0, name)))
  }

  @Test func readsTonics() throws {
    #expect(ScaleRule("Eb thesaurus:\(name)") == (try pattern(3, name)))
    #expect(ScaleRule("lock D thesaurus: \(name)") == (try pattern(2, name)))
    #expect(ScaleRule("D whole tone/infra-interpolation/2:1") == (try pattern(2, other)))
  }

  @Test(arguments: ["D morph %A %B", "morph D %A %B", "d Morph thesaurus:%A  thesaurus:%B"])
  func readsAMorph(form: String) throws {
    let text = form.replacing("%A", with: name).replacing("%B", with: other)
    let ends = ScaleMorph(
      tonic: PitchClass(wrapping: 2), start: try ThesaurusPattern(name: name), end: try ThesaurusPattern(name: other))
    #expect(ScaleRule(text) == .morph(ends))
  }

  @Test func isReadBack() throws {
    let rules: [ScaleRule] = [
      .follow, .off, try pattern(0, name), try pattern(6, other),
      .morph(
        ScaleMorph(
          tonic: PitchClass(wrapping: 10), start: try ThesaurusPattern(name: other),
          end: try ThesaurusPattern(name: name))),
    ]
    for rule in rules { #expect(ScaleRule(rule.description) == rule) }
    #expect(try pattern(0, name).description == "C thesaurus:" + name)
    #expect(ScaleRule("morph \(name) \(other)")?.description == "C morph \(name) \(other)")
  }

  private func refusal(_ text: String) -> String {
    var settings = AnswerSettings()
    do throws(SettingError) {
      try settings.set(name: "scale", text: text)
      return ""
    } catch {
      #expect(settings.scaleRule == .follow)
      return error.description
    }
  }

  @Test func namesOfferNearOnes() {
    #expect(refusal("thesaurus:tritne/interpolation/1:3").contains("did you mean tritone"))
    #expect(refusal("D tritone/interpolaton/1:3").contains("did you mean interpolation"))
    #expect(refusal("thesaurus:tritone/interpolation/1:99").contains("it has 1 to"))
    #expect(refusal("thesaurus:tritone").contains("progression/operation/notes:number"))
    #expect(refusal("morph \(name) tritone/interpolation/9:1").contains("doesn't add 9 notes"))
    #expect(refusal("morph \(name) tritone").contains("progression/operation/notes:number"))
    #expect(refusal("H dorian").contains("D thesaurus:"))
  }

  @Test func nearScalesAreOffered() {
    #expect(refusal("D doriann").contains("Did you mean D dorian"))
    #expect(refusal("lock Eb mixolidian").contains("Did you mean Eb mixolydian"))
    #expect(refusal("D something").hasSuffix("1:3\"."))
  }

  @Test func whatIsNoTonicIsNamed() {
    #expect(refusal("H thesaurus:\(name)").contains("\"H\" is no note"))
    #expect(refusal("lock H \(name)").contains("\"H\" is no note"))
    #expect(refusal("D morph H \(name) \(other)").contains("\"H\" is no note"))
    #expect(refusal("D morph \(name) E \(other)").contains("\"E\" is one tonic too many"))
    #expect(refusal("E morph D \(name) \(other)").contains("\"D\" is one tonic too many"))
  }

  @Test(arguments: ["morph", "lock morph", "D morph", "morph D", "morph tritone/interpolation/1:3", "morph x y"])
  func aMorphWantsTwoPatterns(text: String) {
    #expect(refusal(text).contains("two patterns"))
  }

  @Test func aPlaceIsRead() throws {
    let placed = try #require(try ScaleMorph.placed("morph:\(name):\(other):0.4"))
    #expect(placed.place == 0.4 && placed.morph.start.name == name && placed.morph.end.name == other)
    let full = try #require(try ScaleMorph.placed("F# Morph:thesaurus:\(name):thesaurus:\(other):1"))
    #expect(full.place == 1 && full.morph == ScaleMorph(
      tonic: PitchClass(wrapping: 6), start: placed.morph.start, end: placed.morph.end))
    for text in ["follow", "D dorian", "thesaurus:\(name)", "morph \(name) \(other)", ""] {
      #expect(try ScaleMorph.placed(text) == nil)
    }
  }

  @Test(arguments: [
    ("morph:tritone/interpolation/1:3:tritone/interpolation/1:1:1.1", "from 0 to 1"),
    ("morph:tritone/interpolation/1:3:tritone/interpolation/1:1:nan", "from 0 to 1"),
    ("morph:tritone/interpolation/1:3:tritone/interpolation/1:1:x", "from 0 to 1"),
    ("morph:tritone/interpolation/1:3:tritone/interpolation/1:1", "morph:tritone"),
    ("morph:tritone/interpolation/1:3:0.4", "morph:tritone"),
    ("morph:", "morph:tritone"),
    ("morph:tritone/interpolation/1:3:tritne/interpolation/1:1:0.4", "did you mean tritone"),
    ("morph:tritone/interpolation/1:3:tritone/interpolation/1:1:0.4:2", "morph:tritone"),
  ])
  func badPlacesAreNamed(text: String, sentence: String) {
    do throws(SettingError) {
      _ = try ScaleMorph.placed(text)
      Issue.record("\(text) was read")
    } catch {
      #expect(error.description.contains(sentence), "\(error)")
    }
  }
}
