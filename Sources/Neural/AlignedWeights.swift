// Packed weights in memory, as 32-bit or 16-bit floats.

/// The matrix of a layer in the order in which its kernel reads it, aligned to 64 bytes.
///
/// Immutable after `init`.
final class AlignedWeights: @unchecked Sendable {  // The bytes are only read after init.
  /// The weights; valid as long as this object.
  let pointer: UnsafeRawPointer
  /// 1 for half floats, as the kernels are told.
  let isHalf: Int32
  private let storage: UnsafeMutableRawPointer

  init(_ values: [Float], precision: WeightPrecision) {
    isHalf = precision == .float16 ? 1 : 0
    let stride = precision == .float32 ? MemoryLayout<Float>.stride : MemoryLayout<Float16>.stride
    storage = .allocate(byteCount: max(1, values.count) * stride, alignment: 64)
    pointer = UnsafeRawPointer(storage)
    switch precision {
    case .float32:
      storage.initializeMemory(as: Float.self, from: values, count: values.count)
    case .float16:
      let largest = Float(Float16.greatestFiniteMagnitude)
      let halves = values.map { Float16(min(max($0, -largest), largest)) }
      storage.initializeMemory(as: Float16.self, from: halves, count: halves.count)
    }
  }

  deinit { storage.deallocate() }
}
