// Answers and accompaniment in patterns: nothing outside sounds, and the knob acts on the next note.

import MIDI
import Music
import Testing

@testable import Improviser

@Suite struct PatternDialogueTests {
  private let tune = [60, 62, 64, 65, 67, 65, 64, 62]

  /// Patterns from all over the list, on different tonics.
  private static let scales = stride(from: 3, to: PatternList.all.patterns.count, by: 900).map {
    PatternScale(tonic: PitchClass(wrapping: $0), pattern: PatternList.all.patterns[$0])
  }

  private func pitches(_ dialogue: Dialogue) -> [Int] { dialogue.notesOn.map(\.pitch) }

  @Test(arguments: scales)
  func everyNoteOfAnAnswerIsInThePattern(scale: PatternScale) throws {
    for seed in 0..<3 as Range<UInt64> {
      var settings = AnswerSettings()
      settings.scaleRule = .pattern(scale)
      (settings.temperature, settings.register) = (seed == 1 ? 3 : 1, [0, -17, 30][Int(seed)])
      var dialogue = Dialogue(seed == 2 ? .flat() : .melodic(), settings: settings, seed: seed)
      // Chords too, so that the answer stacks notes.
      dialogue.send(.noteOn(channel: 0, pitch: 60, velocity: 80), at: 0.1)
      for pitch in [64, 67] { dialogue.send(.noteOn(channel: 0, pitch: pitch, velocity: 80), at: 0.1) }
      for pitch in [60, 64, 67] { dialogue.send(.noteOff(channel: 0, pitch: pitch, velocity: 0), at: 0.3) }
      dialogue.melody(tune)
      dialogue.finish()
      #expect(!pitches(dialogue).isEmpty)
      #expect(pitches(dialogue).allSatisfy(scale.pitches.contains), "\(scale.name)")
      // It comes to rest on a principal tone.
      #expect(scale.principalTones.contains(try #require(pitches(dialogue).last)), "\(scale.name)")
    }
  }

  @Test(arguments: scales)
  func everyNoteOfTheAccompanimentIsInThePattern(scale: PatternScale) {
    var settings = AnswerSettings()
    (settings.mode, settings.scaleRule) = (.accompany, .pattern(scale))
    var dialogue = Dialogue(.melodic(), settings: settings)
    dialogue.melody(tune + tune, step: 0.5)
    dialogue.finish()
    #expect(!pitches(dialogue).isEmpty, "\(scale.name)")
    #expect(pitches(dialogue).allSatisfy(scale.pitches.contains), "\(scale.name)")
  }

  /// Patterns from all over the list hold something to accompany with.
  @Test func everyPatternHasChords() {
    for pattern in PatternList.all.patterns.enumerated().filter({ $0.offset % 60 == 0 }).map(\.element) {
      let notes = HarmonyNotes(PatternScale(pattern: pattern))
      #expect(!notes.chords().isEmpty, "\(pattern)")
    }
  }

  @Test func theNextNoteObeysTheKnob() throws {
    let ends = ScaleMorph(start: PatternList.all.patterns[0], end: PatternList.all.patterns[25_000])
    var settings = AnswerSettings()
    (settings.scaleRule, settings.length) = (.morph(ends), 4)
    let improviser = Improviser(
      prediction: FakePrediction.melodic(), settings: settings, seed: 5,
      thesaurus: try RandomThesaurusModel().model(seed: 4))
    for (index, pitch) in tune.enumerated() {
      let time = Double(index) * 0.25
      improviser.hear(.noteOn(channel: 0, pitch: pitch, velocity: 80), at: time)
      improviser.hear(.noteOff(channel: 0, pitch: pitch, velocity: 0), at: time + 0.2)
    }
    var (notes, changes) = (0, 0)
    #expect(improviser.pattern?.pattern == ends.start)
    while let deadline = improviser.nextDeadline {
      // The knob moves between any two notes; what is drawn then is in the pattern of the moment.
      let before = improviser.pattern
      improviser.settings.morph = Double(notes % 11) / 10
      if improviser.pattern != before { changes += 1 }
      let scale = try #require(improviser.pattern)
      improviser.advance(to: deadline) { event in
        guard case .noteOn(_, let pitch, _, _) = event else { return }
        notes += 1
        #expect(scale.pitches.contains(pitch), "note \(notes) in \(scale.name)")
      }
    }
    #expect(notes > 10 && changes > 3)
    improviser.settings.morph = 1
    #expect(improviser.pattern?.pattern == ends.end)
    improviser.settings.scaleRule = .off
    #expect(improviser.pattern == nil)
  }

  @Test func theNextChordObeysTheKnob() throws {
    let ends = ScaleMorph(start: PatternList.all.patterns[0], end: PatternList.all.patterns[25_000])
    var settings = AnswerSettings()
    (settings.mode, settings.scaleRule) = (.accompany, .morph(ends))
    let improviser = Improviser(
      prediction: FakePrediction.melodic(), settings: settings, thesaurus: try RandomThesaurusModel().model(seed: 4))
    var (notes, patterns): (Int, Set<PatternScale>) = (0, [])
    for step in 0..<1600 {
      let (time, pitch) = (Double(step) / 100, tune[step / 25 % tune.count])
      if step % 25 == 0 { improviser.hear(.noteOn(channel: 0, pitch: pitch, velocity: 80), at: time) }
      if step % 25 == 20 { improviser.hear(.noteOff(channel: 0, pitch: pitch, velocity: 0), at: time) }
      improviser.settings.morph = Double(step / 40 % 11) / 10
      let scale = try #require(improviser.pattern)
      patterns.insert(scale)
      improviser.advance(to: time) { event in
        guard case .noteOn(_, let pitch, _, _) = event else { return }
        notes += 1
        #expect(scale.pitches.contains(pitch), "note \(notes) in \(scale.name)")
      }
    }
    #expect(notes > 20 && patterns.count > 3)
  }

  @Test func withoutAModelTheNearerEndIsPlayed() {
    let ends = ScaleMorph(start: PatternList.all.patterns[0], end: PatternList.all.patterns[1])
    var settings = AnswerSettings()
    settings.scaleRule = .morph(ends)
    let improviser = Improviser(prediction: FakePrediction.flat(), settings: settings)
    for (place, pattern) in [(0, ends.start), (0.49, ends.start), (0.5, ends.end), (1, ends.end)] {
      improviser.settings.morph = place
      #expect(improviser.pattern?.pattern == pattern)
    }
  }
}
