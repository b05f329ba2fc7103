// A training of a sweep, run for good.
import Foundation

extension SweepResult {
  /// Trains; throws when interrupted or when the training fails.
  init(_ plan: NoteTrainingPlan, isInterrupted: () -> Bool) throws {
    complaints = try plan.train(isInterrupted: isInterrupted)
    parameters = try NoteLearnerFile.read(plan.options.output).parameterCount
    let base = plan.options.output.deletingPathExtension()
    let url = base.deletingLastPathComponent().appending(path: base.lastPathComponent + "-history.csv")
    do {
      history = try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw TrainingError("\(url.path) cannot be read; start the sweep again.")
    }
  }
}
