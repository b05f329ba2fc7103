// Mean and deviation over the steps of a ring of feature rows.
import CKernels

/// Statistics over the newest rows of a ring, always summed from the oldest to the newest row.
public enum Moments {
  /// Mean and deviation sqrt(variance + floor) of every column. Neither allocates nor locks.
  /// - Parameters:
  ///   - ring: [capacity, width], width a multiple of 16.
  ///   - first: row of the oldest step, 0..<capacity; rows wrap around.
  ///   - count: number of steps, 1...capacity.
  ///   - mean: [width].
  ///   - deviation: [width], or nil where only the mean is wanted.
  public static func process(
    ring: UnsafePointer<Float>, capacity: Int, width: Int, first: Int, count: Int, floor: Float = 0,
    mean: UnsafeMutablePointer<Float>, deviation: UnsafeMutablePointer<Float>? = nil,
    instructions: KernelInstructions = .best
  ) {
    neural_moments(
      instructions.rawValue, ring, Int32(capacity), Int32(width), Int32(first), Int32(count), floor, mean, deviation)
  }
}
