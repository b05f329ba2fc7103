// The queue between two tasks.

import Testing

@testable import Web

@Suite(.timeLimit(.minutes(10))) struct BoundedQueueTests {
  @Test func keepsTheOrderAndTheBound() async {
    let queue = BoundedQueue<Int>(limit: 10)
    #expect(queue.add(1, size: 6))
    #expect(!queue.add(2, size: 5))
    #expect(queue.add(3, size: 4))
    #expect(await queue.next() == 1)
    #expect(queue.add(4, size: 6))
    #expect(await queue.next() == 3)
    #expect(await queue.next() == 4)
  }

  @Test func anOfferIsReplacedAndComesLast() async {
    let queue = BoundedQueue<Int>(limit: 10)
    queue.offer(7)
    queue.offer(8)
    #expect(queue.add(1, size: 1))
    #expect(await queue.next() == 1)
    #expect(await queue.next() == 8)
  }

  @Test func theEndComesAfterWhatWaits() async {
    let queue = BoundedQueue<Int>(limit: 10)
    #expect(queue.add(1, size: 1))
    queue.finish(with: 9)
    queue.finish(with: 10)
    #expect(!queue.add(2, size: 1))
    #expect(await queue.next() == 1)
    #expect(await queue.next() == 9)
    #expect(await queue.next() == nil)
    #expect(await queue.next() == nil)
  }

  @Test(arguments: 0..<3) func aReaderThatMayBeWaitingIsServed(way: Int) async {
    for _ in 0..<100 {
      let queue = BoundedQueue<Int>(limit: 10)
      async let next = queue.next()
      await Task.yield()
      switch way {
      case 0: #expect(queue.add(1, size: 1))
      case 1: queue.offer(1)
      default: queue.finish(with: 1)
      }
      #expect(await next == 1)
    }
  }

  @Test func theEndForgetsAnOffer() async {
    let queue = BoundedQueue<Int>(limit: 10)
    queue.offer(1)
    queue.finish(with: 9)
    queue.offer(2)
    #expect(await queue.next() == 9)
    #expect(await queue.next() == nil)
  }

  @Test func cancellingReleasesTheReader() async {
    let queue = BoundedQueue<Int>(limit: 10)
    let reader = Task { await queue.next() }
    await Task.yield()
    reader.cancel()
    #expect(await reader.value == nil)
    #expect(queue.add(5, size: 1))
    #expect(await queue.next() == 5)
  }
}
