// The history of a whole file: every step in which something sounded, in one flat array.
import Chroma

/// Steps of `width` numbers in the order of time. About 0.8 kB a second of sound, whatever the sample rate.
public struct StepHistory: Sendable {
  /// Numbers in a step: bands × 12.
  public let width: Int
  /// Steps a second.
  public let stepRate: Double
  /// Flat: step by step.
  public private(set) var values: [Float] = []

  /// An empty history.
  public init(width: Int, stepRate: Double) {
    self.width = width
    self.stepRate = stepRate
  }

  /// The number of steps.
  public var count: Int { values.count / width }

  /// Appends a step unless it is silent, as live.
  mutating func append(_ step: [Float]) {
    guard step.count == width, ChromaFrame.sounds(step) else { return }
    values += step
  }

  /// Calls `body` with the numbers of one step.
  func withStep(_ index: Int, _ body: (UnsafeBufferPointer<Float>) -> Void) {
    values.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[(index * width)..<((index + 1) * width)])) }
  }
}
