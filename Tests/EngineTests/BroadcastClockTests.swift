// Which readouts go out to the watchers.

import Testing

@testable import Engine

@Suite struct BroadcastClockTests {
  @Test func aboutTwentyASecondAndChangesAtOnce() {
    var clock = BroadcastClock()
    var sent = 0
    for hop in 0..<430 where clock.passes(key: "C major", at: Double(hop) * 0.0232) { sent += 1 }
    #expect((120...220).contains(sent))
    let now = 430 * 0.0232
    _ = clock.passes(key: "C major", at: now)
    let again = clock.passes(key: "C major", at: now + 0.001)
    let changed = clock.passes(key: "G major", at: now + 0.002)
    #expect(!again && changed)
  }

  @Test func silenceIsFilledOnceASecond() {
    var clock = BroadcastClock()
    #expect(clock.isDue(at: 0))
    _ = clock.passes(key: "", at: 0)
    #expect(!clock.isDue(at: 0.9))
    #expect(clock.isDue(at: 1))
    _ = clock.passes(key: "", at: 1)
    clock.hurry()
    #expect(clock.isDue(at: 1.1))
  }
}
