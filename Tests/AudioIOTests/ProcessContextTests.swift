// ProcessContext and SampleFeed without a server.
import Foundation
import Realtime
import Synchronization
import Testing

@testable import AudioIO

private func makeContext(sampleRate: Int = 48_000) throws -> ProcessContext {
  // The handle is never followed: what these tests call ends before it reaches JACK, or JACK answers for its absent
  // server.
  let handle = try #require(OpaquePointer(bitPattern: 64))
  return ProcessContext(client: handle, ports: ClientPorts(), sampleRate: sampleRate, period: 1024)
}

/// Runs a cycle on a thread of its own, for it changes how the calling thread rounds denormals for good.
private func cycle(_ context: ProcessContext, _ frames: Int) -> Int32 {
  let result = Atomic<Int32>(-1)
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    result.store(context.process(frames), ordering: .relaxed)
    done.signal()
  }
  thread.start()
  done.wait()
  return result.load(ordering: .relaxed)
}

private func read(_ feed: SampleFeed, _ count: Int = 64) -> AudioBlock {
  var samples = [Float](repeating: 0, count: count)
  return samples.withUnsafeMutableBufferPointer { feed.read(into: $0) }
}

private func push(_ context: ProcessContext, _ samples: [Float]) {
  samples.withUnsafeBufferPointer { _ = context.ring.push($0.baseAddress!, samples.count) }
}

@Suite struct ProcessContextTests {
  @Test func aCycleBeyondTheLargestPeriodIsCountedAndMarked() throws {
    let context = try makeContext()
    #expect(cycle(context, 8193) == 0)
    #expect(context.counters.oversize == 1)
    #expect(context.counters.cycles == 1)
    push(context, [1])
    let feed = SampleFeed()
    feed.add(context)
    #expect(read(feed) == AudioBlock(count: 1, sampleRate: 48_000, epoch: 1, missing: 8193, position: 8193))
  }

  @Test func sessionsFollowEachOtherAndRaiseTheEpoch() throws {
    let feed = SampleFeed()
    #expect(read(feed) == AudioBlock())
    let first = try makeContext()
    let second = try makeContext(sampleRate: 44_100)
    feed.add(first)
    push(first, [1, 2, 3])
    #expect(read(feed, 2) == AudioBlock(count: 2, sampleRate: 48_000, epoch: 1, missing: 0, position: 0))
    feed.add(second)
    push(second, [4])
    #expect(read(feed).epoch == 1)  // what is left of the first
    #expect(read(feed) == AudioBlock(count: 1, sampleRate: 44_100, epoch: 2, missing: 0, position: 0))
    second.ring.setSampleRate(48_000)
    push(second, [5])
    #expect(read(feed) == AudioBlock(count: 1, sampleRate: 48_000, epoch: 3, missing: 0, position: 1))
    #expect(read(feed).count == 0)
  }

  @Test func aRestartAtTheSameRateIsANewEpoch() throws {
    let feed = SampleFeed()
    for i in 1...5 {
      let context = try makeContext()
      feed.add(context)
      push(context, [0])
      #expect(read(feed).epoch == i)
    }
  }

  @Test func aStalledConsumerKeepsOnlyTheNewestSessions() throws {
    let feed = SampleFeed()
    for i in 0..<10 {
      let context = try makeContext(sampleRate: 8000 + i)
      feed.add(context)
      push(context, [0])
    }
    #expect((0..<4).map { _ in read(feed).sampleRate } == [8007, 8008, 8009, 8009])
  }

  @Test func everyCycleIsTimed() throws {
    let context = try makeContext()
    #expect(context.counters.medianMicroseconds == 0)
    for _ in 0..<100 { #expect(cycle(context, 8193) == 0) }
    let counters = context.counters
    #expect(counters.durations.total == 100)
    #expect(counters.medianMicroseconds > 0)
    #expect(counters.medianMicroseconds <= counters.worstMicroseconds * 1.125)
    #expect((counters + counters).durations.total == 200)
  }

  @Test func countersAddUpAndKeepTheWorst() {
    let a = AudioCounters(
      xruns: 1, drops: 2, gaps: 3, oversize: 4, cycles: 5, busyNanoseconds: 5000, worstNanoseconds: 7)
    let b = AudioCounters(xruns: 1, cycles: 5, busyNanoseconds: 15_000, worstNanoseconds: 9000)
    let sum = a + b
    #expect(sum.xruns == 2 && sum.drops == 2 && sum.cycles == 10)
    #expect(sum.meanMicroseconds == 2)
    #expect(sum.worstMicroseconds == 9)
  }
}
