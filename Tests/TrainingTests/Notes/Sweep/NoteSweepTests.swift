// A sweep: nothing is trained twice, interrupted trainings go on, failures are told, and everything is compared.
import Foundation
import Testing

@testable import Training

@Suite struct NoteSweepTests {
  private final class Trainings {
    var plans: [NoteTrainingPlan] = []
    /// The names of the folders whose training is interrupted or fails.
    var interrupted: String?
    var failing: String?

    func train(_ plan: NoteTrainingPlan) throws -> SweepResult {
      plans.append(plan)
      let folder = plan.options.output.deletingLastPathComponent()
      if folder.lastPathComponent == interrupted || folder.lastPathComponent == failing {
        try Data().write(to: folder.appending(path: "model.checkpoint.pt"))
        throw TrainingError("The training stopped.")
      }
      let bits = plan.options.rate * 1000
      return SweepResult(
        parameters: plan.options.batch,
        history: """
          epoch,rate,train_bits,train_pitch_bits,validation_bits,notes_per_second
          1,0.1,9.5,3,\(bits + 2),1000
          2,0.1,8.5,3,\(bits),2000
          3,0.1,7.5,3,\(bits + 1),3000

          """)
    }
  }

  private let folder: TemporaryFolder
  private let trainings = Trainings()

  init() throws { folder = try TemporaryFolder() }

  private func sweep(_ axes: [String] = ["rate=0.003,0.001", "batch=8,16"], epochs: Int = 3) throws -> NoteSweep {
    var base = NoteTrainingPlan(.lstm)
    try base.set("epochs", to: .integer(epochs))
    let trainings = trainings
    return try NoteSweep(axes.map { try SweepAxis($0) }, base: base, folder: folder.url) { plan, _ in
      try trainings.train(plan)
    }
  }

  private func csv() throws -> [[String]] {
    let text = try String(contentsOf: folder.url.appending(path: "sweep.csv"), encoding: .utf8)
    return text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func everythingIsComparedTheBestFirst() throws {
    let table = try sweep().run(isInterrupted: { false }, progress: { _ in })
    #expect(trainings.plans.count == 4)
    let lines = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(
      lines[0] == ["rate", "batch", "parameters", "passes", "best", "validation", "training", "notes/s", "seconds"])
    #expect(lines.dropFirst().map { $0[0] } == ["0.001", "0.001", "0.003", "0.003"])
    #expect(Array(lines[1][1...7]) == ["8", "8", "3", "2", "1.000", "8.500", "2000"])
    let rows = try csv()
    #expect(
      rows[0] == [
        "rate", "batch", "parameters", "passes", "best_pass", "best_validation_bits", "training_bits",
        "notes_per_second", "seconds",
      ])
    #expect(Array(rows[1][0...7]) == ["0.003", "8", "8", "3", "2", "3.00000", "8.50000", "2000"])
    #expect(rows.count == 5)
  }

  @Test func anInterruptedSweepGoesOnWhereItWas() throws {
    trainings.interrupted = "rate-0.003_batch-16"
    let error = #expect(throws: TrainingError.self) {
      try sweep().run(isInterrupted: { trainings.plans.count == 2 }, progress: { _ in })
    }
    #expect(error?.description.contains("2/4 rate-0.003_batch-16; the same command goes on") == true)
    #expect(try csv().count == 5)
    trainings.interrupted = nil
    trainings.plans = []
    _ = try sweep().run(isInterrupted: { false }, progress: { _ in })
    #expect(trainings.plans.map(\.options.resumes) == [true, false, false])
    #expect(try csv().allSatisfy { $0.count == 9 && !$0.contains("") })
    trainings.plans = []
    _ = try sweep().run(isInterrupted: { false }, progress: { _ in })
    #expect(trainings.plans.isEmpty)
  }

  @Test func aFailureIsToldAndTheOthersAreTrained() throws {
    trainings.failing = "rate-0.003_batch-8"
    var said: [String] = []
    let table = try sweep().run(isInterrupted: { false }, progress: { said.append($0) })
    #expect(said.contains("1/4 rate-0.003_batch-8 failed: The training stopped."))
    #expect(table.split(separator: "\n").last?.contains("failed") == true)
    #expect(Array(try csv()[1][2...]) == ["", "", "", "", "", "", ""])
    trainings.failing = nil
    trainings.plans = []
    _ = try sweep().run(isInterrupted: { false }, progress: { _ in })
    #expect(trainings.plans.count == 1)
  }

  @Test func aFolderOfOtherOptionsIsRefused() throws {
    _ = try sweep().run(isInterrupted: { false }, progress: { _ in })
    let error = #expect(throws: TrainingError.self) { try sweep(epochs: 4) }
    #expect(error?.description.contains("was trained with epochs 3, not 4") == true)
    try Data("{".utf8).write(to: folder.url.appending(path: "rate-0.003_batch-8/sweep.json"))
    let damaged = #expect(throws: TrainingError.self) { try sweep() }
    #expect(damaged?.description.contains("sweep.json is damaged") == true)
  }

  @Test func aSweepOfWhichNothingSucceedsIsAnError() throws {
    trainings.failing = "rate-0.1"
    let error = #expect(throws: TrainingError.self) {
      try sweep(["rate=0.1"]).run(isInterrupted: { false }, progress: { _ in })
    }
    #expect(error?.description.contains("All 1 trainings") == true)
  }

  @Test func theRealHistoryCanBeRead() throws {
    let bits = NoteBits(nats: [1, 2, 3, 4], notes: 5)
    let rows = [NoteEpoch(epoch: 0, rate: 0.1, training: bits, validation: bits, notesASecond: 77)]
    let result = SweepResult(parameters: 1, history: NoteHistory.text(rows))
    let outcome = try result.outcome(seconds: 2)
    #expect(abs(outcome.bestValidation - bits.total) < 1e-4)
    #expect(abs(outcome.bestTraining - bits.total) < 1e-4)
    #expect(outcome.notesASecond == 77)
  }
}
