// A folder in which each run of a command replaces the results of the one before as a whole.

public import Foundation

/// Results are made in a hidden folder inside and moved when all are complete. They are called "results" or "results-"
/// and a number, with the endings of `ResultFormat`; everything else in the folder stays as it is. One thread.
public final class ResultFolder {
  /// What all names of results begin with.
  public static let stem = "results"

  /// The folder.
  public let url: URL
  private let unfinished: URL
  private let made: [URL]

  /// Says what is wrong with a folder before anything is done, and makes nothing.
  ///
  /// - Parameter inputs: files that the command reads and that must not be among the results of the folder.
  /// - Throws: `TrainingError` with the remedy.
  public static func check(_ path: String, inputs: [String]) throws(TrainingError) {
    guard !path.isEmpty else { throw TrainingError("--output is empty; name a folder.") }
    let folder = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let ending = folder.pathExtension.lowercased()
    let isNamedAsFile = ResultFormat.allCases.contains { $0.ending == ending }
    for place in ancestors(of: folder) {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) else { continue }
      guard isFolder.boolValue else {
        throw TrainingError("\(path) cannot be a folder for results: \(place.path) is a file; give --output another.")
      }
      guard access(place.path, W_OK | X_OK) == 0 else { throw unwritable(path, String(cString: strerror(errno))) }
      break
    }
    if isNamedAsFile, !FileManager.default.fileExists(atPath: folder.path) {
      throw TrainingError("\(path) is the name of a file; give --output a folder, and --formats the kinds of files.")
    }
    for input in inputs {
      let file = URL(fileURLWithPath: input).resolvingSymlinksInPath()
      if file.deletingLastPathComponent().path == folder.path, isResult(file.lastPathComponent) {
        throw TrainingError("\(input) is read and would be lost among the new results; give --output another folder.")
      }
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names where isResult(name) {
      var information = stat()
      let isThere = lstat(folder.appending(path: name).path, &information) == 0
      guard !isThere || information.st_mode & S_IFMT == S_IFREG else {
        throw TrainingError(
          "\(path)/\(name) is a folder, a link or a device where a result would be; move it away or give --output "
            + "another folder.")
      }
    }
  }

  /// Makes the folder, where there is none, and the hidden one inside.
  ///
  /// - Throws: `TrainingError` when that fails or `check` finds something.
  public init(_ path: String, inputs: [String] = []) throws(TrainingError) {
    try Self.check(path, inputs: inputs)
    url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    made = Self.ancestors(of: url).filter { !FileManager.default.fileExists(atPath: $0.path) }
    unfinished = url.appending(path: ".\(Self.stem)-\(getpid())-\(UInt32.random(in: 0...UInt32.max))")
    do {
      try FileManager.default.createDirectory(at: unfinished, withIntermediateDirectories: true)
    } catch {
      for folder in made { rmdir(folder.path) }
      throw Self.unwritable(path, error.localizedDescription)
    }
  }

  deinit {
    try? FileManager.default.removeItem(at: unfinished)
    // Folders that were made for results that never came; one that holds something stays.
    for folder in made { rmdir(folder.path) }
  }

  /// Where a result is to be written until `finish`.
  ///
  /// - Parameter number: of one of several, from 1; nil for the file of all.
  public func place(_ format: ResultFormat, number: Int? = nil) -> URL {
    unfinished.appending(path: Self.name(format, number: number))
  }

  /// Where the files of all are to be written, without their ending.
  var base: URL { unfinished.appending(path: Self.stem) }

  /// A sentence about a file of the hidden folder as one about the file that it should have become.
  func visible(_ sentence: String) -> String {
    sentence.replacingOccurrences(of: unfinished.path, with: url.path)
  }

  /// Writes a result.
  public func write(_ data: Data, _ format: ResultFormat, number: Int? = nil) throws(TrainingError) {
    do { try data.write(to: place(format, number: number)) } catch {
      throw Self.unwritable(url.path, error.localizedDescription)
    }
  }

  /// Moves the results to their place and removes those of earlier runs, which stay when there is no new result at all.
  ///
  /// - Returns: the names of the results.
  public func finish() throws(TrainingError) -> [String] {
    do {
      let files = FileManager.default
      let names = try files.contentsOfDirectory(atPath: unfinished.path).filter(Self.isResult).sorted()
      guard !names.isEmpty else { return [] }
      for name in names {
        guard rename(unfinished.appending(path: name).path, url.appending(path: name).path) == 0 else {
          throw Self.unwritable(url.path, String(cString: strerror(errno)))
        }
      }
      for old in try files.contentsOfDirectory(atPath: url.path) where Self.isResult(old) && !names.contains(old) {
        try files.removeItem(at: url.appending(path: old))
      }
      try? files.removeItem(at: unfinished)
      return names
    } catch let error as TrainingError {
      throw error
    } catch {
      throw Self.unwritable(url.path, error.localizedDescription)
    }
  }

  /// "results.png", or "results-03.mid" for one of several.
  private static func name(_ format: ResultFormat, number: Int?) -> String {
    stem + (number.map { String(format: "-%02d", $0) } ?? "") + "." + format.ending
  }

  /// Whether a file of this name belongs to the results.
  private static func isResult(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].hasPrefix(stem), ResultFormat.allCases.contains(where: { $0.ending == parts[1] })
    else { return false }
    let rest = parts[0].dropFirst(stem.count)
    return rest.isEmpty || rest.count == 3 && rest.first == "-" && rest.dropFirst().allSatisfy { "0"..."9" ~= $0 }
  }

  /// The folder and those above it, innermost first.
  private static func ancestors(of folder: URL) -> [URL] {
    var (all, place) = ([folder], folder)
    while place.path != "/", place.pathComponents.count > 1 {
      place = place.deletingLastPathComponent()
      all.append(place)
    }
    return all
  }

  private static func unwritable(_ path: String, _ reason: String) -> TrainingError {
    TrainingError("Results cannot be written to \(path) (\(reason)); give --output a folder that you may write to.")
  }
}
