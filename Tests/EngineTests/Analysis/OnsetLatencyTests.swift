// From a note's onset to a changed readout.
import Testing

@testable import Engine

@Suite struct OnsetLatencyTests {
  @Test(arguments: [(48_000.0, 64), (44_100.0, 256), (8_000.0, 16), (192_000.0, 1024)])
  func aNoteShowsWithinOneHopAndOnePeriod(rate: Double, period: Int) throws {
    let latency = try OnsetLatency.measure(sampleRate: rate, period: period, offsets: 16)
    #expect(latency.worst <= latency.bound, "\(latency)")
    #expect(latency.median > 0 && latency.median <= latency.worst)
  }
}
