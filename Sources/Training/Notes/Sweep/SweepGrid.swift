// All combinations of the values of several options.
import Foundation

/// The grid of a sweep.
struct SweepGrid {
  /// No grid of trainings that anybody waits for is larger.
  static let mostCombinations = 1000

  let axes: [SweepAxis]
  /// The last axis changes fastest.
  let combinations: [SweepCombination]

  /// The grid around `base`, with the outputs in folders of `folder`.
  ///
  /// - Throws: a sentence for an option that the model does not have, and for values that cannot be or do not go
  ///   together.
  init(_ axes: [SweepAxis], base: NoteTrainingPlan, folder: URL) throws(TrainingError) {
    guard !axes.isEmpty else {
      throw TrainingError("There is nothing to vary; name options with --vary, such as --vary rate=0.001,0.002.")
    }
    for (place, axis) in axes.enumerated() where axes[..<place].contains(where: { $0.name == axis.name }) {
      throw TrainingError("--vary names \(axis.name) twice; put all its values behind one --vary.")
    }
    let count = axes.reduce(1) { min($0 * $1.values.count, Self.mostCombinations + 1) }
    guard count <= Self.mostCombinations else {
      throw TrainingError("The grid has more than \(Self.mostCombinations) combinations; vary fewer options or values.")
    }
    var combinations = [SweepCombination(values: [], plan: base)]
    for axis in axes {
      combinations = combinations.flatMap { combination in
        axis.values.map { value in
          SweepCombination(values: combination.values + [(axis.name, value)], plan: combination.plan)
        }
      }
    }
    self.axes = axes
    self.combinations = try Self.finished(combinations, folder)
  }

  private static func finished(
    _ combinations: [SweepCombination], _ folder: URL
  ) throws(TrainingError) -> [SweepCombination] {
    var finished: [SweepCombination] = []
    for var combination in combinations {
      let output = folder.appending(path: combination.name).appending(path: "model.safetensors")
      combination.plan.options.output = output
      combination.plan.tensorBoard = combination.plan.tensorBoard.map { $0.appending(path: combination.name) }
      do throws(TrainingError) {
        for (name, value) in combination.values { try combination.plan.set(name, to: value) }
        combination.plan = try combination.plan.finished()
      } catch {
        throw TrainingError("\(combination.name) cannot be trained: \(error)")
      }
      finished.append(combination)
    }
    return finished
  }
}
