// The commented file of the options of a kind.
import Foundation
import Testing

@testable import Training

@Suite struct NoteTrainingTextTests {
  @Test(arguments: NoteModelKind.allCases) func everyOptionOfTheKindHasALine(_ kind: NoteModelKind) {
    let lines = NoteTrainingText.text(NoteTrainingPlan(kind)).split(separator: "\n")
    for key in NoteTrainingKey.all {
      let own = lines.filter { $0.hasPrefix("\(key.name) = ") || $0.hasPrefix("#\(key.name) = ") }
      #expect(own.count == (key.kinds.contains(kind) ? 1 : 0), "\(key.name)")
    }
    #expect(lines.contains("model = \"\(kind.rawValue)\""))
  }

  @Test func whatIsNotSetIsAnExample() throws {
    var plan = NoteTrainingPlan(.lstm)
    #expect(NoteTrainingText.text(plan).contains("\n#limit-sequences = 1000\n"))
    try plan.set("limit-sequences", to: .integer(7))
    try plan.set("licence", to: .text("a \"b\" \\ ü"))
    let text = NoteTrainingText.text(plan)
    #expect(text.contains("\nlimit-sequences = 7\n"))
    #expect(text.contains("\nlicence = \"a \\\"b\\\" \\\\ ü\"\n"))
    #expect(text.contains("\nhidden = [256, 256]\n"))
  }
}
