// Where the answer's pitches lie.

import Testing

@testable import Improviser

struct RegisterWindowTests {
  @Test func surroundsThePhrase() {
    let window = RegisterWindow(range: 60...72, register: 0)
    #expect(window.octaves == 0)
    #expect(window.preferred == 57...75)
    #expect(window.weight(pitch: 66) == 1)
    #expect(window.weight(pitch: 78) < 1)
    #expect(window.weight(pitch: 78) > window.weight(pitch: 84))
    #expect(window.weight(pitch: 110) == 0)
  }

  @Test func movesByOctavesAndTheRest() {
    let window = RegisterWindow(range: 60...72, register: 7)
    #expect(window.octaves == 12)
    #expect(window.preferred == 64...82)
    #expect(RegisterWindow(range: 60...72, register: -24).octaves == -24)
  }

  @Test func oneNoteLeavesRoom() {
    #expect(RegisterWindow(range: 60...60, register: 0).preferred.count >= 12)
  }

  @Test(arguments: [-36, -7, 0, 13, 36], [0...0, 127...127, 0...127, 100...108, 21...30])
  func neverLeavesNothing(register: Int, range: ClosedRange<Int>) {
    let window = RegisterWindow(range: range, register: register)
    #expect(window.possible.contains(window.preferred.lowerBound))
    #expect(window.possible.contains(window.preferred.upperBound))
    #expect(window.preferred.count >= 12)
    let reachable = (0..<128).filter { window.preferred.contains($0 + window.octaves) }
    #expect(reachable.count >= 7)
  }
}
