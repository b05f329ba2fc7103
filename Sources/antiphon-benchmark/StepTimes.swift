// Times a short computation with warm and with cold caches.
import Foundation

/// Medians of single calls in microseconds of wall-clock time.
struct StepTimes {
  /// Called again and again.
  let warm: Double
  /// Called after other memory has swept the caches, as between two played notes.
  let cold: Double

  /// Calls of each kind, and the bytes that sweep the caches: more than any cache that one core fills.
  private static let warmCalls = 2001
  private static let coldCalls = 61
  private static let sweptBytes = 96 << 20

  static func measure(_ body: () -> Void) -> StepTimes {
    let clock = ContinuousClock()
    func median(_ count: Int, before: () -> Void) -> Double {
      var times: [Double] = []
      times.reserveCapacity(count)
      for _ in 0..<count {
        before()
        let passed = clock.measure(body)
        times.append(Double(passed.components.attoseconds) / 1e12 + Double(passed.components.seconds) * 1e6)
      }
      return times.sorted()[count / 2]
    }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: sweptBytes, alignment: 64)
    defer { memory.deallocate() }
    var mark: UInt8 = 0
    let warm = median(warmCalls) {}
    let cold = median(coldCalls) {
      mark &+= 1
      memset(memory, Int32(mark), sweptBytes)
    }
    return StepTimes(warm: warm, cold: cold)
  }
}
