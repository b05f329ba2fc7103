// The accompaniment: in the scale, on the pulse, quiet when the player is, and without stuck notes.
import Music
import Testing

@testable import Improviser

@Suite struct AccompanistTests {
  private func scale(_ name: String) throws -> Scale { try #require(Scale(name: name)) }

  /// What is emitted for notes (seconds, pitch, seconds) at a beat of half a second, with a wake-up at every deadline.
  private func events(
    _ notes: [(onset: Double, pitch: Int, duration: Double)], scale: Scale?, seconds: Double, seed: UInt64 = 1,
    settings: AccompanistSettings = AccompanistSettings()
  ) -> [AnswerEvent] {
    let accompanist = Accompanist(settings: settings, seed: seed)
    accompanist.setScale(scale)
    accompanist.setPulse(beat: 0.5, phase: 0, barLine: 0)
    var events: [AnswerEvent] = []
    let messages = notes.flatMap { [($0.onset, $0.pitch, true), ($0.onset + $0.duration, $0.pitch, false)] }
      .sorted { $0.0 < $1.0 }
    var clock = 0.0
    func wake(until time: Double) {
      while let next = accompanist.nextDeadline, next < time {
        clock = max(clock, next)
        accompanist.advance(to: clock) { events.append($0) }
      }
    }
    for (time, pitch, isOn) in messages {
      wake(until: time)
      if isOn {
        accompanist.noteOn(pitch: pitch, velocity: 80, at: time)
      } else {
        accompanist.noteOff(pitch: pitch, at: time)
      }
      accompanist.advance(to: time) { events.append($0) }
    }
    wake(until: seconds)
    return events
  }

  private let arpeggio = (0..<32).map { (onset: Double($0) * 0.25, pitch: 72 + [0, 4, 7, 4][$0 % 4], duration: 0.24) }

  private func sounding(_ events: [AnswerEvent], at time: Double, channel: Int) -> Set<Int> {
    var pitches: Set<Int> = []
    for event in events where event.time <= time {
      switch event {
      case .noteOn(channel, let pitch, _, _): pitches.insert(pitch)
      case .noteOff(channel, let pitch, _): pitches.remove(pitch)
      default: break
      }
    }
    return pitches
  }

  @Test func whatWasSentAheadAndIsStoppedEndsNoEarlierThanItBegins() throws {
    let accompanist = Accompanist()
    accompanist.setScale(try scale("C major"))
    accompanist.setPulse(beat: 0.5, phase: 0, barLine: 0)
    accompanist.noteOn(pitch: 72, velocity: 80, at: 0.1)
    var events: [AnswerEvent] = []
    accompanist.advance(to: 0.485) { events.append($0) }
    let onsets = events.compactMap { if case .noteOn(_, _, _, let time) = $0 { time } else { nil } }
    #expect(!onsets.isEmpty && onsets.allSatisfy { $0 == 0.5 })
    accompanist.stop(at: 0.49) { events.append($0) }
    let ends = events.compactMap { if case .noteOff(_, _, let time) = $0 { time } else { nil } }
    #expect(ends.count == onsets.count && ends.allSatisfy { $0 >= 0.5 })
  }

  @Test func aTonicArpeggioGetsItsChord() throws {
    let events = events(arpeggio, scale: try scale("C major"), seconds: 12)
    for time in [2.2, 3.2, 5.2, 7.2] {
      #expect(Set(sounding(events, at: time, channel: 1).map { $0 % 12 }) == [0, 4, 7])
    }
    let bass = events.compactMap { if case .noteOn(2, let pitch, _, let time) = $0 { (pitch, time) } else { nil } }
    for (pitch, time) in bass where time.truncatingRemainder(dividingBy: 2) == 0 { #expect(pitch % 12 == 0) }
    #expect(!bass.isEmpty)
  }

  @Test func theChordFollowsTheMelody() throws {
    let roots = [(0, [72, 76, 79]), (2, [77, 81, 84]), (4, [79, 83, 74]), (6, [72, 76, 79])]
    let notes = roots.flatMap { start, pitches in
      (0..<8).map { (onset: Double(start) + Double($0) * 0.25, pitch: pitches[$0 % 3], duration: 0.24) }
    }
    let events = events(notes, scale: try scale("C major"), seconds: 12)
    let wanted: [(Double, Set<Int>)] = [(1.9, [0, 4, 7]), (3.9, [5, 9, 0]), (5.9, [7, 11, 2]), (7.9, [0, 4, 7])]
    for (time, chord) in wanted {
      #expect(chord.isSubset(of: Set(sounding(events, at: time, channel: 1).map { $0 % 12 })))
    }
  }

  @Test(arguments: ScaleFamily.allCases) func allNotesBelongToTheScale(_ family: ScaleFamily) {
    let scale = Scale(tonic: PitchClass(wrapping: 3), family: family)
    let ladder = family.intervals.map { 63 + $0 }
    let notes = (0..<80).map { (onset: Double($0) * 0.3, pitch: ladder[$0 * 3 % ladder.count], duration: 0.25) }
    let events = events(notes, scale: scale, seconds: 40)
    var count = 0
    for case .noteOn(_, let pitch, let velocity, _) in events {
      #expect(scale.contains(PitchClass(wrapping: pitch)))
      #expect((1...127).contains(velocity) && (BassLine.range.lowerBound...Voicing.range.upperBound).contains(pitch))
      count += 1
    }
    #expect(count > 20)
  }

  @Test func everythingBeginsOnABeat() throws {
    for case .noteOn(_, _, _, let time) in events(arpeggio, scale: try scale("C major"), seconds: 12) {
      #expect(abs((time / 0.5).rounded() * 0.5 - time) < 1e-9)
    }
  }

  @Test func itStopsWithinABeatOfThePlayer() throws {
    let events = events(arpeggio, scale: try scale("C major"), seconds: 30)
    let last = try #require(arpeggio.last.map { $0.onset + $0.duration })
    #expect(try #require(events.map(\.time).max()) <= last + 0.5 + 1e-6)
    #expect(sounding(events, at: 30, channel: 1).isEmpty && sounding(events, at: 30, channel: 2).isEmpty)
  }

  @Test func aStuckKeyDoesNotPlayForEver() throws {
    let events = events([(0, 60, 1000)], scale: try scale("C major"), seconds: 100)
    #expect(events.count > 4)
    #expect(try #require(events.map(\.time).max()) <= 16 * 0.5 + 1e-6)
  }

  @Test func withoutAScaleOrAPulseThereIsSilence() throws {
    #expect(events(arpeggio, scale: nil, seconds: 12).isEmpty)
    let accompanist = Accompanist(seed: 1)
    accompanist.setScale(try scale("C major"))
    for beat in [nil, 0, -1, .nan, .infinity, 100] as [Double?] {
      accompanist.setPulse(beat: beat, phase: 0)
      accompanist.noteOn(pitch: 60, velocity: 80, at: 1)
      accompanist.advance(to: 2) { Issue.record("\($0) without a pulse") }
      #expect(accompanist.nextDeadline == nil)
    }
  }

  @Test func losingTheScaleSilencesAtOnce() throws {
    let accompanist = Accompanist(seed: 1)
    accompanist.setScale(try scale("C major"))
    accompanist.setPulse(beat: 0.5, phase: 0)
    accompanist.noteOn(pitch: 60, velocity: 80, at: 0)
    var balance = 0
    func count(_ event: AnswerEvent) {
      if case .noteOn = event { balance += 1 } else if case .noteOff = event { balance -= 1 }
    }
    accompanist.advance(to: 0, count)
    #expect(balance > 2)
    accompanist.setScale(nil)
    accompanist.advance(to: 0.1, count)
    #expect(balance == 0)
  }

  @Test func theLoudnessFollowsThePlayer() throws {
    let velocities = [20, 120].map { velocity -> [Int] in
      let accompanist = Accompanist(seed: 1)
      accompanist.setScale(Scale(tonic: PitchClass(wrapping: 0), family: .major))
      accompanist.setPulse(beat: 0.5, phase: 0)
      accompanist.noteOn(pitch: 60, velocity: velocity, at: 0)
      var heard: [Int] = []
      accompanist.advance(to: 0) { if case .noteOn(_, _, let velocity, _) = $0 { heard.append(velocity) } }
      return heard
    }
    #expect(velocities[0].allSatisfy { (10...20).contains($0) } && !velocities[0].isEmpty)
    #expect(velocities[1].allSatisfy { (80...120).contains($0) } && !velocities[1].isEmpty)
  }

  @Test func expectationsChooseBetweenChords() throws {
    // A lone C fits C, F and A minor alike; who expects an A and an F gets F.
    let roots = [[0, 4, 7], [5, 9, 0]].map { expected -> Set<Int> in
      let accompanist = Accompanist(seed: 1)
      accompanist.setScale(Scale(tonic: PitchClass(wrapping: 7), family: .mixolydian))
      accompanist.setPulse(beat: 0.5, phase: 0)
      let pitches = (0..<128).map { Float(expected.contains($0 % 12) ? 1 : 0) }
      pitches.withUnsafeBufferPointer { accompanist.expect($0) }
      accompanist.noteOn(pitch: 84, velocity: 80, at: 0)
      var chord: Set<Int> = []
      accompanist.advance(to: 0) { if case .noteOn(1, let pitch, _, _) = $0 { chord.insert(pitch % 12) } }
      return chord
    }
    #expect(roots == [[0, 4, 7], [0, 5, 9]])
  }

  @Test func theSameSeedGivesTheSameMusic() throws {
    let scale = try scale("D dorian")
    let (first, second) = (
      events(arpeggio, scale: scale, seconds: 12, seed: 5), events(arpeggio, scale: scale, seconds: 12, seed: 5)
    )
    #expect(first == second)
  }

  /// Random play with changes of scale, tempo and settings, jumps of the clock and stops.
  @Test(arguments: 0..<12) func noNoteIsStuckStruckTwiceOrEndedTwice(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let accompanist = Accompanist(seed: UInt64(seed))
    accompanist.setScale(Scale(tonic: PitchClass(wrapping: seed), family: .major))
    accompanist.setPulse(beat: 0.4, phase: 0)
    var down: Set<[Int]> = []
    var onsets = 0
    func take(_ event: AnswerEvent) {
      switch event {
      case .noteOn(let channel, let pitch, _, _):
        #expect(down.insert([channel, pitch]).inserted)
        onsets += 1
      case .noteOff(let channel, let pitch, _): #expect(down.remove([channel, pitch]) != nil)
      default: Issue.record("\(event) is no note")
      }
    }
    var time = 0.0
    for _ in 0..<300 {
      time += generator.uniform() * 0.3
      let pitch = 40 + Int(generator.uniform() * 45)
      switch generator.uniform() {
      case ..<0.5: accompanist.noteOn(pitch: pitch, velocity: 1 + Int(generator.uniform() * 127), at: time)
      case ..<0.85: accompanist.noteOff(pitch: pitch, at: time)
      case ..<0.88: accompanist.releaseAll(at: time)
      case ..<0.91: accompanist.setPulse(beat: 0.2 + generator.uniform(), phase: time * generator.uniform())
      case ..<0.93: accompanist.setPulse(beat: nil, phase: .nan, barLine: .infinity)
      case ..<0.95:
        accompanist.setScale(
          generator.uniform() < 0.3
            ? nil
            : Scale(
              tonic: PitchClass(wrapping: pitch),
              family: ScaleFamily.allCases[Int(generator.uniform() * Double(ScaleFamily.allCases.count))]))
      case ..<0.97: accompanist.settings.beatsPerBar = Int(generator.uniform() * 20) - 2
      case ..<0.98: accompanist.stop(at: time, take)
      default: time += generator.uniform() < 0.5 ? -1 : 10
      }
      if let next = accompanist.nextDeadline, next < time, generator.uniform() < 0.8 {
        accompanist.advance(to: next, take)
      }
      accompanist.advance(to: time, take)
    }
    accompanist.stop(at: time, take)
    #expect(down.isEmpty && onsets > 0)
    #expect(accompanist.nextDeadline == nil)
  }

  @Test func everyDeadlineMovesOn() throws {
    let accompanist = Accompanist(seed: 1)
    accompanist.setScale(try scale("C major"))
    accompanist.setPulse(beat: 1 / 3, phase: 0.1)
    accompanist.noteOn(pitch: 60, velocity: 80, at: 1000.7)
    accompanist.advance(to: 1000.7) { _ in }
    var deadlines = 0
    while let next = accompanist.nextDeadline, deadlines < 1000 {
      accompanist.advance(to: next) { _ in }
      deadlines += 1
    }
    #expect(deadlines < 100)
  }

  @Test(.timeLimit(.minutes(10)), arguments: [1e16, -1e16, 1e17, -1e17, 1e300])
  func noBeatComesForEverAgainstAFarBarLine(_ phase: Double) throws {
    let accompanist = Accompanist(seed: 1)
    accompanist.setScale(try scale("C major"))
    accompanist.setPulse(beat: 0.1, phase: phase, barLine: phase)
    var events = 0
    for second in 0..<10 {
      accompanist.noteOn(pitch: 60, velocity: 80, at: Double(second))
      accompanist.advance(to: Double(second)) { _ in events += 1 }
    }
    #expect(events < 200)
  }

  @Test func badValuesAreNotHeard() throws {
    let accompanist = Accompanist(seed: 1)
    accompanist.setScale(try scale("C major"))
    accompanist.setPulse(beat: 0.5, phase: 0)
    accompanist.noteOn(pitch: 128, velocity: 80, at: 0)
    accompanist.noteOn(pitch: -1, velocity: 80, at: 0)
    accompanist.noteOn(pitch: 60, velocity: 400, at: 0)
    accompanist.noteOn(pitch: 60, velocity: 0, at: 0)
    accompanist.noteOff(pitch: 999, at: .nan)
    accompanist.advance(to: 1) { Issue.record("\($0) for nothing") }
    accompanist.settings.velocity = 0
    accompanist.noteOn(pitch: 60, velocity: 80, at: 1)
    accompanist.advance(to: 1) { Issue.record("\($0) without loudness") }
  }
}
