// Tests of work on several threads.

import Synchronization
import Testing

@testable import Training

@Suite struct OrderedWorkTests {
  private struct Stop: Error {}

  @Test(arguments: [1, 2, 7]) func resultsComeInOrder(threads: Int) throws {
    var numbers: [Int] = []
    try OrderedWork.run(200, threads: threads, budget: 5, weight: { $0 % 9 }, work: { $0 * $0 }) {
      #expect($1 == $0 * $0)
      numbers.append($0)
    }
    #expect(numbers == Array(0..<200))
  }

  @Test func anErrorEndsTheWork() {
    let begun = Atomic(0)
    #expect(throws: Stop.self) {
      try OrderedWork.run(
        1000, threads: 2, budget: 4, weight: { _ in 1 },
        work: { number in
          begun.add(1, ordering: .relaxed)
          return number
        }, consume: { number, _ in if number == 3 { throw Stop() } })
    }
    // No more than the budget was ahead.
    #expect(begun.load(ordering: .relaxed) <= 8)
  }
}
