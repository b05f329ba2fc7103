// What a daemon is started with, whatever the configuration file is like.

import Foundation
import MIDIIO
import Testing

@testable import Engine
@testable import Improviser

@Suite struct DaemonPlanTests {
  private let folder: AnalysisFolder
  private let environment: [String: String]

  init() throws {
    folder = try AnalysisFolder()
    let own = folder.url.appending(path: "antiphon")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    let presets = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../presets").standardizedFileURL.path
    environment = [
      "XDG_CONFIG_HOME": folder.url.path, "XDG_RUNTIME_DIR": folder.url.path, "XDG_DATA_HOME": folder.path("data"),
      "ANTIPHON_MODELS": presets + "/models", "ANTIPHON_STYLES": presets + "/styles",
    ]
  }

  private func plan(_ text: String?, _ options: DaemonOptions = DaemonOptions()) throws -> DaemonPlan {
    var options = options
    options.socket = options.socket ?? folder.path("control")
    if let text { try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path("antiphon/config.toml"))) }
    return try DaemonPlan(options, environment: environment)
  }

  @Test func withoutAFileTheDefaults() throws {
    let plan = try plan(nil)
    #expect(plan.settings == Configuration() && plan.keeper.problem == nil && !plan.keeper.status.exists)
    #expect(plan.daemon.answering.settings == AnswerSettings() && plan.daemon.jack.clientName == "antiphon")
    #expect(plan.daemon.model.lastPathComponent == ModelLocator.scaleModel)
    #expect(plan.daemon.socket == folder.path("control"))
  }

  @Test func fileAndOptionsReachTheParts() throws {
    var options = DaemonOptions()
    options.thru = false
    options.name = "optional"
    let plan = try plan(
      """
      [audio]
      name = "filed"
      connect = "none"
      [answer]
      style = "creative"
      density = 2
      seed = 5
      [controllers]
      density = 21
      [keyboards]
      connect = ["K"]
      [sound]
      soundfont = "/none/x.sf2"
      """, options)
    let answering = plan.daemon.answering
    #expect(plan.daemon.jack.clientName == "optional" && plan.daemon.jack.connect == .none)
    #expect(answering.style == "creative" && answering.settings.density == 2 && answering.settings.temperature == 1.25)
    #expect(!answering.settings.thru && answering.seed == 5 && answering.keyboards == .matching(["K"]))
    #expect(answering.controllers == [21: "density"])
    // What cannot sound is said, and keeps nobody from playing.
    #expect(answering.soundFontProblem?.contains("/none/x.sf2") == true)
    #expect(plan.keeper.problem?.contains("line 13") == true)
  }

  @Test func wrongFileKeepsNothingDown() throws {
    let plan = try plan("[audio]\nname = \"filed\"\nservr = \"x\"\n")
    #expect(plan.settings == Configuration())
    let problem = plan.keeper.problem ?? ""
    #expect(problem.contains("line 3") && problem.contains("did you mean server") && problem.contains("defaults"))
    #expect(plan.keeper.status.problem == problem)
  }

  @Test func whatIsMissingFallsBackAlone() throws {
    let plan = try plan("[answer]\nstyle = \"none\"\ndensity = 2\n[models]\nnotes = \"/none/n\"\n")
    #expect(plan.daemon.answering.style == "balanced" && plan.daemon.answering.settings.density == 2)
    #expect(plan.daemon.answering.noteModel.lastPathComponent == ModelLocator.noteModel)
    #expect(plan.keeper.problem?.contains("line 2") == true && plan.keeper.problem?.contains("1 more") == true)
  }

  @Test func patternsNeedNoModelToStart() throws {
    #expect(try plan(nil).daemon.answering.thesaurusModel?.lastPathComponent == ModelLocator.thesaurusModel)
    var options = DaemonOptions()
    options.thesaurusModel = "/m/own.safetensors"
    #expect(try plan(nil, options).daemon.answering.thesaurusModel?.path == "/m/own.safetensors")
    let missing = try plan("[models]\nthesaurus = \"/none/t.safetensors\"\n")
    #expect(missing.keeper.problem?.contains("line 2") == true)
    #expect(missing.daemon.answering.thesaurusModel?.lastPathComponent == ModelLocator.thesaurusModel)
  }

  @Test func givenFilesMustBeRight() throws {
    var options = DaemonOptions()
    options.file = folder.path("none.toml")
    #expect(throws: ConfigurationError.missing(path: folder.path("none.toml"))) { try plan(nil, options) }
    options.file = folder.path("antiphon/config.toml")
    #expect(throws: ConfigurationError.self) { try plan("[x]\n", options) }
    #expect(throws: ConfigurationError.self) { try plan("[answer]\nstyle = \"none\"\n", options) }
    #expect(try plan("[answer]\ndensity = 2\n", options).settings.answer.values == ["density": 2])
  }

  @Test func optionsThemselvesMustBeRight() {
    var options = DaemonOptions()
    options.style = "none"
    #expect(throws: StyleError.self) { try plan(nil, options) }
    options = DaemonOptions()
    options.name = "a:b"
    #expect(throws: (any Error).self) { try plan(nil, options) }
  }
}
