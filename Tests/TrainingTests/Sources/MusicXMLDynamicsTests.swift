// Tests of the loudness of MusicXML scores.

import Foundation
import Testing

@testable import Training

@Suite struct MusicXMLDynamicsTests {
  private func mark(_ name: String) -> String {
    "<direction><direction-type><dynamics><\(name)/></dynamics></direction-type></direction>"
  }

  private func wedge(_ type: String) -> String {
    "<direction><direction-type><wedge type=\"\(type)\" number=\"1\"/></direction-type></direction>"
  }

  private func velocities(_ parts: String...) throws -> [Int] {
    let content = try MusicXMLParser.parse(musicXML(parts: parts))
    return content.notes.map(\.velocity)
  }

  @Test func marksCountUntilTheNext() throws {
    let text = note("C4", 1) + mark("p") + note("D4", 1) + note("E4", 1) + mark("ff") + note("F4", 1)
    #expect(try velocities(measure(divisions: 1, text)) == [80, 49, 49, 112])
  }

  @Test func aWedgeLeadsToTheMarkAtItsEnd() throws {
    let text =
      mark("p") + wedge("crescendo") + note("C4", 2) + note("D4", 2) + wedge("stop") + mark("f") + note("E4", 2)
    #expect(try velocities(measure(divisions: 1, text)) == [49, 73, 96])
  }

  @Test func aWedgeWithoutAMarkGoesOneLevel() throws {
    let text = wedge("diminuendo") + note("C4", 2) + note("D4", 2) + wedge("stop") + note("E4", 2)
    #expect(try velocities(measure(divisions: 1, text)) == [80, 72, 64])
  }

  @Test func accentsRaiseTheirNotesAlone() throws {
    let text = mark("p") + note("C4", 1) + mark("sfz") + note("D4", 1) + note("E4", 1)
    #expect(try velocities(measure(divisions: 1, text)) == [49, 65, 49])
  }

  @Test func aPartWithoutMarksFollowsTheOthers() throws {
    let voice = measure(divisions: 1, note("C4", 1) + note("D4", 1))
    let piano = measure(divisions: 1, mark("pp") + note("C3", 1) + mark("mp") + note("D3", 1))
    #expect(try velocities(voice, piano) == [33, 64, 33, 64])
  }

  @Test func unknownMarksAndUnendedWedgesAreIgnored() throws {
    let text = mark("other-dynamics") + wedge("crescendo") + note("C4", 1) + wedge("continue") + note("D4", 1)
    #expect(try velocities(measure(divisions: 1, text)) == [80, 80])
  }
}
