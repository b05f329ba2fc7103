// Swift number types that a tensor's elements can be.
public import CTorch

/// A number type that tensors are made from and copied out to.
public protocol TensorScalar: Sendable, AdditiveArithmetic {
  /// libtorch's name of the type.
  static var torchType: ctorch_type { get }
}

extension Float: TensorScalar {
  public static var torchType: ctorch_type { CTORCH_FLOAT }
}
extension Double: TensorScalar {
  public static var torchType: ctorch_type { CTORCH_DOUBLE }
}
extension Float16: TensorScalar {
  public static var torchType: ctorch_type { CTORCH_HALF }
}
extension Int64: TensorScalar {
  public static var torchType: ctorch_type { CTORCH_INT64 }
}
extension Int32: TensorScalar {
  public static var torchType: ctorch_type { CTORCH_INT32 }
}
extension UInt8: TensorScalar {
  public static var torchType: ctorch_type { CTORCH_BYTE }
}
