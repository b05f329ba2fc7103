// Patterns of the Thesaurus while playing: the knob, the commands and what they refuse.

import Control
import Foundation
import MIDI
import Music
import Testing

@testable import Engine
@testable import Improviser

@Suite struct MorphTests {
  private static let start = "tritone/interpolation/1:3"
  private static let end = "septitone/infra-inter-ultrapolation/4:1000"

  private let folder: AnalysisFolder

  init() throws { folder = try AnalysisFolder() }

  private func commands(_ desk: Desk) -> AnsweringCommands {
    AnsweringCommands(
      desk: desk, styles: StyleStore(environment: ["XDG_DATA_HOME": folder.url.path], executable: "/none/x"),
      controllers: ControllerFile(path: folder.path("controllers.toml")), state: { "phrase" })
  }

  /// The pattern that somebody who watches is told.
  private func shown(_ stage: Stage) throws -> PatternScale {
    let text = try #require(stage.dialogue.pattern)
    guard case .pattern(let scale) = ScaleRule(text) else {
      Issue.record("\(text) is no pattern")
      return PatternScale(pattern: PatternList.all.patterns[0])
    }
    return scale
  }

  /// Modulation wheel, note; modulation wheel, note: each note is in the pattern to which the wheel has come.
  @Test func theNextNoteObeysTheWheel() throws {
    var settings = AnswerSettings()
    (settings.scaleRule, settings.length) = (try #require(ScaleRule("D morph \(Self.start) \(Self.end)")), 4)
    let stage = try Stage(settings: settings, thesaurus: try ThesaurusModel(contentsOf: thesaurusForTests()))
    #expect(stage.dialogue.scaleRule == "D morph \(Self.start) \(Self.end)" && stage.dialogue.scale == nil)
    #expect(stage.dialogue.pattern == "D thesaurus:" + Self.start)
    _ = commands(stage.desk).answer(.learn(name: "morph", controller: 1))
    var (patterns, notes): (Set<PatternScale>, Int) = ([], 0)
    for round in 0..<4 {
      stage.playPhrase()
      while stage.dialogue.state != "answering" { stage.run(0.05) }
      var value = 0
      while stage.dialogue.state == "answering" {
        value = (value + 29 + round) % 128
        stage.play(.controlChange(channel: 0, controller: 1, value: value))
        stage.turn()
        #expect(stage.desk.now.settings.morph == Double(value) / 127)
        let (scale, count) = (try shown(stage), stage.voice.played.count)
        patterns.insert(scale)
        stage.run(0.2)
        for played in stage.voice.played.dropFirst(count) {
          guard case .noteOn(_, let pitch, _) = played.message else { continue }
          notes += 1
          #expect(scale.pitches.contains(pitch), "\(pitch) at \(value) in \(scale.name)")
        }
      }
    }
    #expect(notes > 20 && patterns.count > 3)
    stage.play(.controlChange(channel: 0, controller: 1, value: 127))
    stage.turn()
    #expect(stage.dialogue.pattern == "D thesaurus:" + Self.end)
    stage.desk.change { $0.settings.scaleRule = .follow }
    stage.turn()
    #expect(stage.dialogue.pattern == nil && stage.dialogue.scaleRule == "follow")
  }

  @Test func aLockedPatternIsShownAndKept() throws {
    let stage = try Stage()
    guard
      case .settings(let list) = commands(stage.desk).answer(.scale(rule: "lock", scale: "D thesaurus:" + Self.start))
    else {
      Issue.record("refused")
      return
    }
    #expect(list.scaleRule == "lock D thesaurus:" + Self.start)
    stage.turn()
    let scale = try shown(stage)
    #expect(stage.dialogue.scaleRule == list.scaleRule && scale.name == "D thesaurus:" + Self.start)
    stage.playPhrase()
    stage.run(8)
    #expect(stage.answered.count > 0)
    for played in stage.answered {
      guard case .noteOn(_, let pitch, _) = played.message else { continue }
      #expect(scale.pitches.contains(pitch))
    }
  }

  /// The longest names have room.
  @Test func aMorphIsTaken() throws {
    let desk = Desk(settings: AnswerSettings(), style: "balanced")
    let long = "sesquiquadritone/infra-inter-ultrapolation/4:1000"
    guard
      case .settings(let list) = commands(desk).answer(
        .scale(rule: "morph", scale: "Eb thesaurus:\(long) thesaurus:\(long)"))
    else {
      Issue.record("refused")
      return
    }
    #expect(list.scaleRule == "E♭ morph \(long) \(long)")
    _ = commands(desk).answer(.set(name: "morph", value: "0.4"))
    #expect(desk.now.settings.morph == 0.4)
  }

  @Test func badNamesAreRefused() {
    let desk = Desk(settings: AnswerSettings(), style: "balanced")
    for (rule, scale, hint) in [
      ("lock", "thesaurus:tritne/interpolation/1:3", "did you mean tritone"),
      ("morph", Self.start, "two patterns"), ("morph", "\(Self.start) tritone/ultrapolaton/1:1", "did you mean"),
    ] {
      guard case .failure(let failure) = commands(desk).answer(.scale(rule: rule, scale: scale)) else {
        Issue.record("\(rule) \(scale) was taken")
        continue
      }
      #expect(failure.code == "bad-value" && failure.message.contains(hint), "\(failure.message)")
    }
    #expect(desk.now.settings.scaleRule == .follow)
  }

  /// Everything but the morph goes on, and nothing else is played in its stead.
  @Test func withoutAModelTheMorphAloneIsRefused() throws {
    let missing = ModelNotFound(name: ModelLocator.thesaurusModel, folders: ["/none"], flag: "--thesaurus-model")
    let desk = Desk(
      Desk.Contents(settings: AnswerSettings(), style: "balanced"), morphProblem: missing.description)
    guard
      case .failure(let failure) = commands(desk).answer(.scale(rule: "morph", scale: "\(Self.start) \(Self.end)"))
    else {
      Issue.record("taken")
      return
    }
    #expect(failure.code == "failed" && failure.message == missing.description)
    #expect(failure.message.contains("--thesaurus-model FILE"))
    #expect(desk.now.settings.scaleRule == .follow)
    var configuration = Configuration()
    configuration.answer.scale = ScaleRule("morph \(Self.start) \(Self.end)")
    let styles = StyleStore(environment: [:], executable: "/none/x")
    #expect(throws: SettingError.self) { try desk.take(["scale"], from: configuration, styles) }
    guard case .settings = commands(desk).answer(.scale(rule: "lock", scale: Self.start)) else {
      Issue.record("a pattern needs no model")
      return
    }
  }

  @Test func theSourceSaysWhatIsWrong() throws {
    var configuration = AnsweringConfiguration(noteModel: noteModelForTests())
    #expect(ThesaurusSource(configuration).problem?.contains("--thesaurus-model") == true)
    configuration.thesaurusProblem = "Why."
    #expect(ThesaurusSource(configuration).problem == "Why.")
    configuration.thesaurusModel = noteModelForTests()
    #expect(ThesaurusSource(configuration).problem?.contains("thesaurus-vae") == true)
    configuration.thesaurusModel = thesaurusForTests()
    let source = ThesaurusSource(configuration)
    #expect(source.problem == nil && source.model != nil)
  }

  /// A style is a matter of taste; where the knob stands is not.
  @Test func aStyleLeavesTheKnobAlone() {
    let desk = Desk(settings: AnswerSettings(), style: "balanced")
    desk.change { $0.settings.morph = 0.7 }
    _ = commands(desk).answer(.style(name: "balanced"))
    #expect(desk.now.settings.morph == 0.7)
  }
}
