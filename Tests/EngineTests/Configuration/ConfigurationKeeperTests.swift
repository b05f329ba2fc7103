// Reading again: what has changed is obeyed, what the player has set stays, what is wrong changes nothing.

import Control
import Foundation
import Logging
import MIDIIO
import Synchronization
import Testing

@testable import Engine
@testable import Improviser

@Suite struct ConfigurationKeeperTests {
  private let folder: AnalysisFolder
  private let environment: [String: String]

  init() throws {
    folder = try AnalysisFolder()
    let styles = folder.url.appending(path: "data/antiphon/presets/styles")
    try FileManager.default.createDirectory(at: styles, withIntermediateDirectories: true)
    try Data("density = 2\n".utf8).write(to: styles.appending(path: "dense.toml"))
    let own = folder.url.appending(path: "antiphon")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    environment = [
      "XDG_CONFIG_HOME": folder.url.path, "XDG_DATA_HOME": folder.path("data"), "XDG_DATA_DIRS": "/none",
    ]
  }

  private func write(_ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path("antiphon/config.toml")))
  }

  /// A desk and a keeper as after a start with this file.
  private func start(
    _ text: String, options: DaemonOptions = DaemonOptions(), _ more: (inout ReloadActions) -> Void = { _ in }
  ) throws -> (Desk, ConfigurationKeeper) {
    try write(text)
    let styles = StyleStore(environment: environment, executable: "/none/x")
    let file = ConfigurationFile(environment: environment)
    let said = options.applied(to: try file.read()?.configuration ?? Configuration(), environment: environment)
    let style = try styles.style(named: said.answer.style)
    var contents = Desk.Contents(settings: try said.settings(style), style: style.name)
    contents.controllers.assign(30, to: "memory")
    contents.controllers.use(said.controllers)
    contents.written = said.controllers
    let desk = Desk(contents)
    let keeper = ConfigurationKeeper(
      file: file, options: options, environment: environment, styles: styles, settings: said, problem: nil)
    var actions = ReloadActions(desk: desk, styles: styles)
    more(&actions)
    keeper.begin(actions)
    return (desk, keeper)
  }

  private func sentence(_ reply: Message) -> String {
    switch reply {
    case .done(let text): text
    case .failure(let failure): "FAILED " + failure.message
    default: ""
    }
  }

  @Test func onlyWhatChangedIsObeyed() throws {
    let (desk, keeper) = try start("[answer]\ntemperature = 0.8\nmemory = 0.1\n")
    desk.change {
      $0.settings.memory = 0.9
      $0.settings.velocity = 1.5
    }
    #expect(sentence(keeper.reload()) == "Nothing has changed.")
    try write("[answer]\ntemperature = 1.2\nmemory = 0.1\nmode = \"listen\"\n[sound]\nthru = false\n")
    #expect(sentence(keeper.reload()) == "Read again: thru is off, the mode is listen, temperature is 1.2.")
    let settings = desk.now.settings
    #expect(settings.temperature == 1.2 && settings.mode == .listen && !settings.thru)
    #expect(settings.memory == 0.9 && settings.velocity == 1.5 && desk.now.isChanged)
    #expect(sentence(keeper.reload()) == "Nothing has changed.")
  }

  @Test func whatIsNamedNoMoreGoesBackToTheStyle() throws {
    let (desk, keeper) = try start("[answer]\nstyle = \"dense\"\ndensity = 3\nprogram = 5\nmode = \"listen\"\n")
    #expect(desk.now.settings.density == 3)
    try write("[answer]\nstyle = \"dense\"\n")
    #expect(sentence(keeper.reload()).contains("density is as the style has it"))
    let settings = desk.now.settings
    #expect(settings.density == 2 && settings.program == 0 && settings.mode == .answer)
  }

  @Test func newStyleBringsTheFilesChoicesAlong() throws {
    let (desk, keeper) = try start("[answer]\ntemperature = 0.8\n")
    desk.change { $0.settings.temperature = 2 }
    try write("[answer]\ntemperature = 0.8\nstyle = \"dense\"\n")
    #expect(sentence(keeper.reload()) == "Read again: the style is dense.")
    #expect(desk.now.style == "dense" && desk.now.settings.density == 2 && desk.now.settings.temperature == 0.8)
  }

  @Test func wrongFilesChangeNothing() throws {
    let (desk, keeper) = try start("[answer]\ntemperature = 0.8\n")
    try write("[answer]\ntemperature = 1.5\n\ndensity = 99\n")
    let reply = sentence(keeper.reload())
    #expect(reply.hasPrefix("FAILED") && reply.contains("line 4") && reply.contains("0.25 to 4"))
    #expect(reply.contains("stays as it was"))
    #expect(desk.now.settings.temperature == 0.8)
    #expect(keeper.status.problem?.contains("line 4") == true && keeper.status.exists)
    try write("[answer]\nstyle = \"none\"\n")
    #expect(sentence(keeper.reload()).contains("no style"))
    try FileManager.default.removeItem(atPath: folder.path("antiphon/config.toml"))
    #expect(sentence(keeper.reload()) == "Read again: temperature is as the style has it.")
    #expect(keeper.problem == nil && !keeper.status.exists && desk.now.settings.temperature == 1)
  }

  @Test func partsThatCannotChangeWaitForARestart() throws {
    let (_, keeper) = try start("")
    try write("[audio]\nserver = \"x\"\n[keyboards]\nconnect = \"none\"\n[answer]\ntemperature = 1.2\n")
    let expected = "Read again: temperature is 1.2. The new choice of keyboards and server are used after a restart "
      + "(systemctl --user restart antiphond)."
    #expect(sentence(keeper.reload()) == expected)
    #expect(sentence(keeper.reload()).hasPrefix("The new choice of keyboards and server"))
    try write("[answer]\ntemperature = 1.2\n")
    #expect(sentence(keeper.reload()) == "Nothing has changed.")
  }

  @Test func partsObeyAndMayRefuse() throws {
    struct Refusal: Error, CustomStringConvertible { let description = "the port is taken" }
    let ports = Mutex<[Int]>([])
    let isTaken = Mutex(true)
    let levels = Mutex<[Logger.Level]>([])
    let keyboards = Mutex<[AutoConnect]>([])
    try withExtendedLifetime(ports) {
      let (_, keeper) = try start("") { actions in
        actions.osc = { osc in
          if isTaken.withLock({ $0 }) { throw Refusal() }
          ports.withLock { $0.append(osc.port) }
        }
        actions.log = { level in levels.withLock { $0.append(level) } }
        actions.keyboards = { rule in keyboards.withLock { $0.append(rule) } }
      }
      try write("[osc]\nenabled = true\nport = 9000\n[log]\nlevel = \"debug\"\n[keyboards]\nconnect = \"none\"\n")
      let reply = sentence(keeper.reload())
      #expect(reply.contains("the level of the log is debug"))
      #expect(reply.contains("OSC stays as it was: the port is taken."))
      #expect(levels.withLock { $0 } == [.debug] && keyboards.withLock { $0 } == [AutoConnect.none])
      // It is tried again, although the file is the same.
      isTaken.withLock { $0 = false }
      #expect(sentence(keeper.reload()) == "Read again: OSC is on, OSC's port is 9000.")
      #expect(ports.withLock { $0 } == [9000] && sentence(keeper.reload()) == "Nothing has changed.")
    }
  }

  @Test func partsThatFailedAtTheStartAreToldAgain() throws {
    let ports = Mutex<[Int]>([])
    try withExtendedLifetime(ports) {
      let (_, keeper) = try start("[osc]\nenabled = true\nport = 9000\n") { actions in
        actions.osc = { osc in ports.withLock { $0.append(osc.port) } }
      }
      keeper.retry(.osc)
      #expect(sentence(keeper.reload()) == "Read again: OSC is on.")
      #expect(ports.withLock { $0 } == [9000] && sentence(keeper.reload()) == "Nothing has changed.")
    }
  }

  @Test func levelOfTheLogFollows() throws {
    let (_, keeper) = try start("")
    let logger = Logger(label: "test") { _ in StandardErrorLog(threshold: keeper.logThreshold) }
    #expect(logger.logLevel == .info)
    try write("[log]\nlevel = \"critical\"\n")
    #expect(sentence(keeper.reload()) == "Read again: the level of the log is critical.")
    #expect(logger.logLevel == .critical)
  }

  @Test func optionsStayInFront() throws {
    var options = DaemonOptions()
    options.mode = .listen
    let (desk, keeper) = try start("", options: options)
    try write("[answer]\nmode = \"accompany\"\n")
    #expect(sentence(keeper.reload()) == "Nothing has changed." && desk.now.settings.mode == .listen)
  }

  @Test func writtenControllersGoBeforeLearnedOnes() throws {
    let (desk, keeper) = try start("[controllers]\nmemory = 21\n")
    #expect(desk.now.controllers.targets == [21: "memory"])
    desk.change { $0.controllers.assign(40, to: "density") }
    #expect(desk.now.learnedControllers.targets == [40: "density"])
    try write("[controllers]\ntemperature = [21, 22]\n")
    #expect(sentence(keeper.reload()) == "Read again: the map of controllers is as written.")
    #expect(desk.now.controllers.targets == [21: "temperature", 22: "temperature", 40: "density"])
    try write("")
    _ = keeper.reload()
    #expect(desk.now.controllers.targets == [40: "density"])
  }
}
