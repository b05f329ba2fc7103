// Element types and shapes of tensors in safetensors files.

/// Element type of a stored tensor; the raw value is the name in the file.
public enum TensorType: String, Sendable, CaseIterable {
  case float32 = "F32"
  case float16 = "F16"
  case int32 = "I32"
  case int64 = "I64"

  /// Bytes of one element.
  public var byteCount: Int {
    switch self {
    case .float16: 2
    case .float32, .int32: 4
    case .int64: 8
    }
  }
}

/// Name, element type and shape of one tensor (row-major, little-endian).
public struct TensorDeclaration: Sendable, Equatable {
  public let name: String
  public let type: TensorType
  /// Extent of each dimension, outermost first; empty for a scalar.
  public let shape: [Int]

  public init(name: String, type: TensorType, shape: [Int]) {
    self.name = name
    self.type = type
    self.shape = shape
  }

  /// Number of elements, nil where the shape is negative or its product overflows.
  public var elementCount: Int? {
    var product = 1
    for extent in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      if extent < 0 || overflow { return nil }
      product = next
    }
    return product
  }

  /// Number of bytes, nil where it overflows.
  public var byteCount: Int? {
    guard let elements = elementCount else { return nil }
    let (bytes, overflow) = elements.multipliedReportingOverflow(by: type.byteCount)
    return overflow ? nil : bytes
  }
}
