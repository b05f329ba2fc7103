// The protocol's lines: what is written, what is understood, and that no input can trap.

import Foundation
import Music
import Testing

@testable import Control

@Suite struct LineCodecTests {
  @Test func everyMessageSurvivesTheWire() throws {
    let messages: [Message] = [
      .hello(Hello(version: "0.1.0")), .pong, .watching, .status(sampleStatus()), .readout(sampleReadout()),
      .readout(waitingReadout()), .notice("antiphond is stopping."), .failure(Failure(.busy, "Full.")),
      .readout(answeringReadout()), .status(answeringStatus()), .settings(sampleSettings()), .done("Silent."),
      .styles(StyleList(current: "creative", styles: [.init(name: "creative", summary: "", path: "/c", isOwn: true)])),
      .learned(Learned(name: "density", controller: 21, keyboard: "Keys:MIDI 1")), .changed(sampleSettings()),
      .notes([NoteNews(time: 1.25, voice: .bass, pitch: 60, velocity: 0)]),
      .phrase(PhraseNews(time: 2, event: .answered, notes: 7)),
      .recording(RecordingSummary(isOn: true, audio: false, folder: "/r", file: "/r/a.mid", bytes: 9, limit: 100)),
    ]
    for message in messages {
      let line = LineCodec.encode(message)
      #expect(line.last == UInt8(ascii: "\n"))
      #expect(line.filter { $0 == UInt8(ascii: "\n") }.count == 1)
      #expect(LineCodec.message(line) == message)
    }
  }

  @Test func everyRequestSurvivesTheWire() throws {
    let requests: [Request] = [
      .watch(), .watch(notes: true), .reload, .record(.on(audio: true)), .record(.on(audio: false)), .record(.off),
      .record(.status), .status, .version, .ping, .settings, .set(name: "temperature", value: "1.25"), .styles,
      .style(name: "creative"), .mode("listen"), .scale(rule: "lock", scale: "D dorian"),
      .scale(rule: "off", scale: nil), .learn(name: "density", controller: nil),
      .learn(name: "density", controller: 21), .forget(name: nil), .forget(name: "density"), .panic, .answer,
    ]
    #expect(Set(requests.map(\.command)).count == Request.Command.allCases.count - 1)
    for request in requests {
      #expect(try LineCodec.request(LineCodec.encode(request)) == request)
    }
  }

  @Test func ordersToTheRecorderAreChecked() {
    for line in [
      #"{"command":"record"}"#, #"{"command":"record","state":"maybe"}"#,
      #"{"command":"record","state":"on","audio":"yes"}"#, #"{"command":"watch","notes":1}"#,
    ] {
      #expect(throws: Failure.self, "\(line)") { try LineCodec.request(Array(line.utf8)) }
    }
  }

  @Test func readoutHasTheDocumentedKeys() throws {
    let object = try JSONSerialization.jsonObject(with: Data(LineCodec.encode(sampleReadout()))) as? [String: Any]
    let keys = Set(try #require(object).keys)
    #expect(
      keys == ["time", "scale", "confidence", "candidates", "chroma", "tuningCents", "levelDB", "active", "input"])
    #expect((object?["chroma"] as? [Double])?.count == 12)
    #expect((object?["scale"] as? [String: Any])?["name"] as? String == "E♭ dorian")
    let text = String(decoding: LineCodec.encode(waitingReadout()), as: UTF8.self)
    // Absent values are written, so that every line has the same keys.
    #expect(text.contains("\"scale\":null"))
    #expect(text.contains("\"levelDB\":-120"))
  }

  @Test func numbersAreMadeFinite() {
    let readout = Readout(
      time: .nan, scale: nil, confidence: .infinity, candidates: [], chroma: [.nan, 2, -1], tuningCents: -.infinity,
      levelDB: .nan, active: true, input: InputSummary(state: "active"))
    #expect(readout.time == 0 && readout.tuningCents == 0 && readout.levelDB == -120)
    #expect(readout.chroma == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func numbersOutOfRangeComeIntoIt() throws {
    let line = String(decoding: LineCodec.encode(Message.readout(sampleReadout())), as: UTF8.self)
      .replacing("\"tuningCents\":7.2", with: "\"tuningCents\":1e300")
      .replacing("\"levelDB\":-23.4", with: "\"levelDB\":-1e300")
    guard case .readout(let readout) = LineCodec.message(Array(line.utf8)) else {
      Issue.record("no readout")
      return
    }
    #expect(readout.tuningCents == 50 && readout.levelDB == -120)
    #expect(WatchLine.text(readout).contains("+50 cents"))
  }

