// Writes a safetensors file piece by piece: the shapes are declared first, the bytes of each tensor are appended later.
public import Foundation

/// Writer for data sets that do not fit in memory. The file appears under its name only when `finish` has succeeded;
/// until then it is a hidden file beside it. For one thread at a time. Appends may alternate between tensors.
public final class SafetensorsStreamWriter {
  private struct Region {
    var next: Int
    let end: Int
  }

  private let url: URL
  private let partial: String
  private var descriptor: Int32 = -1
  private var regions: [String: Region] = [:]

  /// Creates the file with its header; the tensors lie in the order of `tensors`.
  public init(to url: URL, metadata: [String: String], tensors: [TensorDeclaration]) throws(ModelError) {
    self.url = url
    let folder = url.deletingLastPathComponent().path
    partial = folder + "/.\(url.lastPathComponent).\(getpid())-\(UInt32.random(in: 0...UInt32.max)).partial"
    let header: Data
    do {
      header = try SafetensorsHeader.bytes(metadata: metadata, tensors: tensors)
    } catch {
      throw ModelError(
        error.kind, file: url.path, problem: error.problem, remedy: "Give every tensor its own name and a valid shape")
    }
    var offset = header.count
    for tensor in tensors {
      let end = offset + (tensor.byteCount ?? 0)
      regions[tensor.name] = Region(next: offset, end: end)
      offset = end
    }
    // Renaming over a device such as /dev/full would replace it.
    var status = stat()
    if stat(url.path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw ModelError(
        .unwritable, file: url.path, problem: "is no regular file", remedy: "Choose another name for the output")
    }
    descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw unwritable(errno) }
    try check(header.withUnsafeBytes { write($0, at: 0) })
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(partial)
  }

  /// Appends raw little-endian elements to the region of one tensor.
  public func append(_ bytes: UnsafeRawBufferPointer, to name: String) throws(ModelError) {
    try check(write(bytes, at: place(bytes.count, in: name)))
  }

  /// Appends elements; their type must be the declared one.
  public func append<Element: BitwiseCopyable>(_ elements: [Element], to name: String) throws(ModelError) {
    let offset = try place(elements.count * MemoryLayout<Element>.stride, in: name)
    try check(elements.withUnsafeBytes { write($0, at: offset) })
  }

  /// Checks that every tensor is complete, brings the file to disk and gives it its name.
  public func finish() throws(ModelError) {
    let missing = regions.filter { $0.value.next != $0.value.end }.keys.sorted()
    guard missing.isEmpty, descriptor >= 0 else {
      throw ModelError(
        .unwritable, file: url.path, problem: "is not complete: tensors \(missing) lack data",
        remedy: "Append as many elements as the shape declares before finishing")
    }
    guard fsync(descriptor) == 0, rename(partial, url.path) == 0 else { throw unwritable(errno) }
    close(descriptor)
    descriptor = -1
  }

  /// Takes the next `count` bytes of a tensor's region and returns their offset in the file.
  private func place(_ count: Int, in name: String) throws(ModelError) -> Int {
    guard let region = regions[name], descriptor >= 0, count <= region.end - region.next else {
      throw ModelError(
        .unwritable, file: url.path, problem: "has no room for \(count) more bytes of tensor \"\(name)\"",
        remedy: "Declare the tensor with the shape that is written")
    }
    regions[name]?.next += count
    return region.next
  }

  /// Writes all bytes and returns 0 or the system's error number.
  private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int32 {
    var done = 0
    while done < bytes.count {
      let count = pwrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset + done))
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      done += count
    }
    return 0
  }

  private func check(_ code: Int32) throws(ModelError) {
    if code != 0 { throw unwritable(code) }
  }

  private func unwritable(_ code: Int32) -> ModelError {
    ModelError(
      .unwritable, file: url.path, problem: "cannot be written: \(String(cString: strerror(code)))",
      remedy: code == ENOSPC ? "Free space on the disk" : "Check that its folder exists and may be written to")
  }
}
