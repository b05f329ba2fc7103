// Things on their way from one task to another, with a bound on their size.

import Synchronization

/// A queue with one reader and any number of writers.
///
/// What is offered doesn't queue up: a newer thing takes the place of the one that waits, so that a slow reader misses
/// some but finds the latest.
final class BoundedQueue<Element: Sendable>: Sendable {
  private struct State {
    var waiting: [(element: Element, size: Int)] = []
    var size = 0
    var offer: Element?
    var reader: CheckedContinuation<Element?, Never>?
    var isFinished = false

    mutating func take() -> Element? {
      if !waiting.isEmpty {
        let first = waiting.removeFirst()
        size -= first.size
        return first.element
      }
      defer { offer = nil }
      return offer
    }

    mutating func takeReader() -> CheckedContinuation<Element?, Never>? {
      defer { reader = nil }
      return reader
    }
  }

  private let state = Mutex(State())
  private let limit: Int

  /// - Parameter limit: the sum of sizes that may wait.
  init(limit: Int) {
    self.limit = limit
  }

  /// Queues something; false when there is no room for it, or the queue has ended. Any thread.
  func add(_ element: Element, size: Int) -> Bool {
    let (isTaken, reader) = state.withLock { state in
      guard !state.isFinished, state.size + size <= limit else { return (false, Reader?.none) }
      if let reader = state.takeReader() { return (true, reader) }
      state.waiting.append((element, size))
      state.size += size
      return (true, nil)
    }
    reader?.resume(returning: element)
    return isTaken
  }

  /// Hands over something that the next offer may replace. Any thread.
  func offer(_ element: Element) {
    let reader = state.withLock { state in
      if let reader = state.takeReader() { return Reader?.some(reader) }
      if !state.isFinished { state.offer = element }
      return nil
    }
    reader?.resume(returning: element)
  }

  /// The next thing, when there is one; nil at the end of the queue and when the task is cancelled.
  func next() async -> Element? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: Reader) in
        let (isNow, element) = state.withLock { state -> (Bool, Element?) in
          if let element = state.take() { return (true, element) }
          if state.isFinished || Task.isCancelled { return (true, nil) }
          state.reader = continuation
          return (false, nil)
        }
        if isNow { continuation.resume(returning: element) }
      }
    } onCancel: {
      state.withLock { $0.takeReader() }?.resume(returning: nil)
    }
  }

  /// Ends the queue: what was added, and `last`, can still be read, and then nil; an offer is forgotten. Later calls do
  /// nothing.
  func finish(with last: Element? = nil) {
    let reader = state.withLock { state in
      if let last, !state.isFinished, state.reader == nil { state.waiting.append((last, 0)) }
      let element = state.reader == nil || state.isFinished ? nil : last
      state.isFinished = true
      state.offer = nil
      return state.takeReader().map { ($0, element) }
    }
    reader?.0.resume(returning: reader?.1)
  }

  private typealias Reader = CheckedContinuation<Element?, Never>
}
