// Opens the page in the browser without showing its key to other users of the machine.

import Foundation

/// A file of one's own that leads the browser on to the page.
///
/// Every user can read the arguments of every program; the address is therefore not given to the browser as one but in
/// a file that only its owner can read, as Jupyter does.
struct BrowserOpener {
  private let file: URL

  /// Writes the file and asks the desktop to open it.
  init(address: String) throws {
    let folder = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"] ?? NSTemporaryDirectory()
    file = URL(fileURLWithPath: folder).appendingPathComponent("antiphon-page-\(UUID().uuidString).html")
    let text = """
      <!doctype html><meta charset="utf-8"><title>Antiphon</title>
      <meta http-equiv="refresh" content="0; url=\(address)"><a href="\(address)">Antiphon's page</a>

      """
    let isWritten = FileManager.default.createFile(
      atPath: file.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    guard isWritten else { throw OpeningError.file(file.path) }
    let desktop = Process()
    desktop.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    desktop.arguments = ["xdg-open", file.path]
    desktop.standardOutput = FileHandle.nullDevice
    desktop.standardError = FileHandle.nullDevice
    try desktop.run()
    desktop.waitUntilExit()
    guard desktop.terminationStatus == 0 else {
      remove()
      throw OpeningError.noBrowser
    }
  }

  /// Removes the file; the browser has read it long ago.
  func remove() {
    try? FileManager.default.removeItem(at: file)
  }
}

/// Why the browser was not opened.
enum OpeningError: Error, CustomStringConvertible {
  /// The file that leads to the page can't be written.
  case file(String)
  /// There is no xdg-open, or it knows no browser.
  case noBrowser

  var description: String {
    switch self {
    case .file(let path): "The file \(path) that leads to the page can't be written: leave --open out."
    case .noBrowser: "xdg-open found no browser: leave --open out and open the address that is printed."
    }
  }
}
