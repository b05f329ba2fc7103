// TOML with its lines, and texts that would bring a careless reader down.

import Foundation
import Testing

@testable import Engine

@Suite struct TOMLTextTests {
  @Test func everyKeyHasItsLine() throws {
    let text = try TOMLText(
      "a = 1 # x = 2\r\n[t] # [u]\n'b c' = \"\"\"\nd = 1\n\"\"\"\"\n\"e\" = [\n  '''[f]''', # g\n  2]\n"
        + "h.i = { j.k = 1 }\n\n[[l]]\nm=1\n")
    #expect(text.line(of: ["a"]) == 1 && text.line(of: ["t"]) == 2 && text.line(of: ["t", "b c"]) == 3)
    #expect(text.line(of: ["t", "e"]) == 6 && text.line(of: ["t", "h"]) == 9 && text.line(of: ["t", "h", "i"]) == 9)
    #expect(text.line(of: ["l", "m"]) == 12 && text.line(of: ["t", "none"]) == 2 && text.line(of: ["none"]) == 1)
    #expect(text.contents["t"] != nil && text.contents["d"] == nil)
  }

  @Test func valuesAreCopied() throws {
    let text = try TOMLText("a = 1\nb = 1.5\nc = true\nd = 'x'\ne = [1, [2]]\nf = 1979-05-27\ng.h = 07:32:00\ni = inf")
    #expect(text.contents["a"] == .integer(1) && text.contents["b"] == .real(1.5) && text.contents["c"] == .flag(true))
    #expect(text.contents["d"] == .text("x") && text.contents["e"] == .list([.integer(1), .list([.integer(2)])]))
    #expect(text.contents["f"] == .date && text.contents["g"] == .table(["h": .date]))
    #expect(text.contents["i"] == .real(.infinity))
  }

