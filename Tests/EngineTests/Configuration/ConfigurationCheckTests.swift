// What antiphon config check says about a file, and what is no file at all.

import Foundation
import Testing

@testable import Engine

@Suite struct ConfigurationCheckTests {
  private let folder: AnalysisFolder
  private let styles = StyleStore(environment: ["XDG_DATA_DIRS": "/none"], executable: "/none/x")

  init() throws { folder = try AnalysisFolder() }

  private func check(_ text: String) throws -> ConfigurationCheck {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path("c.toml")))
    return ConfigurationCheck(ConfigurationFile(given: folder.path("c.toml")), styles: styles)
  }

  @Test func fineAndNot() throws {
    let fine = try check("[answer]\ntemperature = 1.2\n")
    #expect(fine.isFine && fine.exists && fine.lines == ["\(folder.path("c.toml")) is fine."])
    let wrong = try check("[answer]\ntemperature = 9\n\nbras = 3\n")
    #expect(!wrong.isFine && wrong.lines.count == 2)
    #expect(wrong.lines[0].hasPrefix(folder.path("c.toml") + ":2: temperature cannot be"))
    #expect(wrong.lines[1].hasPrefix(folder.path("c.toml") + ":4: ") && wrong.lines[1].contains("bars"))
  }

  @Test func whatTheFileNamesIsLookedAt() throws {
    let found = try check(
      """
      [answer]
      style = "balancd"
      [models]
      scales = "/none/s.safetensors"
      notes = "/none/n.safetensors"
      thesaurus = "/none/t.safetensors"
      [sound]
      soundfont = "/none/x.sf2"
      """)
    #expect(found.problems.map(\.line) == [2, 4, 5, 6, 8])
    #expect(found.problems[0].message.contains("did you mean balanced"))
    #expect(found.problems[4].message.contains("/none/x.sf2"))
  }

  @Test func whatIsNoSmallFileIsRefused() throws {
    #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
    try Data(count: 70_000).write(to: URL(fileURLWithPath: folder.path("big")))
    try Data([0x61, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: folder.path("bytes")))
    try FileManager.default.createSymbolicLink(atPath: folder.path("dead"), withDestinationPath: folder.path("none"))
    for (path, hint) in [
      (folder.url.path, "ordinary"), (folder.path("pipe"), "ordinary"), ("/dev/zero", "ordinary"),
      (folder.path("big"), "65536"), (folder.path("bytes"), "UTF-8"), (folder.path("dead"), "no such file"),
      (folder.path("none"), "check the path"),
    ] {
      let found = ConfigurationCheck(ConfigurationFile(given: path), styles: styles)
      #expect(found.problems.count == 1 && found.problems[0].message.contains(hint), "\(found.lines)")
    }
  }

  @Test func linksAreFollowed() throws {
    #expect(try check("").isFine)
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: folder.path("c.toml"))
    #expect(ConfigurationCheck(ConfigurationFile(given: folder.path("link")), styles: styles).isFine)
  }

  @Test func noFileIsFine() throws {
    let file = ConfigurationFile(environment: ["XDG_CONFIG_HOME": folder.url.path])
    #expect(file.path == folder.path("antiphon/config.toml") && !file.exists)
    let found = ConfigurationCheck(file, styles: styles)
    #expect(found.isFine && !found.exists && found.lines[0].contains("uses the defaults"))
    let homeless = ConfigurationFile(environment: [:])
    #expect(homeless.path == nil && ConfigurationCheck(homeless, styles: styles).isFine)
  }

  @Test func jsonHoldsEverything() throws {
    let found = try check("[log]\nlevel = 1\n")
    let again = try JSONDecoder().decode(ConfigurationCheck.self, from: JSONEncoder().encode(found))
    #expect(again == found && again.problems.first?.line == 2)
  }
}
