// Work on several threads whose results come in order.

import Foundation

/// Runs pieces of work on threads and hands their results over one after another, in the order of their numbers, on
/// the calling thread. Only so much work is under way that its weight stays below a budget, so that the memory of
/// results that wait is bounded; one piece of work always is, however heavy.
enum OrderedWork {
  /// Works on 0..<count.
  ///
  /// - Parameters:
  ///   - weight: of a piece of work, in the unit of `budget`.
  ///   - work: called on any thread.
  ///   - consume: called on the calling thread; an error ends everything, after the threads have ended.
  static func run<Product: Sendable>(
    _ count: Int, threads: Int, budget: Int, weight: @escaping @Sendable (Int) -> Int,
    work: @escaping @Sendable (Int) -> Product, consume: (Int, Product) throws -> Void
  ) throws {
    guard threads > 1, count > 1 else {
      for number in 0..<count { try consume(number, work(number)) }
      return
    }
    let desk = Desk<Product>(count: count, budget: budget, weight: weight)
    for _ in 0..<min(threads, count) {
      let thread = Thread {
        while let number = desk.take() { desk.deliver(work(number), of: number) }
        desk.leave()
      }
      // As much as the main thread has: a deep document may need it.
      thread.stackSize = 8 << 20
      desk.enter()
      thread.start()
    }
    defer { desk.close() }
    for number in 0..<count { try consume(number, desk.collect(number)) }
  }

  /// Where threads take work and deliver it. `@unchecked Sendable`: every property is used under the lock of
  /// `condition` alone.
  private final class Desk<Product: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private let count: Int
    private let budget: Int
    private let weight: @Sendable (Int) -> Int
    private var next = 0
    private var underWay = 0
    private var products: [Int: Product] = [:]
    private var workers = 0
    private var isClosed = false

    init(count: Int, budget: Int, weight: @escaping @Sendable (Int) -> Int) {
      self.count = count
      self.budget = budget
      self.weight = weight
    }

    func enter() { condition.withLock { workers += 1 } }

    func leave() {
      condition.withLock {
        workers -= 1
        condition.broadcast()
      }
    }

    /// The next number; nil when there is none.
    func take() -> Int? {
      condition.withLock {
        while !isClosed, next < count, underWay > 0, underWay + weight(next) > budget { condition.wait() }
        guard !isClosed, next < count else { return nil }
        underWay += weight(next)
        next += 1
        return next - 1
      }
    }

    func deliver(_ product: Product, of number: Int) {
      condition.withLock {
        products[number] = product
        condition.broadcast()
      }
    }

    /// Waits for a product. What it weighs is free only when the next one is asked for, for it is in use until then.
    func collect(_ number: Int) -> Product {
      condition.withLock {
        if number > 0 { underWay -= weight(number - 1) }
        condition.broadcast()
        while true {
          if let product = products.removeValue(forKey: number) { return product }
          condition.wait()
        }
      }
    }

    /// Lets no more work begin, and waits until the threads have ended.
    func close() {
      condition.withLock {
        isClosed = true
        condition.broadcast()
        while workers > 0 { condition.wait() }
      }
    }
  }
}
