// A take's file: tracks, times, channels, and that no note is left.
import Foundation
import MIDI
import Testing

@testable import Engine

private func on(_ pitch: Int, _ channel: Int = 0, _ velocity: Int = 90) -> MIDIMessage {
  .noteOn(channel: channel, pitch: pitch, velocity: velocity)
}

private func off(_ pitch: Int, _ channel: Int = 0) -> MIDIMessage {
  .noteOff(channel: channel, pitch: pitch, velocity: 64)
}

private func file(_ take: Take, end: Double = 100) throws -> StandardMIDIFile {
  try StandardMIDIFile(data: take.data(end: end))
}

private func messages(_ file: StandardMIDIFile, _ track: Int) -> [MIDIMessage] {
  file.events.filter { $0.track == track }.map(\.message)
}

@Suite struct TakeTests {
  @Test func playedAndAnsweredAreTracksWithTheirTimes() throws {
    var take = Take(name: "Antiphon 2026-11-21 20.15.03")
    take.play(.programChange(channel: 3, program: 5), at: 0.1)
    take.play(on(60, 3), at: 0.25)
    take.play(.controlChange(channel: 3, controller: 64, value: 127), at: 0.5)
    take.play(.pitchBend(channel: 3, value: -321), at: 0.6)
    take.play(.clock, at: 0.65)
    take.play(off(60, 3), at: 0.7)
    take.play(.controlChange(channel: 3, controller: 64, value: 0), at: 0.8)
    take.answer(.programChange(channel: 0, program: 73), at: 1)
    take.answer(on(72), at: 1.0013)
    take.answer(off(72), at: 1.5)
    take.answer(on(48, 2), at: 1.1)
    take.answer(off(48, 2), at: 1.9)
    let read = try file(take)
    #expect(read.format == 1)
    #expect(read.trackNames == ["Antiphon 2026-11-21 20.15.03", "played", "answered", "bass"])
    #expect(read.tempoMap.changes == [TempoMap.Change(quarters: 0, microsecondsPerQuarter: 500_000)])
    #expect(
      messages(read, 1) == [
        .programChange(channel: 3, program: 5), on(60, 3), .controlChange(channel: 3, controller: 64, value: 127),
        .pitchBend(channel: 3, value: -321), off(60, 3), .controlChange(channel: 3, controller: 64, value: 0),
      ])
    // The player has channel 4 of 16, so the answer may have 2, and the bass gets the third that is free.
    #expect(messages(read, 2) == [.programChange(channel: 1, program: 73), on(72, 1), off(72, 1)])
    #expect(messages(read, 3) == [on(48, 4), off(48, 4)])
    let times = read.events.map(\.time)
    for (time, expected) in zip(times, [0.1, 0.25, 0.5, 0.6, 0.7, 0.8, 1, 1.0013, 1.1, 1.5, 1.9]) {
      #expect(abs(time - expected) < 0.0006)
    }
    #expect(times.count == 11)
  }

  @Test func heldNotesAndPedalsEndWithTheFile() throws {
    var take = Take(name: "a")
    take.play(on(60), at: 0)
    take.play(on(60), at: 1)
    take.play(.controlChange(channel: 0, controller: 64, value: 100), at: 1)
    take.answer(on(72), at: 2)
    let read = try file(take, end: 3)
    #expect(
      messages(read, 1) == [
        on(60), on(60), .controlChange(channel: 0, controller: 64, value: 100), off(60), off(60),
        .controlChange(channel: 0, controller: 64, value: 0),
      ])
    #expect(messages(read, 2) == [on(72, 1), off(72, 1)])
    #expect(abs(read.duration - 3) < 0.001)
    take.play(.reset, at: 2.5)
    let reset = try file(take, end: 3).events.filter { $0.track == 1 && $0.message == off(60) }
    #expect(reset.count == 2 && reset.allSatisfy { abs($0.time - 2.5) < 0.001 })
  }

  @Test func releasesOfNotesFromBeforeAreLeftOut() throws {
    var take = Take(name: "a")
    take.play(off(50), at: 0)
    take.play(on(60), at: 1)
    take.play(off(60), at: 2)
    take.play(off(60), at: 3)
    #expect(messages(try file(take), 1) == [on(60), off(60)])
  }

  @Test func aCutEndsWhatSoundsAndDropsWhatWasAhead() throws {
    var take = Take(name: "a")
    take.answer(on(60), at: 1)
    take.answer(on(64), at: 1.2)
    take.answer(on(67), at: 1.3)  // sent ahead
    take.answer(off(60), at: 1.6)
    take.cutAnswer(at: 1.25)
    take.answer(off(64), at: 1.26)
    take.answer(on(48), at: 2)
    take.answer(off(48), at: 3)
    let read = try file(take)
    #expect(messages(read, 2) == [on(60, 1), on(64, 1), off(60, 1), off(64, 1), on(48, 1), off(48, 1)])
    #expect(read.events[2...3].allSatisfy { abs($0.time - 1.25) < 0.001 })
  }

  @Test func whatWasSetBeforeComesFirst() throws {
    var (played, answered) = (ControlChase(), ControlChase())
    for message: MIDIMessage in [
      .programChange(channel: 0, program: 4), .programChange(channel: 0, program: 19),
      .controlChange(channel: 0, controller: 32, value: 2), .controlChange(channel: 0, controller: 0, value: 1),
      .controlChange(channel: 0, controller: 64, value: 127), .programChange(channel: 7, program: 1),
    ] { played.hear(message) }
    answered.hear(.programChange(channel: 1, program: 48))
    var take = Take(name: "a", played: played, answered: answered)
    take.play(on(60), at: 0)
    take.play(off(60), at: 1)
    take.answer(on(40, 1), at: 1)
    let read = try file(take, end: 2)
    #expect(
      messages(read, 1) == [
        .controlChange(channel: 0, controller: 0, value: 1), .controlChange(channel: 0, controller: 32, value: 2),
        .controlChange(channel: 0, controller: 64, value: 127), .programChange(channel: 0, program: 19), on(60),
        off(60),
      ])
    #expect(read.trackNames == ["a", "played", "answered", "chords"])
    #expect(messages(read, 3) == [.programChange(channel: 2, program: 48), on(40, 2), off(40, 2)])
  }

  @Test func messagesMayComeOutOfOrder() throws {
    var take = Take(name: "a")
    take.answer(on(60), at: 2)
    take.answer(off(60), at: 3)
    take.answer(on(64), at: 1)
    take.answer(off(64), at: 2)
    #expect(messages(try file(take), 2) == [on(64, 1), on(60, 1), off(64, 1), off(60, 1)])
  }

  @Test func anHourOfDensePlayingIsWrittenInABlink() throws {
    var take = Take(name: "a")
    for i in 0..<50_000 {
      take.play(on(i % 128), at: Double(i) * 0.07)
      take.play(off(i % 128), at: Double(i) * 0.07 + 0.05)
    }
    let clock = ContinuousClock()
    var bytes = 0
    let duration = clock.measure { bytes = take.data(end: 3600).count }
    print("100,000 messages: \(bytes) bytes in \(duration)")
    #expect(bytes < 1_000_000)
  }
}
