// Tests of comma-separated values.

import Testing

@testable import Training

@Suite struct CSVTextTests {
  @Test func fieldsMayBeQuoted() {
    let rows = CSVText.rows("a,\"b, \"\"c\"\"\",\r\n\n\"two\nlines\",x".utf8)
    #expect(rows.map(\.fields) == [["a", "b, \"c\"", ""], ["two\nlines", "x"]])
    #expect(rows.map(\.line) == [1, 3])
  }

  @Test func whatIsWrittenIsRead() {
    let fields = ["plain", "com,ma", "quo\"te", "line\nbreak", ""]
    #expect(CSVText.rows(CSVText.row(fields).utf8).map(\.fields) == [fields])
  }
}
