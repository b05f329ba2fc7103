// What a model file says of itself.
public import Foundation
import Neural

/// A file among the models, as a list of them shows it.
public struct ModelDescription: Encodable, Sendable {
  /// The file's name without its extension.
  public let name: String
  /// Where it lies.
  public let path: String
  /// Bytes of the file.
  public let bytes: Int
  /// The network's kind, for example "note-lstm".
  public let architecture: String?
  /// Trained numbers.
  public let parameters: Int?
  /// What it learnt from.
  public let data: String?
  /// Under which terms it may be used.
  public let licence: String?
  /// How good it was on the validation part of its data.
  public let figures: String?
  /// Why the file is no model; nil for one that is.
  public let problem: String?

  /// Describes a file, a broken one by what is wrong with it.
  public init(_ url: URL) {
    name = url.deletingPathExtension().lastPathComponent
    path = url.path
    bytes = (try? url.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
    let result = Result { try ModelContents.read(url) }
    switch result {
    case .success(let (contents, file)):
      architecture = file.metadata["architecture"]
      parameters = contents.parameterCount
      (data, licence, figures) = (file.metadata["data"], file.metadata["licence"], file.metadata["figures"])
      problem = nil
    case .failure(let error):
      (architecture, parameters, data, licence, figures) = (nil, nil, nil, nil, nil)
      problem = (error as? ModelError)?.problem ?? "\(error)"
    }
  }

  /// The model files of folders in the order of the folders, then of their names. A folder that is missing has none.
  ///
  /// - Throws: a sentence for a folder that cannot be read.
  public static func list(_ folders: [URL]) throws -> [ModelDescription] {
    var seen: Set<String> = []
    return try folders.flatMap { folder -> [ModelDescription] in
      guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      } catch {
        throw TrainingError("The folder \(folder.path) cannot be read; name one that you may read.")
      }
      return names.filter { $0.hasSuffix(".safetensors") && !$0.hasPrefix(".") }.sorted().compactMap { name in
        let url = folder.appendingPathComponent(name)
        return seen.insert(url.resolvingSymlinksInPath().path).inserted ? ModelDescription(url) : nil
      }
    }
  }

  /// The card of a model: the Markdown beside it, else what the file says of itself.
  ///
  /// - Throws: a sentence for a file that is no model.
  public static func card(_ url: URL) throws -> String {
    let beside = url.deletingPathExtension().appendingPathExtension("md")
    let (contents, file) = try ModelContents.read(url)
    if let text = try? String(contentsOf: beside, encoding: .utf8), !text.isEmpty { return text }
    let rows = [("parameters", "\(contents.parameterCount)")] + file.metadata.sorted { $0.key < $1.key }
    return "# \(url.deletingPathExtension().lastPathComponent)\n\n| | |\n|---|---|\n"
      + rows.map { "| \($0) | \($1.replacingOccurrences(of: "|", with: "\\|")) |\n" }.joined()
  }
}

extension ModelContents {
  /// Trained numbers.
  var parameterCount: Int {
    switch self {
    case .chromaLite(let network, _): network.parameterCount
    case .thesaurus(let network): network.parameterCount
    case .notes(let learner): learner.parameterCount
    }
  }
}
