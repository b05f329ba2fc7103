// One fuzzed input: what every target does with it besides its own work.

import CMalloc

/// Hands an input to a target, and now and then looks whether the same input again and again takes more memory.
public enum FuzzInput {
  /// Inputs between two looks at the memory.
  private static let checkInterval = 4096
  /// How often one input is repeated between two readings.
  private static let repetitions = 16
  /// The fuzzer calls its target on one thread.
  nonisolated(unsafe) private static var count = 0

  /// Runs `body` on the bytes; what libFuzzer is to be told is always 0: the input may enter its corpus.
  public static func process(_ start: UnsafePointer<UInt8>?, _ size: Int, _ body: ([UInt8]) -> Void) -> Int32 {
    let bytes = Array(UnsafeBufferPointer(start: start, count: start == nil ? 0 : size))
    body(bytes)
    count += 1
    if count.isMultiple(of: checkInterval) { checkMemory { body(bytes) } }
    return 0
  }

  /// Ends the process with a sentence unless `isTrue`: the fuzzer keeps the input.
  public static func check(_ isTrue: Bool, _ property: @autoclosure () -> String) {
    if !isTrue { fatalError("The property does not hold: \(property())") }
  }

  /// A cache fills once and a freed block may wait for its next use, but only a leak grows in every round.
  private static func checkMemory(_ body: () -> Void) {
    for _ in 0..<repetitions { body() }
    var growth = 0
    for _ in 0..<4 {
      let before = heap
      for _ in 0..<repetitions { body() }
      growth = heap - before
      if growth < repetitions * 16 { return }
    }
    check(false, "the memory grows by \(growth / repetitions) bytes each time that this input comes")
  }

  /// Bytes that are allocated; the address sanitizer, which finds leaks by itself, says 0.
  private static var heap: Int {
    let information = mallinfo2()
    return Int(information.uordblks) + Int(information.hblkhd)
  }
}
