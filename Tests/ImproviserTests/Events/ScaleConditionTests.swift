// A scale as the models are told it.
import Music
import Testing

@testable import Improviser

@Suite struct ScaleConditionTests {
  @Test func dDorianIsTheWhiteKeysWithD() throws {
    let condition = ScaleCondition(try #require(Scale(name: "D dorian")))
    #expect(condition.values == [1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1] + [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(condition.contains(pitch: 60))
    #expect(!condition.contains(pitch: 61))
  }
}
