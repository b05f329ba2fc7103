// A libtorch tensor: numbers with a shape, and the graph that made them.
import CTorch

/// A handle on a libtorch tensor, freed with the last reference.
///
/// Operations that libtorch may refuse throw ``TorchError``; nothing traps on a wrong shape. Not `Sendable`: a tensor,
/// its graph and its optimiser belong to one thread at a time. Operations record gradients while any operand requires
/// one.
public final class Tensor {
  let handle: OpaquePointer

  init(owning handle: OpaquePointer) { self.handle = handle }
  deinit { ctorch_free(handle) }

  /// Wraps what a C call returns, or throws its sentence with `subject` in front.
  static func make(_ subject: String, _ call: (CTorchMessage) -> OpaquePointer?) throws(TorchError) -> Tensor {
    var message: UnsafeMutablePointer<CChar>?
    guard let handle = call(&message) else { throw TorchError.taking(message, subject) }
    return Tensor(owning: handle)
  }

  /// Makes a tensor of `shape` (row-major; empty for a scalar) from as many values.
  public convenience init<Scalar: TensorScalar>(_ values: [Scalar], shape: [Int]) throws(TorchError) {
    // A negative size, or sizes whose product overflows, can match no array of values.
    let isValid = shape.allSatisfy { $0 >= 0 }
    let count = shape.reduce((product: 1, overflow: !isValid)) { partial, size in
      let (product, overflow) = partial.product.multipliedReportingOverflow(by: size)
      return (product, partial.overflow || overflow)
    }
    guard !count.overflow, count.product == values.count else {
      throw TorchError("tensor: \(values.count) values do not fill the shape \(shape)")
    }
    let sizes = shape.map(Int64.init)
    var message: UnsafeMutablePointer<CChar>?
    let handle = values.withUnsafeBytes {
      ctorch_from_data($0.baseAddress, Scalar.torchType, sizes, sizes.count, &message)
    }
    guard let handle else { throw TorchError.taking(message, "tensor") }
    self.init(owning: handle)
  }

  /// Makes a vector.
  public convenience init<Scalar: TensorScalar>(_ values: [Scalar]) throws(TorchError) {
    try self.init(values, shape: [values.count])
  }

  /// A tensor of zeros.
  public static func zeros(_ shape: [Int]) throws(TorchError) -> Tensor {
    let one = try Tensor([Float(0)], shape: [])
    return try one.expand(shape) * 1
  }

  /// Normally distributed numbers with mean 0 from libtorch's generator (``TorchRuntime/seed(_:)``).
  public static func normal(_ shape: [Int], deviation: Double = 1) throws(TorchError) -> Tensor {
    let sizes = shape.map(Int64.init)
    return try make("normal") { ctorch_normal(sizes, sizes.count, deviation, $0) }
  }

  /// Evenly distributed numbers in `range` from libtorch's generator.
  public static func uniform(_ shape: [Int], in range: Range<Double>) throws(TorchError) -> Tensor {
    let sizes = shape.map(Int64.init)
    return try make("uniform") { ctorch_uniform(sizes, sizes.count, range.lowerBound, range.upperBound, $0) }
  }

  /// The size of each dimension, outermost first.
  public var shape: [Int] { (0..<ctorch_rank(handle)).map { Int(ctorch_size(handle, $0)) } }

  /// The number of elements.
  public var count: Int { Int(ctorch_count(handle)) }

  /// Copies the elements out, row-major, converted to `type`.
  public func values<Scalar: TensorScalar>(as type: Scalar.Type) throws(TorchError) -> [Scalar] {
    let count = count
    var message: UnsafeMutablePointer<CChar>?
    var succeeded = false
    let copied = [Scalar](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let base = buffer.baseAddress {
        succeeded = ctorch_copy_out(handle, Scalar.torchType, base, Int64(count), &message)
      } else {
        succeeded = count == 0
      }
      initialized = succeeded ? count : 0
    }
    guard succeeded else { throw TorchError.taking(message, "values") }
    return copied
  }

  /// The elements as `Float`, row-major.
  public func floats() throws(TorchError) -> [Float] { try values(as: Float.self) }

  /// The only element of a tensor with one.
  public func item() throws(TorchError) -> Double {
    let all = try values(as: Double.self)
    guard all.count == 1, let only = all.first else {
      throw TorchError("item: the tensor has \(all.count) elements, not 1")
    }
    return only
  }

  /// The same values as another number type.
  public func cast<Scalar: TensorScalar>(to type: Scalar.Type) throws(TorchError) -> Tensor {
    try Tensor.make("cast") { ctorch_cast(handle, Scalar.torchType, $0) }
  }
}
