// What the sampler draws under its settings.

import Music
import Testing

@testable import Improviser

struct NoteSamplerTests {
  private let cMajor = Scale(tonic: PitchClass(wrapping: 0), family: .major)

  /// A melody in C major around middle C.
  private func context(
    _ change: (inout AnswerSettings) -> Void = { _ in }, rule: ScaleRule = .off, detected: DetectedScale? = nil
  ) throws -> SamplingContext {
    var settings = AnswerSettings()
    settings.mirror = 0
    settings.nucleus = 1
    change(&settings)
    let events = [60, 64, 62, 65, 67].map { NoteEvent(interval: 12, pitch: $0, duration: 12, velocity: 80) }
    let phrase = try #require(Phrase(events: events, positions: [0, 12, 24, 36, 48], beat: 0.5))
    return SamplingContext(
      settings: settings, phrase: phrase, scale: ScaleWeights(rule: rule, detected: detected),
      register: RegisterWindow(range: phrase.range, register: settings.register), chordSize: 1)
  }

  private func pitches(_ prediction: FakePrediction, _ context: SamplingContext, count: Int = 2000) -> [Int] {
    var sampler = NoteSampler()
    var generator = SeededGenerator(seed: 4)
    return (0..<count).map { _ in
      sampler.pitch(
        prediction.pitches(interval: 5), context, guarding: RepetitionGuard(), isStacked: false,
        at: generator.uniform())
    }
  }

  private func intervals(_ prediction: FakePrediction, _ context: SamplingContext, canStack: Bool = false) -> [Int] {
    var sampler = NoteSampler()
    var generator = SeededGenerator(seed: 4)
    return (0..<2000).map { _ in
      sampler.interval(prediction.intervals(), context, canStack: canStack, at: generator.uniform())
    }
  }

  @Test func aLockedScaleHoldsAtAnyTemperature() throws {
    let context = try context({ $0.temperature = 3 }, rule: .lock(cMajor))
    #expect(pitches(.flat(), context).allSatisfy { cMajor.contains(PitchClass(wrapping: $0)) })
  }

  @Test func aLockedScaleHoldsWhereTheModelLeavesNothingInside() throws {
    let outside = FakePrediction(interval: { _ in 1 }, pitch: { $0 == 61 ? 1 : 0 })
    let drawn = pitches(outside, try context(rule: .lock(cMajor)))
    #expect(drawn.allSatisfy { cMajor.contains(PitchClass(wrapping: $0)) })
  }

  @Test func followingGetsStricterWithConfidence() throws {
    func share(_ confidence: Float) throws -> Double {
      let detected = DetectedScale(scale: cMajor, confidence: confidence)
      let drawn = pitches(.flat(), try context(rule: .follow, detected: detected))
      return Double(drawn.count { !cMajor.contains(PitchClass(wrapping: $0)) }) / Double(drawn.count)
    }
    #expect(try share(0.1) > 0.3)
    #expect(try share(0.6) < 0.2)
    #expect(try share(0.95) < 0.01)
  }

  @Test func staysInTheRegister() throws {
    let drawn = pitches(.flat(), try context())
    #expect(drawn.allSatisfy { (45...82).contains($0) })
    let higher = pitches(.flat(), try context { $0.register = 19 })
    #expect(abs(mean(higher) - mean(drawn) - 19) < 1.5)
  }

  @Test func theFinalNoteIsStable() throws {
    var context = try context(rule: .lock(cMajor))
    context.isFinal = true
    context.lastPitch = 65
    #expect(pitches(.flat(), context).allSatisfy { [0, 4, 7].contains($0 % 12) })
  }

  @Test func densityShortensIntervals() throws {
    func ticks(_ density: Double) throws -> Double {
      mean(intervals(.melodic(), try context { $0.density = density }).map { NoteVocabulary.times[$0] })
    }
    let (sparse, usual, dense) = (try ticks(0.25), try ticks(1), try ticks(4))
    #expect(sparse > usual * 1.3)
    #expect(dense < usual / 1.3)
  }

  @Test func neverEndsByItselfAndKeepsTheTexture() throws {
    let drawn = intervals(.flat(), try context(), canStack: true)
    #expect(!drawn.contains(NoteVocabulary.end))
    // The phrase is a melody.
    #expect(!drawn.contains(0))
    #expect(drawn.map { NoteVocabulary.times[$0] }.max() ?? 0 <= 24)
  }

  @Test func fullMirrorCopiesTheRhythm() throws {
    var context = try context { $0.mirror = 1 }
    context.position = 12
    #expect(intervals(.flat(), context).allSatisfy { NoteVocabulary.times[$0] == 12 })
  }

  @Test func mirrorFollowsTheContour() throws {
    var start = try context { $0.mirror = 1 }
    var end = start
    (start.progress, end.progress) = (0, 1)
    #expect(mean(pitches(.flat(), end)) - mean(pitches(.flat(), start)) > 3)
  }

  @Test func velocityFollowsThePhraseAndTheSetting() throws {
    var sampler = NoteSampler()
    let flat = FakePrediction.flat()
    func velocities(_ context: SamplingContext) -> [Int] {
      var generator = SeededGenerator(seed: 2)
      return (0..<500).map { _ in
        sampler.velocity(
          flat.velocities(interval: 1, pitch: 60, duration: 1), context, at: generator.uniform(),
          fine: generator.uniform()
        ).sounding
      }
    }
    let usual = velocities(try context())
    #expect(abs(mean(usual) - 75) < 8)
    #expect(abs(mean(velocities(try context { $0.velocity = 0.5 })) - mean(usual) / 2) < 2)
    #expect(velocities(try context { $0.velocity = 0 }).allSatisfy { $0 == 1 })
    #expect(velocities(try context { $0.velocity = 2 }).allSatisfy { (1...127).contains($0) })
  }

  @Test func durationsLastAtLeastATick() throws {
    var sampler = NoteSampler()
    let flat = FakePrediction.flat()
    let context = try context { $0.temperature = 3 }
    for place in stride(from: 0.0, to: 1, by: 0.01) {
      let drawn = sampler.duration(flat.durations(interval: 1, pitch: 60), context, at: place)
      #expect((1..<NoteVocabulary.timeCount).contains(drawn))
      #expect(NoteVocabulary.times[drawn] <= 24)
    }
  }

  private func mean(_ values: [Int]) -> Double { Double(values.reduce(0, +)) / Double(values.count) }
}
