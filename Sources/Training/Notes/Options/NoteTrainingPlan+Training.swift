// Runs a training as a person asked for it.

extension NoteTrainingPlan {
  /// Trains with the data and the events of the plan, which is finished.
  ///
  /// - Parameters:
  ///   - group: the processes that train together; the first writes the files.
  ///   - isInterrupted: asked after each step; when true, the checkpoint is written and an error says so.
  /// - Returns: what could not be drawn or written, in sentences.
  public func train(
    group: (any GradientExchange)? = nil, isInterrupted: () -> Bool
  ) throws -> [String] {
    guard let data else {
      throw TrainingError("No data are named; give --data, the file that \"notes prepare\" wrote.")
    }
    let isFirst = (group?.rank ?? 0) == 0
    let observer = isFirst ? try tensorBoard.map { try BoardObserver(folder: $0) } : nil
    let complaints = try NoteTraining.run(
      options, data: data, observer: observer, group: group, isInterrupted: isInterrupted)
    return complaints + [observer?.complaint].compactMap(\.self)
  }
}
