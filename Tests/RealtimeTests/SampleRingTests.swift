// SampleRing: order, wrap-around, overflow, gap and rate marks, two threads.
import Foundation
import Synchronization
import Testing

@testable import Realtime

/// A ring on the heap, with array-shaped access for the tests.
private final class Ring: Sendable {
  let ring: SampleRing
  init(capacity: Int, sampleRate: Int = 48_000) { ring = SampleRing(capacity: capacity, sampleRate: sampleRate) }

  @discardableResult func push(_ samples: [Float]) -> Int {
    samples.withUnsafeBufferPointer { $0.baseAddress.map { ring.push($0, samples.count) } ?? 0 }
  }
  func pop(_ frames: Int) -> (samples: [Float], run: SampleRun) {
    var target = [Float](repeating: -1, count: max(frames, 1))
    let run = target.withUnsafeMutableBufferPointer { ring.pop($0.baseAddress!, frames) }
    return (Array(target.prefix(run.count)), run)
  }
}

@Suite struct SampleRingTests {
  @Test func capacityIsRoundedUpToAPowerOfTwo() {
    #expect(SampleRing(capacity: 1000, sampleRate: 48_000).capacity == 1024)
    #expect(SampleRing(capacity: 1024, sampleRate: 48_000).capacity == 1024)
  }

  @Test func keepsOrderAcrossWrapAround() {
    let ring = Ring(capacity: 16)
    var next: Float = 0
    var expected: Float = 0
    for size in [5, 7, 3, 11, 16, 1, 13] {
      #expect(ring.push((0..<size).map { next + Float($0) }) == size)
      next += Float(size)
      let (samples, run) = ring.pop(16)
      #expect(samples == (0..<size).map { expected + Float($0) })
      #expect(run.position == Int(expected))
      #expect(run.missing == 0)
      expected += Float(size)
    }
    #expect(ring.pop(4).run.count == 0)
  }

  @Test func overflowDropsTheNewestCountsAndMarks() {
    let ring = Ring(capacity: 16)
    #expect(ring.push((0..<20).map(Float.init)) == 16)
    #expect(ring.push([20, 21, 22]) == 0)
    #expect(ring.ring.droppedFrames == 7)
    #expect(ring.pop(10).samples == (0..<10).map(Float.init))
    #expect(ring.push([23, 24]) == 2)
    #expect(ring.ring.gapCount == 1)
    // The run ends at the gap although more waits behind it.
    let before = ring.pop(16)
    #expect(before.samples == (10..<16).map(Float.init))
    #expect(before.run.missing == 0)
    let after = ring.pop(16)
    #expect(after.samples == [23, 24])
    #expect(after.run == SampleRun(count: 2, position: 23, missing: 7, sampleRate: 48_000))
  }

  @Test func skippedFramesAreMarkedButNotCountedAsDropped() {
    let ring = Ring(capacity: 16)
    ring.push([0, 1])
    ring.ring.skip(100)
    ring.ring.skip(28)
    #expect(ring.pop(16).samples == [0, 1])
    #expect(ring.pop(16).run.count == 0)
    ring.push([2])
    #expect(ring.pop(16).run == SampleRun(count: 1, position: 130, missing: 128, sampleRate: 48_000))
    #expect(ring.ring.droppedFrames == 0)
  }

  @Test func askingForNothingLosesNoMark() {
    let ring = Ring(capacity: 16)
    ring.ring.skip(5)
    ring.push([1])
    #expect(ring.pop(0).run.count == 0)
    #expect(ring.pop(1).run.missing == 5)
  }

  @Test func rateChangesTravelInBandWithTheSamples() {
    let ring = Ring(capacity: 16, sampleRate: 44_100)
    ring.push([0, 1, 2])
    ring.ring.setSampleRate(48_000)
    ring.push([3, 4])
    ring.ring.setSampleRate(48_000)
    ring.push([5])
    #expect(ring.pop(16).run == SampleRun(count: 3, position: 0, missing: 0, sampleRate: 44_100))
    #expect(ring.pop(16).run == SampleRun(count: 3, position: 3, missing: 0, sampleRate: 48_000))
  }

  @Test func moreMarksThanSlotsNeverSplice() {
    let ring = Ring(capacity: 1024)
    // One mark for each sample: beyond the slots the samples themselves are dropped, and the loss is marked.
    for i in 0..<200 {
      ring.ring.skip(1)
      ring.push([Float(i)])
    }
    var position = 0
    var last: Float = -1
    var popped = 0
    while true {
      let (samples, run) = ring.pop(16)
      if run.count == 0 { break }
      #expect(run.position == position + run.missing)
      #expect(samples[0] == last + 1)
      #expect(run.count == 1)
      position = run.position + run.count
      last = samples[0]
      popped += 1
    }
    #expect(popped == StreamMark.slots)
    #expect(ring.ring.droppedFrames == 200 - StreamMark.slots)
    ring.push([7])
    #expect(ring.pop(1).run.missing == 2 * (200 - StreamMark.slots))
  }

  /// The producer numbers its samples; whatever was lost, the consumer's position must equal the number that it reads.
  @Test(.timeLimit(.minutes(10))) func twoThreadsAgreeOnEveryPosition() {
    let ring = Ring(capacity: 256)
    let total = 400_000
    let producing = Atomic<Bool>(true)
    let finished = DispatchSemaphore(value: 0)
    withExtendedLifetime(ring) {
      let thread = Thread {
        var sent = 0
        var size = 1
        while sent < total {
          size = (size * 7 + 3) % 61 + 1
          let start = sent
          ring.push((0..<size).map { Float(start + $0) })
          sent += size
        }
        finished.signal()
      }
      thread.start()
      var wrong = 0
      var received = 0
      var missing = 0
      while true {
        let done = !producing.load(ordering: .relaxed)
        let (samples, run) = ring.pop(100)
        if run.count == 0 && done { break }
        for (i, sample) in samples.enumerated() where Int(sample) != run.position + i { wrong += 1 }
        received += run.count
        missing += run.missing
        if finished.wait(timeout: .now()) == .success { producing.store(false, ordering: .relaxed) }
      }
      #expect(wrong == 0)
      #expect(received > 0)
      #expect(received + ring.ring.droppedFrames >= total)
      #expect(missing <= ring.ring.droppedFrames)
    }
  }
}
