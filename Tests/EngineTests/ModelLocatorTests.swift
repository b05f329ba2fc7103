// Where model files are looked for.

import Foundation
import Testing

@testable import Engine

@Suite struct ModelLocatorTests {
  /// A folder with files in it that goes away with the test.
  private func withTree(_ files: [String], _ body: (String) throws -> Void) throws {
    let root = NSTemporaryDirectory() + "/al-" + UUID().uuidString.prefix(8)
    defer { try? FileManager.default.removeItem(atPath: root) }
    for file in files {
      let url = URL(fileURLWithPath: root + "/" + file)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: url)
    }
    try body(URL(fileURLWithPath: root).resolvingSymlinksInPath().path)
  }

  private let installed = "usr/share/antiphon/presets/models/chromalite.safetensors"
  private let built = "source/presets/models/chromalite.safetensors"

  @Test func installationIsFoundBesideTheProgram() throws {
    try withTree([installed, "usr/bin/antiphond"]) { (root: String) throws in
      let locator = ModelLocator(environment: [:], executable: root + "/usr/bin/antiphond")
      #expect(try locator.find().path == root + "/" + installed)
    }
  }

  @Test func buildFindsItsSourceTree() throws {
    try withTree([built, "source/.build/x86_64/debug/antiphond"]) { (root: String) throws in
      let locator = ModelLocator(environment: [:], executable: root + "/source/.build/x86_64/debug/antiphond")
      #expect(try locator.find().path == root + "/" + built)
    }
  }

  @Test func environmentAndOptionComeFirst() throws {
    try withTree([installed, "usr/bin/antiphond", "mine/chromalite.safetensors"]) { (root: String) throws in
      let environment = ["ANTIPHON_MODELS": root + "/none:" + root + "/mine"]
      let locator = ModelLocator(environment: environment, executable: root + "/usr/bin/antiphond")
      #expect(try locator.find().path == root + "/mine/chromalite.safetensors")
      #expect(try locator.find(given: "/x/y.safetensors").path == "/x/y.safetensors")
    }
  }

  @Test func nothingFoundNamesThePlaces() throws {
    try withTree(["usr/bin/antiphond"]) { (root: String) throws in
      let environment = ["ANTIPHON_MODELS": "/no/models", "XDG_DATA_DIRS": "/none"]
      let locator = ModelLocator(environment: environment, executable: root + "/usr/bin/antiphond")
      let error = #expect(throws: ModelNotFound.self) { try locator.find() }
      let text = error?.description ?? ""
      #expect(text.contains("/no/models") && text.contains("--model"))
      #expect(text.contains("/usr/share/antiphon/presets/models"))
    }
  }
}
