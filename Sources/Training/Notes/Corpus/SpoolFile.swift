// A hidden file that is written piece by piece.

import Foundation

/// A file beside an output that collects what is to stand in it. It is removed when this object goes, unless it has
/// become the output. For one thread at a time.
final class SpoolFile {
  private static let blockSize = 1 << 20

  /// The output, as errors name it.
  private let url: URL
  private let path: String
  private let file: FileHandle
  private var buffer = Data()
  /// Bytes written so far.
  private(set) var count = 0

  /// Creates a hidden file in the folder of `url`.
  ///
  /// - Throws: `CorpusError.unwritable`.
  init(for url: URL) throws(CorpusError) {
    self.url = url
    let name = ".\(url.lastPathComponent).\(UUID().uuidString).partial"
    path = url.deletingLastPathComponent().appending(path: name).path
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forUpdatingAtPath: path)
    else { throw .unwritable(path: url.path, reason: String(cString: strerror(errno))) }
    self.file = file
  }

  deinit {
    try? file.close()
    unlink(path)
  }

  func append(_ bytes: some Sequence<UInt8>) throws(CorpusError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.blockSize { try flush() }
  }

  /// Appends the bytes of numbers as they lie in memory: little-endian on all machines that this runs on.
  func append<Number: BitwiseCopyable>(numbers: [Number]) throws(CorpusError) {
    numbers.withUnsafeBytes { buffer.append(contentsOf: $0) }
    if buffer.count >= Self.blockSize { try flush() }
  }

  /// Appends what another spool holds.
  func append(contentsOf spool: SpoolFile) throws(CorpusError) {
    try spool.flush()
    do {
      try spool.file.seek(toOffset: 0)
      while let block = try spool.file.read(upToCount: Self.blockSize), !block.isEmpty { try append(block) }
      try spool.file.seekToEnd()
    } catch let error as CorpusError {
      throw error
    } catch {
      throw failure(error)
    }
  }

  /// Calls `body` with the bytes, block by block.
  func read(_ body: (Data) throws -> Void) throws {
    try flush()
    try file.seek(toOffset: 0)
    while let block = try file.read(upToCount: Self.blockSize), !block.isEmpty { try body(block) }
    try file.seekToEnd()
  }

  /// Brings everything to the disk.
  func complete() throws(CorpusError) {
    try flush()
    do { try file.synchronize() } catch { throw failure(error) }
  }

  /// Gives the file its name, in place of whatever has it.
  func publish() throws(CorpusError) {
    try complete()
    guard rename(path, url.path) == 0 else {
      throw .unwritable(path: url.path, reason: String(cString: strerror(errno)))
    }
  }

  private func flush() throws(CorpusError) {
    guard !buffer.isEmpty else { return }
    do { try file.write(contentsOf: buffer) } catch { throw failure(error) }
    count += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  private func failure(_ error: any Error) -> CorpusError {
    .unwritable(path: url.path, reason: "no space, or the disk failed (\(error.localizedDescription))")
  }
}
