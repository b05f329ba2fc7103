// EventQueue: order, drop policy, two threads, and use from audio-thread code.
import Foundation
import Testing

@testable import Realtime

private struct Event: BitwiseCopyable, Equatable {
  var frame: Int
  var pitch: UInt8
  var copy: Int
}

private final class Queue: Sendable {
  let queue: EventQueue<Event>
  init(capacity: Int) { queue = EventQueue(capacity: capacity) }
}

// That these compile is the test: the generic methods hold no lock and allocate nothing for a concrete event.
@_noLocks private func send(_ target: Queue, _ event: Event) -> Bool { target.queue.push(event) }
@_noLocks private func receive(_ source: Queue) -> Event? { source.queue.pop() }

@Suite struct EventQueueTests {
  @Test func keepsOrderAndWraps() {
    let queue = Queue(capacity: 4)
    for i in 0..<50 {
      #expect(send(queue, Event(frame: i, pitch: 60, copy: i)))
      #expect(send(queue, Event(frame: i + 1000, pitch: 61, copy: i)))
      #expect(queue.queue.peek()?.frame == i)
      #expect(receive(queue)?.frame == i)
      #expect(receive(queue)?.frame == i + 1000)
      #expect(receive(queue) == nil)
    }
  }

  @Test func aFullQueueDropsTheNewEventAndCounts() {
    let queue = Queue(capacity: 3)
    #expect(queue.queue.capacity == 4)
    for i in 0..<6 { #expect(send(queue, Event(frame: i, pitch: 0, copy: i)) == (i < 4)) }
    #expect(queue.queue.dropped == 2)
    #expect((0..<4).map { _ in receive(queue)?.frame } == [0, 1, 2, 3])
    #expect(queue.queue.pop() == nil)
    #expect(queue.queue.peek() == nil)
  }

  @Test(.timeLimit(.minutes(10))) func twoThreadsKeepEveryEventWhole() {
    let queue = Queue(capacity: 64)
    let total = 100_000
    let thread = Thread {
      var i = 0
      while i < total {
        if send(queue, Event(frame: i, pitch: UInt8(i & 127), copy: i)) { i += 1 } else { sched_yield() }
      }
    }
    thread.start()
    var expected = 0
    var wrong = 0
    while expected < total {
      guard let event = receive(queue) else {
        sched_yield()  // on a busy machine the other thread waits for our core
        continue
      }
      if event != Event(frame: expected, pitch: UInt8(expected & 127), copy: expected) { wrong += 1 }
      expected += 1
    }
    #expect(wrong == 0)
  }
}
