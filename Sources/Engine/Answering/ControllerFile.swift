// The controllers' map as a file that people can edit.

import Foundation

/// Reads and writes `controllers.toml`: a line `21 = "temperature"` for each controller.
struct ControllerFile: Sendable {
  /// The file's name in the folder of the state.
  static let name = "controllers.toml"
  private static let largestFile = 65_536

  /// Where the file stands; nil when there is no place for it.
  let path: String?

  /// The map in the file; an empty one when there is no file.
  func read() throws(ControllerFileError) -> ControllerMap {
    var map = ControllerMap()
    guard let path, FileManager.default.fileExists(atPath: path) else { return map }
    let text = try SmallTextFile.read(path, limit: Self.largestFile) {
      ControllerFileError.unreadable(path: path, reason: $0)
    }
    let table: TOMLText
    do throws(TOMLText.Problem) {
      table = try TOMLText(text)
    } catch {
      throw .unreadable(path: path, reason: "line \(error.line): \(error.reason)")
    }
    for (key, item) in table.contents {
      guard let controller = Int(key), (0...127).contains(controller), case .text(let name) = item else {
        throw .unreadable(path: path, reason: "\"\(key)\" should be a controller, 0 to 127, with a setting's name")
      }
      do throws(UnknownTarget) {
        map.add(controller, to: try ControllerMap.target(named: name))
      } catch {
        throw .unreadable(path: path, reason: "\(error)")
      }
    }
    return map
  }

  /// Replaces the file. One that cannot be understood is left as it is, for somebody has edited it.
  func write(_ map: ControllerMap) throws(ControllerFileError) {
    guard let path else { throw .noPlace }
    _ = try read()
    let folder = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    do throws(OutputFileError) {
      try OutputFile.write(Data(Self.text(map).utf8), to: path)
    } catch {
      throw .unwritable(reason: "\(error)")
    }
  }

  static func text(_ map: ControllerMap) -> String {
    let lines = map.targets.sorted { $0.key < $1.key }.map { "\($0.key) = \"\($0.value)\"\n" }
    return "# MIDI controllers and the settings that they change; antiphond reads this file when it starts.\n"
      + lines.joined()
  }
}

/// A map of controllers that cannot be read or kept.
enum ControllerFileError: Error, Equatable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case unwritable(reason: String)
  case noPlace

  var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "The controllers in \(path) are not used (\(reason)): correct the file, or remove it."
    case .unwritable(let reason):
      "The controllers are not kept after the end: \(reason)"
    case .noPlace:
      "The controllers are not kept after the end: set HOME or XDG_STATE_HOME."
    }
  }
}
