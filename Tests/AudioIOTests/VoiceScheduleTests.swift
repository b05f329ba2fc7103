// VoiceSchedule and FrameClock.
import Synth
import Testing

@testable import AudioIO

@Suite struct VoiceScheduleTests {
  @Test func eventsComeInTheOrderOfTimeAndThenOfArrival() {
    let schedule = VoiceSchedule(capacity: 500)
    var random = SplitMix64(seed: 7)
    var expected: [ScheduledEvent] = []
    for sequence in 0..<500 {
      let entry = ScheduledEvent(
        frame: Int.random(in: 0..<100, using: &random), sequence: sequence, event: VoiceEvent(.noteOn, 60, 100))
      expected.append(entry)
      let isTaken = schedule.insert(entry)
      #expect(isTaken)
    }
    let isTaken = schedule.insert(expected[0])
    #expect(!isTaken)
    expected.sort { ($0.frame, $0.sequence) < ($1.frame, $1.sequence) }
    var got: [ScheduledEvent] = []
    for end in [10, 50, 100] {
      while let entry = schedule.pop(before: end) {
        #expect(entry.frame < end)
        got.append(entry)
      }
    }
    #expect(got.map(\.sequence) == expected.map(\.sequence))
    #expect(schedule.count == 0)
  }
}

@Suite struct FrameClockTests {
  @Test func secondsAndFramesConvertBothWaysAcrossTheWrap() {
    let clock = FrameClock(frame: UInt32.max - 99, seconds: 1000, sampleRate: 48_000, period: 256)
    #expect(clock.frame(at: 1000) == UInt32.max - 99)
    #expect(clock.frame(at: 1000.01) == 380)
    #expect(abs(clock.seconds(ofFrame: 380) - 1000.01) < 1e-9)
    #expect(abs(clock.seconds(ofFrame: UInt32.max - 579) - 999.99) < 1e-9)
    #expect(clock.frame(at: 1000 + 100 / 48_000.0) == 1)  // 0 means "at once"
    #expect(clock.frame(at: .nan) == UInt32.max - 99)
    #expect(clock.frame(at: .infinity) == UInt32.max - 99)
    #expect(clock.frame(at: 1e30) == clock.frame(at: 1600))
  }
}
