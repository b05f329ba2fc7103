// Collects named tensors and a string map in memory and writes them as one safetensors file.
public import Foundation

/// Writer for models. `write` is atomic: readers see the old file or the whole new one.
public struct SafetensorsWriter {
  /// String map of the header. `write` adds "crc32" (see `SafetensorsFile.checksum`).
  public var metadata: [String: String]
  private var tensors: [(declaration: TensorDeclaration, bytes: [UInt8])] = []

  public init(metadata: [String: String] = [:]) { self.metadata = metadata }

  /// Adds a tensor of floats, stored as F32 or, rounded to nearest, as F16.
  public mutating func add(
    _ name: String, shape: [Int], _ values: [Float], as type: TensorType = .float32
  ) throws(ModelError) {
    switch type {
    case .float32: try add(name, type, shape, values)
    case .float16: try add(name, type, shape, values.map { Float16($0) })
    case .int32, .int64: throw misfit(name, shape, "floats cannot be stored as \(type.rawValue)")
    }
  }

  /// Adds a tensor of 32-bit integers.
  public mutating func add(_ name: String, shape: [Int], _ values: [Int32]) throws(ModelError) {
    try add(name, .int32, shape, values)
  }

  /// Adds a tensor of 64-bit integers.
  public mutating func add(_ name: String, shape: [Int], _ values: [Int64]) throws(ModelError) {
    try add(name, .int64, shape, values)
  }

  /// Writes the file beside its name first and then renames it.
  public func write(to url: URL) throws(ModelError) {
    var complete = metadata
    complete[SafetensorsFile.checksumKey] = nil
    var checksum = Checksum()
    for tensor in tensors { tensor.bytes.withUnsafeBytes { checksum.update($0) } }
    checksum.update(complete)
    complete[SafetensorsFile.checksumKey] = checksum.text
    let stream = try SafetensorsStreamWriter(to: url, metadata: complete, tensors: tensors.map(\.declaration))
    for tensor in tensors {
      try stream.append(tensor.bytes, to: tensor.declaration.name)
    }
    try stream.finish()
  }

  private mutating func add<Element: BitwiseCopyable>(
    _ name: String, _ type: TensorType, _ shape: [Int], _ values: [Element]
  ) throws(ModelError) {
    let declaration = TensorDeclaration(name: name, type: type, shape: shape)
    guard declaration.elementCount == values.count else {
      throw misfit(name, shape, "it was given \(values.count) elements")
    }
    tensors.append((declaration, values.withUnsafeBytes { Array($0) }))
  }

  private func misfit(_ name: String, _ shape: [Int], _ reason: String) -> ModelError {
    ModelError(
      .unwritable, file: "tensor \"\(name)\" of shape \(shape)", problem: "cannot be written: \(reason)",
      remedy: "Give it as many elements as the shape has, of the type that it is stored as")
  }
}