  @Test(arguments: [
    ("", "malformed"), ("hello", "malformed"), ("[]", "malformed"), ("{}", "malformed"), ("null", "malformed"),
    ("{\"command\":1}", "malformed"), ("{\"command\":\"fly\"}", "unknown-command"),
    ("{\"command\":\"ping\",\"protocol\":\"x\"}", "malformed"),
    ("{\"command\":\"ping\",\"protocol\":2}", "unsupported-protocol"),
    ("{\"command\":\"ping\"", "malformed"),
    ("{\"command\":\"set\"}", "malformed"), ("{\"command\":\"set\",\"name\":\"memory\"}", "malformed"),
    ("{\"command\":\"set\",\"name\":\"memory\",\"value\":1e999}", "malformed"),
    ("{\"command\":\"set\",\"name\":\"memory\",\"value\":nan}", "malformed"),
    ("{\"command\":\"set\",\"name\":[],\"value\":1}", "malformed"), ("{\"command\":\"style\"}", "malformed"),
    ("{\"command\":\"learn\",\"name\":\"memory\",\"controller\":128}", "malformed"),
    ("{\"command\":\"scale\",\"rule\":\"lock\",\"scale\":3}", "malformed"),
  ])
  func badRequestSaysWhy(line: String, code: String) {
    let failure = #expect(throws: Failure.self) { try LineCodec.request(Array(line.utf8)) }
    #expect(failure?.code == code)
    #expect(failure?.message.isEmpty == false)
  }

  @Test(arguments: [
    ("1.5", "1.5"), ("\"1.5\"", "1.5"), ("true", "1"), ("false", "0"), ("\"on\"", "on"), ("-3", "-3"),
    ("1e300", "1e+300"),
  ])
  func valuesMayBeNumbersSwitchesOrWords(text: String, value: String) throws {
    let line = "{\"command\":\"set\",\"name\":\"memory\",\"value\":\(text)}"
    #expect(try LineCodec.request(Array(line.utf8)) == .set(name: "memory", value: value))
  }

  @Test func numbersAreWrittenShortly() {
    #expect(SettingText.text(1) == "1" && SettingText.text(0.95) == "0.95" && SettingText.text(-12) == "-12")
  }

  @Test func olderReadoutsAndStatusesAreRead() {
    // A daemon that only listens leaves the new keys out.
    for message in [Message.readout(sampleReadout()), .status(sampleStatus())] {
      let line = LineCodec.encode(message)
      #expect(!String(decoding: line, as: UTF8.self).contains("dialogue"))
      #expect(LineCodec.message(line) == message)
    }
  }

  @Test func unknownKeysAndTypesAreTolerated() throws {
    #expect(try LineCodec.request(Array("{\"command\":\"ping\",\"later\":[1]}".utf8)) == .ping)
    #expect(LineCodec.message(Array("{\"type\":\"later\",\"notes\":[]}".utf8)) == .unknown(type: "later"))
  }

  @Test func randomBytesNeverTrap() {
    var generator = SeededGenerator(state: 7)
    let seeds = [LineCodec.encode(Request.watch()), LineCodec.encode(Message.readout(answeringReadout()))]
    let alphabet = Array("{}[]\":,0123456789eE+-.\\u tfn\u{0}\u{7F}command".utf8)
    for round in 0..<4000 {
      let length = Int.random(in: 0..<200, using: &generator)
      var line: [UInt8]
      switch round % 3 {
      case 0: line = (0..<length).map { _ in .random(in: 0...255, using: &generator) }
      case 1: line = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      default:
        line = seeds[round % 2]
        for _ in 0..<3 {
          let place = Int.random(in: 0..<line.count, using: &generator)
          line[place] = .random(in: 0...255, using: &generator)
        }
      }
      _ = try? LineCodec.request(line)
      if case .readout(let readout)? = LineCodec.message(line) {
        // What is understood can be shown.
        #expect(WatchView.lines(readout, width: 40, colours: true).allSatisfy { !$0.contains("\n") })
      }
    }
    _ = try? LineCodec.request([UInt8](repeating: UInt8(ascii: "["), count: 65_536))
  }
}
