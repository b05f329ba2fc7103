// Reads safetensors files: named tensors with shapes and a string map, every bound checked before it is used.
public import Foundation

/// An open safetensors file. Immutable, so it may be shared by threads.
///
/// All checks on the structure happen in `init`; accessors check name, type, shape and values.
public struct SafetensorsFile: Sendable {
  static let checksumKey = "crc32"
  /// What users of a model are told when no caller says better.
  public static let defaultRemedy = "Make the model again with \"antiphon-train scales train\" or copy the file anew"

  /// Bytes of the largest file that is read into memory; larger ones are mapped.
  private static let largestRead = 1 << 30

  /// The path as it was given, for messages.
  public let name: String
  /// String map of the header.
  public let metadata: [String: String]
  private var remedy: String
  private let header: SafetensorsHeader
  private let contents: Data

  /// Opens a file.
  /// - Parameters:
  ///   - mapped: map the file instead of reading it (at most 1 GiB); for data sets that nobody shortens meanwhile.
  ///   - remedy: what errors tell the user to do.
  public init(contentsOf url: URL, mapped: Bool = false, remedy: String = defaultRemedy) throws(ModelError) {
    let path = url.path
    var status = stat()
    guard stat(path, &status) == 0 else {
      let problem = "cannot be opened: \(String(cString: strerror(errno)))"
      throw ModelError(.unreadable, file: path, problem: problem, remedy: remedy)
    }
    // A device or a pipe could deliver bytes without end.
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ModelError(.unreadable, file: path, problem: "is not a regular file", remedy: remedy)
    }
    guard status.st_size > 0 else { throw ModelError(.truncated, file: path, problem: "is empty", remedy: remedy) }
    guard mapped || status.st_size <= Self.largestRead else {
      let problem = "is too large for a model (\(status.st_size) bytes)"
      throw ModelError(.unsupported, file: path, problem: problem, remedy: remedy)
    }
    let data: Data
    do {
      data = try Data(contentsOf: url, options: mapped ? .alwaysMapped : [])
    } catch {
      let problem = "cannot be read: \(error.localizedDescription)"
      throw ModelError(.unreadable, file: path, problem: problem, remedy: remedy)
    }
    try self.init(data: data, name: path, remedy: remedy)
  }

  /// Opens the bytes of a file; `name` stands for it in messages.
  public init(data: Data, name: String, remedy: String = defaultRemedy) throws(ModelError) {
    do {
      header = try SafetensorsHeader(file: data)
    } catch {
      throw ModelError(error.kind, file: name, problem: error.problem, remedy: remedy)
    }
    self.name = name
    self.remedy = remedy
    metadata = header.metadata
    contents = data
  }

  /// The tensors in the order of their bytes.
  public var tensors: [TensorDeclaration] {
    header.placements.values.sorted { $0.range.lowerBound < $1.range.lowerBound }.map(\.declaration)
  }

  /// Calls `body` with the bytes of a tensor, or returns nil where there is none of that name.
  public func withBytes<Result>(
    of tensor: String, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result? {
    guard let range = header.placements[tensor]?.range else { return nil }
    let inFile = range.lowerBound + header.byteCount..<range.upperBound + header.byteCount
    return try contents.withUnsafeBytes { bytes in
      try body(UnsafeRawBufferPointer(rebasing: bytes[inFile]))
    }
  }

  /// Gives the pages of a mapped file that were read back to the system, which reads them again when they are needed.
  public func releasePages() {
    contents.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, Int(bitPattern: base) % Int(getpagesize()) == 0 else { return }
      // Unlike MADV_DONTNEED it loses nothing where the bytes are memory of the process and no mapping. A kernel before
      // Linux 5.4 does not know it and keeps the pages.
      madvise(UnsafeMutableRawPointer(mutating: base), bytes.count, Int32(MADV_PAGEOUT))
    }
  }

  /// The finite values of an F32 or F16 tensor, which must have exactly this shape.
  public func floats(_ tensor: String, shape: [Int]) throws(ModelError) -> [Float] {
    let declaration = try self.declaration(tensor, shape: shape)
    let values: [Float]? =
      switch declaration.type {
      case .float32: elements(tensor, Float.self)
      case .float16: elements(tensor, Float16.self)?.map { Float($0) }
      case .int32, .int64: nil
      }
    guard let values else { throw wrongType(declaration, expected: "floats") }
    guard values.allSatisfy(\.isFinite) else {
      throw fault(.notFinite, "has a weight in tensor \"\(tensor)\" that is not a finite number")
    }
    return values
  }

  /// The values of an I32 or I64 tensor, which must have exactly this shape.
  public func integers(_ tensor: String, shape: [Int]) throws(ModelError) -> [Int] {
    let declaration = try self.declaration(tensor, shape: shape)
    let values: [Int]? =
      switch declaration.type {
      case .int32: elements(tensor, Int32.self)?.map { Int($0) }
      case .int64: elements(tensor, Int64.self)?.map { Int($0) }
      case .float32, .float16: nil
      }
    guard let values else { throw wrongType(declaration, expected: "integers") }
    return values
  }

  /// Compares the contents with the checksum in the metadata, where the writer left one.
  public func verifyChecksum() throws(ModelError) {
    guard let expected = metadata[Self.checksumKey] else { return }
    var checksum = Checksum()
    contents.withUnsafeBytes { checksum.update(UnsafeRawBufferPointer(rebasing: $0[header.byteCount...])) }
    checksum.update(metadata)
    guard checksum.text == expected else {
      throw fault(.corrupt, "is damaged: its contents do not match their checksum")
    }
  }

  /// The same file, whose errors tell the user to do something else.
  public func replacing(remedy: String) -> SafetensorsFile {
    var file = self
    file.remedy = remedy
    return file
  }

  /// An error that names this file and carries its remedy.
  public func fault(_ kind: ModelError.Kind, _ problem: String) -> ModelError {
    ModelError(kind, file: name, problem: problem, remedy: remedy)
  }

  private func declaration(_ tensor: String, shape: [Int]) throws(ModelError) -> TensorDeclaration {
    guard let declaration = header.placements[tensor]?.declaration else {
      throw fault(.shape, "has no tensor \"\(tensor)\"")
    }
    guard declaration.shape == shape else {
      throw fault(.shape, "has tensor \"\(tensor)\" in shape \(declaration.shape) instead of \(shape)")
    }
    return declaration
  }

  private func wrongType(_ tensor: TensorDeclaration, expected: String) -> ModelError {
    fault(.unsupported, "stores tensor \"\(tensor.name)\" as \(tensor.type.rawValue), not as \(expected)")
  }

  private func elements<Element: BitwiseCopyable>(_ tensor: String, _: Element.Type) -> [Element]? {
    withBytes(of: tensor) { bytes in
      // Files of other writers need not be aligned, so the bytes are copied and not bound.
      [Element](unsafeUninitializedCapacity: bytes.count / MemoryLayout<Element>.stride) { target, count in
        UnsafeMutableRawBufferPointer(target).copyMemory(from: bytes)
        count = target.count
      }
    }
  }
}
