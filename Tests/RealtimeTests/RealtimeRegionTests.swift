// RealtimeSanitizer: our containers are clean under it, and it would tell if they were not.
import CKernels
import Foundation
import Synchronization
import Testing

@testable import Realtime

@inline(never) private func allocate() -> Int {
  var numbers = [Int]()
  for i in 0..<100 { numbers.append(i) }
  return numbers.count
}
private let lazyGlobal: [Int] = (0..<1000).map { $0 * 2 }
private let lock = NSLock()

private final class Containers: Sendable {
  let ring = SampleRing(capacity: 64, sampleRate: 48_000)
  let queue = EventQueue<Int>(capacity: 4)
  let mailbox = Mailbox(0)
}

/// What an audio thread might do in a thousand cycles, overflows included.
@_noLocks private func exercise(_ all: Containers, _ block: UnsafeMutablePointer<Float>) -> Int {
  var sum = 0
  for i in 0..<1000 {
    all.ring.push(block, 48)
    all.ring.skip(i & 1)
    all.ring.setSampleRate(48_000 &+ i & 2)
    if i % 3 == 0 { sum &+= all.ring.pop(block, 48).count }
    all.queue.push(i)
    if i % 2 == 0, let event = all.queue.pop() { sum &+= event }
    all.mailbox.write(i)
    sum &+= all.mailbox.read()
  }
  return sum
}

@Suite struct RealtimeRegionTests {
  @Test func ringQueueAndMailboxAreClean() {
    let all = Containers()
    let block = UnsafeMutablePointer<Float>.allocate(capacity: 48)
    block.initialize(repeating: 1, count: 48)
    defer { block.deallocate() }
    #expect(withRealtimeRules { exercise(all, block) } > 0)
    #expect(all.ring.droppedFrames > 0)
    #expect(all.queue.dropped > 0)
  }

  @Test func denormalsAreFlushedOnTheCallingThread() {
    let results = Mutex<[Float]>([])
    let done = DispatchSemaphore(value: 0)
    Thread {
      let tiny = Float.leastNormalMagnitude
      let half = Float(Int.random(in: 2...2)).magnitude  // not folded by the compiler
      results.withLock { $0.append(tiny / half) }
      realtime_flush_denormals()
      results.withLock { $0.append(tiny / half) }
      done.signal()
    }.start()
    done.wait()
    let seen = results.withLock { $0 }
    #expect(seen[0] > 0)
    #expect(seen[1] == 0)
  }

  @Test func theClockRuns() {
    let before = realtime_nanoseconds()
    usleep(2000)
    let passed = realtime_nanoseconds() - before
    #expect(passed >= 2_000_000 && passed < 2_000_000_000)
  }

  @Test(.enabled(if: isRealtimeChecked, "needs RealtimeSanitizer: scripts/sanitizers"))
  func anAllocationIsCaught() async {
    await #expect(processExitsWith: .failure) { _ = withRealtimeRules { allocate() } }
  }

  @Test(.enabled(if: isRealtimeChecked, "needs RealtimeSanitizer: scripts/sanitizers"))
  func aLazyGlobalIsCaught() async {
    await #expect(processExitsWith: .failure) { _ = withRealtimeRules { lazyGlobal.count } }
  }

  @Test(.enabled(if: isRealtimeChecked, "needs RealtimeSanitizer: scripts/sanitizers"))
  func aLockIsCaught() async {
    await #expect(processExitsWith: .failure) { withRealtimeRules { lock.withLock {} } }
  }

  @Test(.enabled(if: isRealtimeChecked, "needs RealtimeSanitizer: scripts/sanitizers"))
  func aSystemCallIsCaught() async {
    await #expect(processExitsWith: .failure) { withRealtimeRules { print("on the audio thread") } }
  }

  @Test(.enabled(if: isRealtimeChecked, "needs RealtimeSanitizer: scripts/sanitizers"))
  func aBrokenPromiseInCIsCaught() async {
    await #expect(processExitsWith: .failure) { withRealtimeRules { realtime_break_promise() } }
  }
}
