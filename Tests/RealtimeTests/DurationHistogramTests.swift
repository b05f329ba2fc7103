// DurationHistogram: buckets without holes, the median within a bucket, sums, use from audio-thread code.
import Foundation
import Testing

@testable import Realtime

private final class Durations: Sendable {
  let histogram = DurationHistogram()
}

// That this compiles is the test: counting holds no lock and allocates nothing.
@_noLocks private func count(_ target: Durations, _ nanoseconds: Int) { target.histogram.add(nanoseconds: nanoseconds) }

private func median(_ durations: [Int]) -> Double? {
  let target = Durations()
  for duration in durations { count(target, duration) }
  return target.histogram.counts.medianNanoseconds
}

@Suite struct DurationHistogramTests {
  @Test func bucketsFollowEachOtherWithoutHoles() {
    var end = 0.0
    for bucket in 0..<DurationCounts.buckets {
      let (start, width) = DurationCounts.range(of: bucket)
      #expect(start == end)
      #expect(bucket < 8 || width <= start / 8)
      #expect(DurationCounts.bucket(of: Int(start)) == bucket)
      #expect(DurationCounts.bucket(of: Int(start + width) - 1) == bucket)
      end = start + width
    }
    #expect(end > 17e9)
    let last = DurationCounts.buckets - 1
    #expect(DurationCounts.bucket(of: Int(end)) == last && DurationCounts.bucket(of: .max) == last)
    #expect(DurationCounts.bucket(of: -1) == 0 && DurationCounts.bucket(of: .min) == 0)
  }

  @Test func nothingCountedHasNoMedian() {
    #expect(median([]) == nil)
    #expect(DurationCounts().medianNanoseconds == nil)
    #expect((DurationCounts() + DurationCounts()).medianNanoseconds == nil)
  }

  @Test(arguments: [[1000], [2100, 90, 5_000_000], [8, 8, 8, 300_000_000], Array(1...9999)])
  func theMedianLiesInTheBucketOfTheTrueOne(durations: [Int]) throws {
    let exact = durations.sorted()[(durations.count - 1) / 2]
    let (start, width) = DurationCounts.range(of: DurationCounts.bucket(of: exact))
    let found = try #require(median(durations))
    #expect(found >= start && found <= start + width)
  }

  @Test func sumsHoldTheDurationsOfBoth() throws {
    let (a, b) = (Durations(), Durations())
    for _ in 0..<10 { count(a, 1000) }
    for _ in 0..<11 { count(b, 64_000) }
    let sum = a.histogram.counts + b.histogram.counts
    let found = try #require(sum.medianNanoseconds)
    #expect(found >= 61_440 && found <= 65_536)
    #expect(sum == b.histogram.counts + a.histogram.counts)
  }

  @Test(.timeLimit(.minutes(10))) func nothingIsLostWhileAnotherThreadReads() {
    let durations = Durations()
    let total = 200_000
    let thread = Thread { for _ in 0..<total { count(durations, 500) } }
    thread.start()
    while durations.histogram.counts.total < total { usleep(100) }
    #expect(durations.histogram.counts.total == total)
  }

  @Test func countingIsRealtimeSafe() {
    let durations = Durations()
    withRealtimeRules { for i in 0..<100 { count(durations, i * i) } }
    #expect(durations.histogram.counts.total == 100)
  }
}
