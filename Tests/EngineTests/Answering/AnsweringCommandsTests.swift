// What clients may ask of the answering side, and what they are told.

import Control
import Foundation
import Testing

@testable import Engine
@testable import Improviser

@Suite struct AnsweringCommandsTests {
  private let folder: AnalysisFolder
  private let desk = Desk(settings: AnswerSettings(), style: "balanced")

  init() throws {
    folder = try AnalysisFolder()
    let own = folder.url.appending(path: "antiphon/presets/styles")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    try Data("summary = \"Slow.\"\ntemperature = 0.5\n".utf8).write(to: own.appending(path: "calm.toml"))
    try Data("temperature = 9\n".utf8).write(to: own.appending(path: "broken.toml"))
  }

  private func commands(state: String = "phrase") -> AnsweringCommands {
    let environment = ["XDG_DATA_HOME": folder.url.path, "XDG_DATA_DIRS": "/none"]
    return AnsweringCommands(
      desk: desk, styles: StyleStore(environment: environment, executable: "/none/x"),
      controllers: ControllerFile(path: folder.path("controllers.toml")), state: { state })
  }

  private func refusal(_ request: Request) -> String {
    guard case .failure(let failure) = commands().answer(request) else { return "" }
    return failure.message
  }

  @Test func settingsAreListed() throws {
    guard case .settings(let list) = commands().answer(.settings) else {
      Issue.record("no settings")
      return
    }
    #expect(list.style == "balanced" && list.mode == "answer" && list.scaleRule == "follow" && !list.isChanged)
    #expect(list.settings.map(\.name) == AnswerSettings.parameters.map(\.name))
    #expect(list.settings.last?.unit == "switch")
  }

  @Test func valuesAreSet() {
    _ = commands().answer(.set(name: "Temperature", value: "1.5"))
    _ = commands().answer(.set(name: "thru", value: "off"))
    _ = commands().answer(.mode("listen"))
    _ = commands().answer(.scale(rule: "lock", scale: "D dorian"))
    let now = desk.now
    #expect(now.settings.temperature == 1.5 && !now.settings.thru && now.settings.mode == .listen && now.isChanged)
    #expect(now.settings.scaleRule == ScaleRule("D dorian"))
    guard case .settings(let list) = commands().answer(.settings) else { return }
    #expect(list.scaleRule == "lock D dorian")
  }

  @Test(arguments: ["nan", "inf", "-inf", "1e999", "0", "3.1", "x", ""])
  func badNumbersNameTheRange(text: String) {
    let message = refusal(.set(name: "temperature", value: text))
    #expect(message.contains("0.1 to 3") && desk.now.settings.temperature == 1)
  }

  @Test func badNamesOfferNearOnes() {
    #expect(refusal(.set(name: "temprature", value: "1")).contains("did you mean temperature"))
    #expect(refusal(.style(name: "clam")).contains("did you mean calm"))
    #expect(refusal(.style(name: "x")).contains("there are"))
    #expect(refusal(.mode("acompany")).contains("answer, accompany, listen"))
    #expect(refusal(.scale(rule: "lock", scale: "H")).contains("D dorian"))
    #expect(refusal(.learn(name: "densty", controller: nil)).contains("did you mean density"))
    #expect(refusal(.set(name: String(repeating: "x", count: 60_000), value: "1")).count < 500)
  }

  @Test func styleReplacesTheTasteAndKeepsTheChoices() {
    _ = commands().answer(.set(name: "density", value: "2"))
    _ = commands().answer(.set(name: "program", value: "40"))
    _ = commands().answer(.mode("accompany"))
    guard case .settings(let list) = commands().answer(.style(name: "calm")) else {
      Issue.record("no settings")
      return
    }
    let settings = desk.now.settings
    #expect(list.style == "calm" && !list.isChanged)
    #expect(settings.temperature == 0.5 && settings.density == 1)
    #expect(settings.program == 40 && settings.mode == .accompany)
  }

  @Test func stylesAreListedWithTheirProblems() throws {
    guard case .styles(let list) = commands().answer(.styles) else {
      Issue.record("no styles")
      return
    }
    #expect(list.styles.map(\.name) == ["balanced", "broken", "calm"])
    #expect(list.styles[1].problem?.contains("line 1") == true && list.styles[2].summary == "Slow.")
    #expect(refusal(.style(name: "broken")).contains("0.1 to 3"))
  }

  @Test func controllersAreKept() throws {
    _ = commands().answer(.learn(name: "density", controller: 21))
    #expect(try commands().controllers.read().targets == [21: "density"])
    guard case .settings(let list) = commands().answer(.settings) else { return }
    #expect(list.settings.first { $0.name == "density" }?.controller == 21)
    _ = commands().answer(.forget(name: nil))
    #expect(try commands().controllers.read().targets.isEmpty)
  }

  @Test func ordersReachTheHands() {
    _ = commands().answer(.panic)
    _ = commands().answer(.answer)
    #expect(desk.take(after: -1)?.orders == [.panic, .handOver])
    #expect(desk.take(after: -1)?.orders.isEmpty == true)
    guard case .failure(let nothing) = commands(state: "listening").answer(.answer) else {
      Issue.record("nothing to answer")
      return
    }
    #expect(nothing.message.contains("no phrase"))
    _ = commands().answer(.mode("listen"))
    #expect(refusal(.answer).contains("listen"))
  }
}
