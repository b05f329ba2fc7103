// Cutting a stream of bytes into lines.

import Testing

@testable import Control

@Suite struct LineBufferTests {
  private func items(_ blocks: [String], cap: Int = 8) -> [LineBuffer.Item] {
    var buffer = LineBuffer(cap: cap)
    var items: [LineBuffer.Item] = []
    for block in blocks { buffer.append(Array(block.utf8)) { items.append($0) } }
    return items
  }

  private func line(_ text: String) -> LineBuffer.Item { .line(Array(text.utf8)) }

  @Test func joinsAndSplits() {
    #expect(items(["ab", "c\nd", "e\n\nf"]) == [line("abc"), line("de")])
    #expect(items(["a\r\nb\n"]) == [line("a"), line("b")])
  }

  @Test func longLineIsReportedOnceAndSkipped() {
    #expect(items(["12345678\n"]) == [line("12345678")])
    #expect(items(["123456789", "0123456789012", "x\nok\n"]) == [.tooLong, line("ok")])
  }
}
