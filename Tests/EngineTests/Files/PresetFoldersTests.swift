// Where presets are looked for, and in which order.

import Foundation
import Testing

@testable import Engine

@Suite struct PresetFoldersTests {
  @Test func orderOfThePlaces() throws {
    let folder = try AnalysisFolder()
    let program = folder.url.resolvingSymlinksInPath().path + "/source/.build/debug/antiphond"
    let built = folder.url.resolvingSymlinksInPath().path + "/source/presets/models"
    try FileManager.default.createDirectory(atPath: built, withIntermediateDirectories: true)
    let environment = [
      "ANTIPHON_MODELS": "/a:/b", "XDG_DATA_HOME": "/own", "XDG_DATA_DIRS": "/one/:relative:/two", "HOME": "/h",
    ]
    let found = PresetFolders(kind: "models", environment: environment, executable: program).folders
    let prefix = folder.url.resolvingSymlinksInPath().path + "/source/.build/share/antiphon/presets/models"
    #expect(
      found.map(\.path) == [
        "/a", "/b", "/own/antiphon/presets/models", prefix, built, "/one/antiphon/presets/models",
        "/two/antiphon/presets/models",
      ])
    #expect(found.filter(\.isOwn).map(\.path) == ["/own/antiphon/presets/models"])
  }

  @Test func specificationSaysWhereSystemsKeepThem() {
    let environment = ["HOME": "/h", "XDG_DATA_DIRS": ""]
    let found = PresetFolders(kind: "styles", environment: environment, executable: "/usr/bin/antiphond").folders
    #expect(
      found.map(\.path) == [
        "/h/.local/share/antiphon/presets/styles", "/usr/share/antiphon/presets/styles",
        "/usr/local/share/antiphon/presets/styles",
      ])
  }
}
