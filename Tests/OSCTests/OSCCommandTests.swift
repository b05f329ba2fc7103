// What messages from outside mean.

import Control
import Testing

@testable import OSC

@Suite struct OSCCommandTests {
  static let understood: [(String, [OSCArgument], OSCCommand)] = [
    ("/antiphon/set", [.string("temperature"), .float(1.5)], .request(.set(name: "temperature", value: "1.5"))),
    ("/antiphon/set", [.string("thru"), .bool(true)], .request(.set(name: "thru", value: "1"))),
    ("/antiphon/temperature", [.float(0.5)], .request(.set(name: "temperature", value: "0.5"))),
    ("/antiphon/nucleus", [.double(0.25)], .request(.set(name: "nucleus", value: "0.25"))),
    ("/antiphon/bars", [.int(4)], .request(.set(name: "bars", value: "4"))),
    ("/antiphon/thru", [.bool(false)], .request(.set(name: "thru", value: "0"))),
    ("/antiphon/thru", [.string("on")], .request(.set(name: "thru", value: "on"))),
    ("/antiphon/get", [.string("temperature")], .get(name: "temperature")),
    ("/antiphon/style", [.string("creative")], .request(.style(name: "creative"))),
    ("/antiphon/styles", [], .request(.styles)),
    ("/antiphon/mode", [.string("accompany")], .request(.mode("accompany"))),
    ("/antiphon/scale/lock", [.string("D dorian")], .request(.scale(rule: "lock", scale: "D dorian"))),
    ("/antiphon/scale/lock", [.string("D"), .string("dorian")], .request(.scale(rule: "lock", scale: "D dorian"))),
    (
      "/antiphon/scale/lock", [.string("D thesaurus:tritone/interpolation/1:3")],
      .request(.scale(rule: "lock", scale: "D thesaurus:tritone/interpolation/1:3"))
    ),
    (
      "/antiphon/scale/morph", [.string("tritone/interpolation/1:3"), .string("ditone/interpolation/1:1")],
      .request(.scale(rule: "morph", scale: "tritone/interpolation/1:3 ditone/interpolation/1:1"))
    ),
    ("/antiphon/morph", [.float(0.5)], .request(.set(name: "morph", value: "0.5"))),
    ("/antiphon/scale/follow", [], .request(.scale(rule: "follow", scale: nil))),
    ("/antiphon/scale/off", [], .request(.scale(rule: "off", scale: nil))),
    ("/antiphon/learn", [.string("density")], .request(.learn(name: "density", controller: nil))),
    ("/antiphon/learn", [.string("density"), .float(21)], .request(.learn(name: "density", controller: 21))),
    ("/antiphon/forget", [], .request(.forget(name: nil))),
    ("/antiphon/forget", [.string("density")], .request(.forget(name: "density"))),
    ("/antiphon/panic", [], .request(.panic)),
    ("/antiphon/panic", [.float(1)], .request(.panic)),
    ("/antiphon/panic", [.float(0)], .ignored),
    ("/antiphon/reply", [], .request(.answer)),
    ("/antiphon/reload", [], .request(.reload)),
    ("/antiphon/status", [], .request(.status)),
    ("/antiphon/record", [.int(1)], .request(.record(.on(audio: false)))),
    ("/antiphon/record", [.bool(true), .bool(true)], .request(.record(.on(audio: true)))),
    ("/antiphon/record", [.bool(false)], .request(.record(.off))),
    ("/antiphon/record", [], .request(.record(.status))),
    ("/ping", [], .ping(port: nil, path: "/pong")),
    ("/antiphon/ping", [], .ping(port: nil, path: "/pong")),
    ("/ping", [.string("osc.udp://localhost:9001/"), .string("/here")], .ping(port: 9001, path: "/here")),
    ("/antiphon/subscribe", [], .subscribe(port: nil, topics: Set(OSCTopic.allCases))),
    ("/antiphon/subscribe", [.int(9001)], .subscribe(port: 9001, topics: Set(OSCTopic.allCases))),
    ("/antiphon/subscribe", [.string("osc.udp://x:9001"), .string("scale")], .subscribe(port: 9001, topics: [.scale])),
    ("/antiphon/subscribe", [.string("chroma"), .string("level")], .subscribe(port: nil, topics: [.chroma, .level])),
    ("/antiphon/unsubscribe", [.string("9001")], .unsubscribe(port: 9001)),
    ("/antiphon/confirm", [.int(77)], .confirm(77)),
    // Somebody else's, and what a server sends itself.
    ("/other/thing", [], .ignored),
    ("/pong", [], .ignored),
    ("/antiphon/scale", [.int(2), .string("dorian")], .ignored),
    ("/antiphon/error", [.string("/x"), .string("no")], .ignored),
    ("/antiphon/setting/temperature", [.float(1)], .ignored),
    ("/antiphon/reply/note", [.string("answer"), .int(60), .int(1)], .ignored),
    ("/antiphon/status", [.string("1.0")], .ignored),
  ]

  @Test func understands() throws {
    for (path, arguments, command) in Self.understood {
      #expect(try OSCCommand(OSCMessage(path, arguments)) == command, "\(path) \(arguments)")
    }
  }

  @Test func refusesWithASentence() {
    let refused: [(String, [OSCArgument], String)] = [
      ("/antiphon/temperature", [.float(.nan)], "finite"), ("/antiphon/temperature", [.float(.infinity)], "finite"),
      ("/antiphon/temperature", [.double(-.infinity)], "finite"), ("/antiphon/temperature", [.blob([1])], "finite"),
      ("/antiphon/temperature", [], "one value"), ("/antiphon/nothing", [], "no command"),
      ("/antiphon/set", [.string("temperature")], "name and a value"), ("/antiphon/set", [.int(1), .int(2)], "name"),
      ("/antiphon/get", [], "name of a setting"), ("/antiphon/style", [.int(1)], "as text"),
      ("/antiphon/scale/lock", [], "a scale"), ("/antiphon/scale/morph", [], "two patterns"),
      ("/antiphon/learn", [.string("x"), .int(128)], "0 to 127"),
      ("/antiphon/learn", [.string("x"), .float(1.5)], "0 to 127"), ("/antiphon/record", [.string("x")], "1 or 0"),
      ("/antiphon/subscribe", [.int(0)], "1 to 65535"), ("/antiphon/subscribe", [.int(70_000)], "1 to 65535"),
      ("/antiphon/subscribe", [.float(.nan)], "1 to 65535"), ("/antiphon/subscribe", [.string("a:b")], "1 to 65535"),
      ("/antiphon/subscribe", [.string("sound")], "topics out of scale, candidates"),
      ("/antiphon/confirm", [.string("x")], "whole number"), ("/antiphon/temp*", [.int(1)], "Patterns"),
      ("/ping", [.int(9000), .string("/antiphon/panic")], "return path"),
      ("/ping", [.int(9000), .string("x")], "return path"),
      ("/ping", [.int(9000), .string("/ping")], "return path"),
    ]
    for (path, arguments, reason) in refused {
      let failure = #expect(throws: Failure.self) { try OSCCommand(OSCMessage(path, arguments)) }
      #expect(failure?.message.contains(reason) == true, "\(path) \(arguments): \(String(describing: failure))")
    }
  }
}
