// The key of the page's address.

import Testing

@testable import Web

@Suite struct AccessKeyTests {
  @Test func isNewEachTime() {
    let keys = Set((0..<100).map { _ in AccessKey().text })
    #expect(keys.count == 100)
    #expect(keys.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) })
  }

  @Test func matchesOnlyItself() {
    let key = AccessKey()
    #expect(key.matches(key.text))
    #expect(!key.matches(nil))
    #expect(!key.matches(""))
    #expect(!key.matches(String(key.text.dropLast())))
    #expect(!key.matches(key.text + "0"))
    #expect(!key.matches(AccessKey().text))
  }
}
