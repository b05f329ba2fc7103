// Styles as files: what is read, what is refused and where.

import Foundation
import Testing

@testable import Engine
@testable import Improviser

@Suite struct StyleTests {
  private func style(_ text: String) throws(StyleError) -> Style {
    try StyleReader.style(text, name: "x", path: "/s/x.toml")
  }

  @Test func allKindsOfValues() throws {
    let style = try style(
      """
      # Style "x": from the comment.
      temperature = 1.25
      register = -12
      thru = false
      mode = "listen"
      scale = "D dorian"
      """)
    #expect(style.summary == "from the comment.")
    let settings = try style.applied(to: AnswerSettings())
    #expect(settings.temperature == 1.25 && settings.register == -12 && !settings.thru && settings.mode == .listen)
    #expect(settings.scaleRule == ScaleRule("D dorian"))
  }

  @Test(arguments: [
    ("temperature = 1\ntemprature = 1\n", 2, "temperature"), ("\n\ntemperature = 9", 3, "0.1 to 3"),
    ("density = nan", 1, "0.25 to 4"), ("density = inf", 1, "0.25 to 4"), ("a = = 1", 1, "column"),
    ("summary = 3", 1, "no setting"), ("[settings]\ndensity = 1", 1, "settings"), ("density = [1]", 1, "0.25 to 4"),
    ("mode = \"sing\"", 1, "accompany"), ("# a\nscale = \"H\"", 2, "D dorian"), ("thru = 2", 1, "on or off"),
    ("density = 1\ndensity = 2", 2, "density"), ("density = 99999999999999999999", 1, "64"),
  ])
  func errorsNameTheLine(text: String, line: Int, hint: String) {
    let error = #expect(throws: StyleError.self) { try style(text) }
    let description = error?.description ?? ""
    #expect(description.contains("/s/x.toml") && description.contains("line \(line)"))
    #expect(description.contains(hint), "\(description)")
    #expect(!description.contains("\n"))
  }

  @Test func ownStylesHideShippedOnes() throws {
    let folder = try AnalysisFolder()
    for (place, text) in [
      ("own/antiphon/presets/styles", "density = 2"), ("shipped/antiphon/presets/styles", "density = 3"),
    ] {
      let url = folder.url.appending(path: place)
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url.appending(path: "mine.toml"))
    }
    try Data().write(to: folder.url.appending(path: "shipped/antiphon/presets/styles/empty.toml"))
    let environment = ["XDG_DATA_HOME": folder.path("own"), "XDG_DATA_DIRS": folder.path("shipped")]
    let store = StyleStore(environment: environment, executable: "/none/x")
    #expect(store.entries.map(\.name) == ["balanced", "empty", "mine"])
    #expect(try store.style(named: "mine").applied(to: AnswerSettings()).density == 2)
    #expect(store.entries.last?.isOwn == true)
    // A broken one of one's own is said to be broken; the shipped one does not sound in its place.
    try Data("density = 99".utf8).write(to: folder.url.appending(path: "own/antiphon/presets/styles/mine.toml"))
    let error = #expect(throws: StyleError.self) { try store.style(named: "mine") }
    #expect(error?.description.contains(folder.path("own")) == true)
  }

  @Test func whatIsNoSmallFileIsRefused() throws {
    let folder = try AnalysisFolder()
    let directory = folder.url.appending(path: "dir.toml")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    #expect(mkfifo(folder.path("pipe.toml"), 0o600) == 0)
    try Data(count: 100_000).write(to: folder.url.appending(path: "big.toml"))
    try Data([0xFF, 0xFE, 0x41]).write(to: folder.url.appending(path: "bytes.toml"))
    try Data("density = 1\n\0".utf8).write(to: folder.url.appending(path: "zero.toml"))
    let environment = ["ANTIPHON_STYLES": folder.url.path, "XDG_DATA_DIRS": "/none"]
    let store = StyleStore(environment: environment, executable: "/none/x")
    for name in ["dir", "pipe", "big", "bytes", "zero"] {
      #expect(throws: StyleError.self) { try store.style(named: name) }
    }
  }

  @Test func shippedStylesAreSound() throws {
    let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../presets/styles").standardizedFileURL
    let environment = ["ANTIPHON_STYLES": shipped.path, "XDG_DATA_DIRS": "/none"]
    let store = StyleStore(environment: environment, executable: "/none/x")
    #expect(Set(store.entries.map(\.name)).isSuperset(of: ["balanced", "creative", "structured"]))
    for entry in store.entries {
      let style = try entry.result.get()
      #expect(!style.summary.isEmpty)
      _ = try style.applied(to: AnswerSettings())
    }
    #expect(try store.style(named: "balanced").applied(to: AnswerSettings()) == AnswerSettings())
  }
}
