// Knobs and pedals: what they change, how they are learned and kept.

import Control
import Foundation
import MIDI
import Testing

@testable import Engine
@testable import Improviser

@Suite struct ControllerTests {
  private func turn(_ stage: Stage, _ controller: Int, _ value: Int) {
    stage.play(.controlChange(channel: 3, controller: controller, value: value))
    stage.turn()
  }

  @Test func knobCoversTheRange() throws {
    let stage = try Stage()
    stage.desk.change { $0.controllers.assign(21, to: "temperature") }
    turn(stage, 21, 127)
    #expect(stage.desk.now.settings.temperature == 3)
    turn(stage, 21, 0)
    #expect(stage.desk.now.settings.temperature == 0.1)
    #expect(stage.desk.now.isChanged)
    // It is no concern of the synthesizer.
    #expect(stage.voice.thru.isEmpty)
    turn(stage, 22, 64)
    #expect(stage.voice.thru == [.controlChange(channel: 3, controller: 22, value: 64)])
  }

  @Test func nextKnobIsLearned() throws {
    let stage = try Stage()
    stage.desk.change { $0.learning = Desk.Learning(name: "density", until: 200) }
    stage.turn()
    #expect(stage.dialogue.learning == "density")
    // The sustain pedal and bank selection are not meant.
    turn(stage, 64, 127)
    turn(stage, 0, 1)
    #expect(stage.dialogue.learning == "density")
    turn(stage, 30, 64)
    #expect(stage.dialogue.learning == nil)
    #expect(stage.desk.takeLearned() == [Learned(name: "density", controller: 30, keyboard: "Keys:MIDI 1")])
    turn(stage, 30, 127)
    #expect(stage.desk.now.settings.density == 4)
  }

  @Test func learningEndsByItself() throws {
    let stage = try Stage()
    stage.desk.change { $0.learning = Desk.Learning(name: "density", until: stage.now + 60) }
    stage.run(61)
    #expect(stage.dialogue.learning == nil && stage.desk.now.learning == nil)
  }

  @Test func pedalHandsOverWhenItGoesDown() throws {
    let stage = try Stage()
    stage.desk.change { $0.controllers.assign(66, to: "answer") }
    stage.play(.noteOn(channel: 0, pitch: 62, velocity: 80))
    stage.run(0.2)
    turn(stage, 66, 127)
    stage.run(0.05)
    #expect(stage.dialogue.state == "answering")
  }

  @Test func mapIsKeptAndCanBeEdited() throws {
    let folder = try AnalysisFolder()
    let file = ControllerFile(path: folder.path("state/controllers.toml"))
    #expect(try file.read() == ControllerMap())
    var map = ControllerMap()
    map.assign(21, to: "temperature")
    map.assign(66, to: "answer")
    try file.write(map)
    #expect(try file.read() == map)
    map.assign(22, to: "temperature")
    #expect(map.controllers(of: "temperature") == [22])
    map.forget("answer")
    try file.write(map)
    #expect(try file.read().targets == [22: "temperature"])
  }

  @Test(arguments: [
    "21 = \"temprature\"", "130 = \"density\"", "x = \"density\"", "21 = 3", "21 = ", "[a]\n1 = 2",
  ])
  func badMapIsLeftAlone(text: String) throws {
    let folder = try AnalysisFolder()
    let path = folder.path("controllers.toml")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let file = ControllerFile(path: path)
    let error = #expect(throws: ControllerFileError.self) { try file.read() }
    #expect(error?.description.contains(path) == true)
    #expect(throws: ControllerFileError.self) { try file.write(ControllerMap()) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test func unknownTargetsOfferNearOnes() {
    let error = #expect(throws: UnknownTarget.self) { try ControllerMap.target(named: "temperatur") }
    #expect(error?.description.contains("did you mean temperature") == true)
  }
}
