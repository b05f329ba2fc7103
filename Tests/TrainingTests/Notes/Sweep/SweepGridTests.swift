// The grid of a sweep: its combinations, and what is refused before anything is trained.
import Foundation
import Testing

@testable import Training

@Suite struct SweepGridTests {
  private func grid(_ axes: [String], _ kind: NoteModelKind = .lstm) throws -> SweepGrid {
    try SweepGrid(
      axes.map { try SweepAxis($0) }, base: NoteTrainingPlan(kind), folder: URL(fileURLWithPath: "/sweep"))
  }

  private func refusal(_ axes: [String], _ kind: NoteModelKind = .lstm) -> String? {
    (#expect(throws: TrainingError.self) { try grid(axes, kind) })?.description
  }

  @Test func allCombinations() throws {
    let grid = try grid(["hidden=128,64+64+32", "rate=0.001,2e-3"], .seedLSTM)
    #expect(
      grid.combinations.map(\.name) == [
        "hidden-128_rate-0.001", "hidden-128_rate-0.002", "hidden-64+64+32_rate-0.001", "hidden-64+64+32_rate-0.002",
      ])
    #expect(grid.combinations.map(\.plan.options.rate) == [0.001, 0.002, 0.001, 0.002])
    #expect(grid.combinations[0].plan.options.model.hidden == [128, 128, 128])
    #expect(grid.combinations[2].plan.options.model.hidden == [64, 64, 32])
    #expect(
      grid.combinations[3].plan.options.output.path == "/sweep/hidden-64+64+32_rate-0.002/model.safetensors")
  }

  @Test func layersAndFlagsVary() throws {
    let grid = try grid(["layers=1,2", "transposition=true,false", "condition=none,composer"])
    #expect(grid.combinations.count == 8)
    #expect(grid.combinations.last?.plan.options.model.hidden == [256, 256])
    #expect(grid.combinations.last?.plan.options.augmentation.transposes == false)
    #expect(grid.combinations.last?.plan.options.conditionBy == .composer)
  }

  @Test func whatCannotBeIsRefusedWithItsName() {
    #expect(refusal(["hiden=1,2"]) == "--vary: hiden is no option of a training; did you mean hidden?")
    #expect(refusal(["rate"])?.contains("--vary is \"rate\"") == true)
    #expect(refusal(["rate="])?.contains("--vary is \"rate=\"") == true)
    #expect(refusal(["rate=0.1,0.1"]) == "--vary names rate 0.1 twice; name each value once.")
    #expect(refusal(["rate=0.1", "rate=0.2"])?.contains("names rate twice") == true)
    #expect(refusal(["output=a,b"])?.contains("cannot vary output") == true)
    #expect(refusal(["threads=1,2"])?.contains("cannot vary threads") == true)
    #expect(
      refusal(["batch=16,0"])
        == "batch-0 cannot be trained: batch cannot be 0; give a whole number from 1 to 4096.")
    #expect(refusal(["heads=1,2"])?.contains("heads is no option of the model lstm") == true)
    #expect(refusal(["layers=2,9"])?.contains("layers cannot be 9") == true)
    #expect(refusal(["batch=1,,2"])?.contains("batch cannot be \"\"") == true)
    #expect(refusal([])?.contains("--vary") == true)
    let many = (1...40).map(String.init).joined(separator: ",")
    #expect(refusal(["batch=\(many)", "sequence-length=\(many)"])?.contains("more than 1000") == true)
  }
}
