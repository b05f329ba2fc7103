// Tests of the way between quarter notes and seconds.

import MIDI
import Testing

@Suite struct TempoMapTests {
  private let map = TempoMap(changes: [
    TempoMap.Change(quarters: 4, microsecondsPerQuarter: 1_000_000),
    TempoMap.Change(quarters: 2, microsecondsPerQuarter: 250_000),
  ])

  @Test func secondsAddUpOverTheChanges() {
    #expect([0, 1, 2, 3, 4, 5].map(map.seconds(atQuarters:)) == [0, 0.5, 1, 1.25, 1.5, 2.5])
    #expect(map.secondsPerQuarter(atQuarters: 1) == 0.5)
    #expect(map.secondsPerQuarter(atQuarters: 2) == 0.25)
  }

  @Test func quartersAreTheWayBack() {
    for quarters in stride(from: -1, to: 10, by: 0.125) {
      #expect(abs(map.quarters(atSeconds: map.seconds(atQuarters: quarters)) - quarters) < 1e-12)
    }
  }

  @Test func withoutChangesAQuarterIsHalfASecond() {
    #expect(TempoMap().seconds(atQuarters: 7) == 3.5)
    #expect(TempoMap().changes.isEmpty)
  }

  @Test func changesThatMeanNothingAreLeftOut() {
    let odd = [(Double.nan, 1), (.infinity, 1), (1, 0), (1, -5), (1, Int.max)]
    let map = TempoMap(changes: odd.map { TempoMap.Change(quarters: $0.0, microsecondsPerQuarter: $0.1) })
    #expect(map.changes.isEmpty)
  }
}
