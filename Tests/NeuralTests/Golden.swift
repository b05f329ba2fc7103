// Golden files of the neural tests.
import Foundation
import Testing

@testable import Neural

/// Opens a file that scripts/golden/chromalite.py or lstm.py wrote.
func golden(_ name: String) throws -> SafetensorsFile {
  let url = try #require(Bundle.module.url(forResource: "Golden/" + name, withExtension: nil))
  return try SafetensorsFile(contentsOf: url)
}

/// Instruction sets that this machine has.
let availableInstructions = KernelInstructions.allCases.filter { $0.rawValue <= KernelInstructions.best.rawValue }

/// A folder of its own for one test, removed with this object.
final class ScratchFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "antiphon-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var file: URL { url.appending(path: "model.safetensors") }
  var contents: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: url.path) } }
}
