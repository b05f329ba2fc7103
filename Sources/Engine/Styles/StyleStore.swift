// The styles that there are: shipped ones and the player's own.

import Foundation

/// Finds styles as files `NAME.toml`. The files are read whenever they are asked for, so that a change needs no
/// restart.
public struct StyleStore: Sendable {
  /// A style, or why the file is none.
  public struct Entry: Sendable {
    /// The style's name.
    public let name: String
    /// The file; empty for the style that is built in.
    public let path: String
    /// Whether it is the player's own.
    public let isOwn: Bool
    /// What was read.
    public let result: Result<Style, StyleError>
  }

  /// The folders, best first. Own styles hide shipped ones of the same name, even when they cannot be used: a style
  /// that sounds unlike what was written would be a riddle.
  private let folders: [PresetFolders.Folder]

  /// Works out where to look.
  ///
  /// - Parameter environment: the variables to look in, by default those of the process.
  /// - Parameter executable: the program's path, by default this one's.
  public init(environment: [String: String]? = nil, executable: String? = nil) {
    folders = PresetFolders(kind: "styles", environment: environment, executable: executable).folders
  }

  /// All styles by name, those that cannot be used included.
  public var entries: [Entry] {
    var found: [String: Entry] = [:]
    for folder in folders {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      for file in files where file.hasSuffix(".toml") && !file.hasPrefix(".") {
        let name = String(file.dropLast(5))
        guard found[name] == nil else { continue }
        let path = folder.path + "/" + file
        let result = Result { () throws(StyleError) in try StyleReader.style(path: path) }
        found[name] = Entry(name: name, path: path, isOwn: folder.isOwn, result: result)
      }
    }
    let standard = Style.standard
    if found[standard.name] == nil {
      found[standard.name] = Entry(name: standard.name, path: "", isOwn: false, result: .success(standard))
    }
    return found.values.sorted { $0.name < $1.name }
  }

  /// The style called `name`.
  ///
  /// - Throws: `StyleError`, which offers near names or says what is wrong with the file.
  public func style(named name: String) throws(StyleError) -> Style {
    let entries = entries
    guard let entry = entries.first(where: { $0.name == name.lowercased() || $0.name == name }) else {
      throw .unknown(name, known: entries.map(\.name))
    }
    return try entry.result.get()
  }
}
