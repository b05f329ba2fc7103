// Tests of the split.

import Testing

@testable import Training

@Suite struct SplitTests {
  /// Vectors from the authors' page of FNV, 64 bits, variant 1a.
  @Test(arguments: [("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8)])
  func theHashIsFNV1a(text: String, expected: UInt64) {
    #expect(Split.hash(text) == expected)
  }

  @Test func groupsAreDealtEightToOneToOne() {
    let counts = Dictionary(grouping: (0..<10_000).map { Split(group: "group \($0)") }, by: \.self).mapValues(\.count)
    #expect(abs((counts[.train] ?? 0) - 8000) < 200)
    #expect(abs((counts[.validation] ?? 0) - 1000) < 150)
    #expect(abs((counts[.test] ?? 0) - 1000) < 150)
  }
}