  @Test func tablesMayBeFilledInSeveralPlaces() throws {
    let text = try TOMLText("[a.b]\nc = 1\n[a]\nd.e = 2\nd.f = 3\n[[l]]\nx = 1\n[l.m]\ny = 2\n[[l]]\nx = 3\n")
    #expect(
      text.contents == [
        "a": .table(["b": .table(["c": .integer(1)]), "d": .table(["e": .integer(2), "f": .integer(3)])]),
        "l": .list([
          .table(["x": .integer(1), "m": .table(["y": .integer(2)])]), .table(["x": .integer(3)]),
        ]),
      ])
  }

  /// Where readers differ from each other.
  @Test func cornersAreReadAsTheSpecificationHasThem() throws {
    let implied = try TOMLText("[a.b.c]\n[a]\nb.d = 1\n")
    #expect(implied.contents == ["a": .table(["b": .table(["c": .table([:]), "d": .integer(1)])])])
    let names = try TOMLText("1.2 = 3\n\"\".'' = 1")
    #expect(names.contents == ["1": .table(["2": .integer(3)]), "": .table(["": .integer(1)])])
    let marks = try TOMLText(
      "a = \"\"\"\"\"x\"\"\"\"\"\r\nb = '''\r\ny\r\n'''\r\nc = \"\"\"\\ \t\r\n\r\n z\"\"\"")
    #expect(marks.contents == ["a": .text("\"\"x\"\""), "b": .text("y\n"), "c": .text("z")])
    let numbers = try TOMLText(
      "a = -9223372036854775808\nb = 1e0_1\nc = 1e400\nd = 0xdead_BEEF\ne = -0.0\nf = 2000-02-29 23:59:60.5z")
    #expect(numbers.contents["a"] == .integer(.min) && numbers.contents["b"] == .real(10))
    #expect(numbers.contents["c"] == .real(.infinity) && numbers.contents["d"] == .integer(0xDEAD_BEEF))
    #expect(numbers.contents["e"] == .real(0) && numbers.contents["f"] == .date)
  }

  @Test func problemsStandWhereTheWordBegins() {
    let problem = #expect(throws: TOMLText.Problem.self) { try TOMLText("a = 1\nb = [1, yes]") }
    #expect(problem?.line == 2 && problem?.column == 9)
  }

  @Test func numbersAndStringsOfAllKinds() throws {
    let text = try TOMLText(
      #"""
      a = +1_000
      b = 0xff_FF
      c = 0o17
      d = 0b101
      e = -2.5e-3
      f = 1e3
      g = 1979-05-27 07:32:00.5
      h = 1979-05-27T07:32:00+01:00
      i = "\t\u00e9\U0001F3B9\"\\"
      j = 'C:\x'
      l = -0
      m = { }
      n = [ ]
      """#)
    let expected: [String: TOMLItem] = [
      "a": .integer(1000), "b": .integer(65535), "c": .integer(15), "d": .integer(5), "e": .real(-0.0025),
      "f": .real(1000), "g": .date, "h": .date, "j": .text("C:\\x"), "l": .integer(0), "m": .table([:]), "n": .list([]),
    ]
    for (key, item) in expected { #expect(text.contents[key] == item, "\(key)") }
    #expect(text.contents["i"] == .text("\té🎹\"\\"))
    let folded = try TOMLText("a = \"\"\"\none \\  \n\n  two\"\"\"\"\"\nb = '''\n\n'x'''''")
    #expect(folded.contents == ["a": .text("one two\"\""), "b": .text("\n'x''")])
  }

  /// From the list of invalid documents that the specification gives by its rules.
  @Test(arguments: [
    "a = 01", "a = 1_", "a = 1__0", "a = .5", "a = 5.", "a = 1e", "a = 0x", "a = 0xG", "a = +0x1", "a = True",
    "a = yes",
    "a = \"x", "a = 'x", "a = \"\"\"x", "a = \"\\q\"", "a = \"\\u12\"", "a = \"\\uD800\"", "a = 1 b = 2", "a = [1 2]",
    "a = [1", "a = [,]", "a = {b = 1,}", "a = {b = 1", "a = {b = 1\n}", "a", "a =", "= 1", "a.. = 1", "[a", "[[a]",
    "[]",
    "[a] b = 1", "a = 1\na = 2", "a = 1\na.b = 2", "a.b = 1\n[a]\n", "[a]\n[a]\n", "a = {b = 1}\n[a.c]\n",
    "a = {b = 1}\na.c = 2", "[a.b]\n[a]\nb.c = 1", "[[a]]\n[a]\n", "[a]\n[[a]]\n", "a = [1]\n[[a]]\n", "a b = 1",
    "\"\"\"a\"\"\" = 1", "a = \u{7F}", "# \u{1}", "a = 1\rb = 2", "a = 10:00", "a = 1979-5-27", "ä = 1",
    "a = 1900-02-29", "a = 2000-13-01", "a = 2000-01-00", "a = 24:00:00", "a = 23:60:00", "a = 10:00:00.",
    "a = 2000-01-01T10:00:00+24:00", "a = 2000-01-01  10:00:00", "a = 2000-01-01T10:00:00 Z", "a = 10:00:00Z",
    "a = 1_.5", "a = 1._5", "a = 1e_5", "a = 0x_1", "a = 0X1", "a = -0b1", "a = 00", "a = 0_1", "a = +-1", "a = Inf",
    "a = 9223372036854775808", "a.b.c = 1\n[a]\nb.c = 2", "[a.b]\n[a.b.c]\n[a]\nb.d = 1", "a.b = 1\n[a.b]",
    "[[a.b]]\n[a]\nb.c = 1",
  ])
  func whatIsNoTOMLIsRefused(text: String) {
    let error = #expect(throws: TOMLText.Problem.self) { try TOMLText(text) }
    #expect(error?.reason.hasSuffix(".") == true && error?.reason.contains("\n") == false)
  }

  @Test(arguments: ["", "a\"b\\c", "tab\tline\nend", "\u{1}\u{7F}", "ä 音 🎹"])
  func quotedTextIsReadAgain(text: String) throws {
    #expect(try TOMLText("a = " + TOMLItem.quoted(text)).contents["a"] == .text(text))
  }

  private static let nasty = [
    String(repeating: "[", count: 65_000), "a = " + String(repeating: "[", count: 65_000),
    "a = " + String(repeating: "{a=", count: 20_000), String(repeating: "a.", count: 32_000) + "a = 1",
    "[" + String(repeating: "a.", count: 32_000) + "a]", "x = {" + String(repeating: "a.", count: 32_000) + "a = 1}",
    String(repeating: "[a]\n", count: 16_000), String(repeating: "[[a]]\n", count: 10_000) + "= ",
    "a = " + String(repeating: "9", count: 64_000), "a = 1e" + String(repeating: "9", count: 64_000),
    "a = \"" + String(repeating: "x", count: 65_000), "a = '''" + String(repeating: "'", count: 3), "\"\\", "a = \"\\",
    "a = 9999-99-99", "a = 0001-01-01T25:61:61+99:99", "a = 0x", "a = \"\\uD800\"", "=", "]", "a", "a.", ".a = 1",
    "\u{FEFF}", "\u{FEFF}[[[",
    "[ [ [a", "[\u{A0}a]", "[ä]", "[", "[[", "[ ", "[[ ", "[=]", "a = _", "a = [_]", "a = ]", "a = \u{1}", "a = {,}",
    "a = 1\0b = 2", "\r", "a = 1\r", "#", "[]", "[[", "\"\" = 1", "a = nan\nb = -inf", "a = 1\na.b = 2",
    "a = [" + String(repeating: "1,", count: 30_000) + "]", "a = [" + String(repeating: "1.5,", count: 16_000) + "]",
    "🎹 = 1", "a = \u{85}", "'''a''' = 1",
  ]

  @Test func nothingTrapsOrHangs() {
    for text in Self.nasty {
      let start = processorTime
      do throws(TOMLText.Problem) {
        _ = try TOMLText(text)
      } catch {
        #expect(error.line >= 1 && !error.reason.isEmpty && !error.reason.contains("\n") && error.reason.count < 400)
      }
      #expect(processorTime - start < 2, "\(text.prefix(40))")
    }
  }

  /// Seconds that this thread has worked; a busy machine makes no difference.
  private var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  @Test func depthIsBounded() throws {
    let dots = String(repeating: "a.", count: 20)
    let error = #expect(throws: TOMLText.Problem.self) { try TOMLText("\nb = 1\n" + dots + "a = 1") }
    #expect(error?.line == 3)
    #expect(throws: Never.self) { try TOMLText("path = \"\(dots)\" # \(dots)") }
  }
}
