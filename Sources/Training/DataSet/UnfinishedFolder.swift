// A folder that appears under its name only when everything in it is written.
import Foundation

/// A hidden folder beside the name that it gets at last; removed with all its files when it is never finished.
final class UnfinishedFolder {
  /// The name that `finish` gives it.
  let destination: URL
  /// Where its files go until then.
  let url: URL
  private var isFinished = false

  /// Makes the hidden folder; a folder that stands under the final name already is never overwritten.
  init(for destination: URL) throws(DataSetError) {
    self.destination = destination
    url = partialURL(for: destination)
    guard !FileManager.default.fileExists(atPath: destination.path) else {
      throw .unwritable(path: destination.path, reason: "the folder exists already and is not overwritten")
    }
    try makeFolder(at: url)
  }

  deinit {
    if !isFinished { try? FileManager.default.removeItem(at: url) }
  }

  /// Makes a folder inside it.
  func makeFolder(_ name: String) throws(DataSetError) { try makeFolder(at: url.appending(path: name)) }

  /// Writes one file through `body`, whose failure can only be the disk's.
  func write(_ body: () throws -> Void) throws(DataSetError) {
    do { try body() } catch { throw .unwritable(path: destination.path, reason: "no space, or the disk failed") }
  }

  /// Gives it its name.
  func finish() throws(DataSetError) {
    guard rename(url.path, destination.path) == 0 else {
      throw .unwritable(path: destination.path, reason: String(cString: strerror(errno)))
    }
    isFinished = true
  }

  private func makeFolder(at place: URL) throws(DataSetError) {
    guard mkdir(place.path, 0o755) == 0 else {
      throw .unwritable(path: destination.path, reason: String(cString: strerror(errno)))
    }
  }
}
