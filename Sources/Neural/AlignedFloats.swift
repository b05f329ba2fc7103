// A fixed number of floats in memory that is aligned for vector loads.

/// Zeroed storage of a size set once, aligned to 64 bytes. Weights live in it after loading, activations while playing.
///
/// Not synchronised: whoever shares one across threads only reads it.
public final class AlignedFloats {
  /// The floats; valid as long as this object.
  public let pointer: UnsafeMutablePointer<Float>
  public let count: Int
  private let storage: UnsafeMutableRawPointer

  /// - Parameter count: number of floats, at least 0.
  public init(count: Int) {
    self.count = count
    storage = .allocate(byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: 64)
    pointer = storage.bindMemory(to: Float.self, capacity: count)
    pointer.initialize(repeating: 0, count: count)
  }

  /// The given values, then zeros up to a whole panel.
  convenience init(padding values: [Float]) {
    self.init(count: values.count.roundedUpToPanel)
    pointer.update(from: values, count: values.count)
  }

  deinit { storage.deallocate() }
}

extension Int {
  /// The next multiple of the kernels' panel width.
  @inlinable public var roundedUpToPanel: Int { (self + 15) / 16 * 16 }
}
