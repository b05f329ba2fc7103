// Trains a model with every combination of some options, and compares them.
public import Foundation

/// A grid of trainings in one folder: a folder for each combination, and beside them the comparison. For one thread.
public struct NoteSweep {
  /// One training, as `NoteTraining` runs it; throws when it was interrupted or failed.
  typealias Train = (_ plan: NoteTrainingPlan, _ isInterrupted: () -> Bool) throws -> SweepResult

  private let grid: SweepGrid
  private let folder: URL
  private let train: Train

  /// Makes the whole grid before anything is trained.
  ///
  /// - Parameters:
  ///   - axes: what varies.
  ///   - base: all other options, not yet finished.
  ///   - folder: where everything goes; an older sweep there is continued.
  /// - Throws: a sentence for options that the model does not have, impossible values, data that cannot be read, and a
  ///   folder with trainings of other options.
  public init(_ axes: [SweepAxis], base: NoteTrainingPlan, folder: URL) throws {
    try self.init(axes, base: base, folder: folder, train: SweepResult.init)
    for combination in grid.combinations { try NoteLearnerFactory.tryOut(combination.plan.options.model) }
    guard let data = base.data else {
      throw TrainingError("No data are named; give --data, the file that \"notes prepare\" wrote.")
    }
    _ = try PreparedNotes(contentsOf: data)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw TrainingError("The folder \(folder.path) cannot be made; choose another --output.")
    }
    guard access(folder.path, W_OK | X_OK) == 0 else {
      throw TrainingError("The folder \(folder.path) cannot be written to; choose another --output.")
    }
  }

  init(_ axes: [SweepAxis], base: NoteTrainingPlan, folder: URL, train: @escaping Train) throws {
    grid = try SweepGrid(axes, base: base, folder: folder)
    self.folder = folder
    self.train = train
    for combination in grid.combinations {
      let place = folder.appending(path: combination.name)
      try SweepRecord.read(place)?.check(combination, place)
    }
  }

  /// The number of trainings.
  public var count: Int { grid.combinations.count }

  /// Trains what is not trained yet, one after the other, and writes sweep.csv, sweep.png and sweep.svg after each.
  ///
  /// A combination that fails, for instance because its rate is too high, is reported and left out of the comparison;
  /// the next call tries it again.
  ///
  /// - Parameters:
  ///   - isInterrupted: asked after each step; when true, an error says how to go on.
  ///   - progress: told which training begins, and what went wrong.
  /// - Returns: the comparison as a table, the best first.
  public func run(isInterrupted: () -> Bool, progress: (String) -> Void) throws -> String {
    var rows = grid.combinations.map { SweepTable.Row(combination: $0, outcome: nil) }
    var complaints: [String] = []
    for (place, combination) in grid.combinations.enumerated() {
      let name = "\(place + 1)/\(count) \(combination.name)"
      do {
        rows[place].outcome = try outcome(of: combination, isInterrupted) { progress("\(name): \($0)") }
      } catch {
        guard !isInterrupted() else {
          throw TrainingError("The sweep was interrupted in \(name); the same command goes on with it.")
        }
        progress("\(name) failed: \(error)")
        continue
      }
      complaints = try write(SweepTable(rows: rows))
    }
    for complaint in complaints { progress(complaint) }
    let table = SweepTable(rows: rows)
    guard rows.contains(where: { $0.outcome != nil }) else {
      throw TrainingError("All \(count) trainings of the sweep failed; the sentences above say why.")
    }
    return table.text
  }

  private func outcome(
    of combination: SweepCombination, _ isInterrupted: () -> Bool, _ progress: (String) -> Void
  ) throws -> SweepOutcome {
    let place = folder.appending(path: combination.name)
    var record = try SweepRecord.read(place) ?? SweepRecord(options: combination.identity)
    if let outcome = record.outcome {
      progress("is trained already.")
      return outcome
    }
    try record.write(place)
    var plan = combination.plan
    plan.options.checkpoint = place.appending(path: "model.checkpoint.pt")
    plan.options.resumes = FileManager.default.fileExists(atPath: plan.options.checkpoint?.path ?? "")
    progress(plan.options.resumes ? "goes on." : "begins.")
    let start = ContinuousClock.now
    func seconds() -> Double { record.seconds + (ContinuousClock.now - start) / .seconds(1) }
    do {
      let result = try train(plan, isInterrupted)
      for complaint in result.complaints { progress(complaint) }
      let outcome = try result.outcome(seconds: seconds())
      record.outcome = outcome
      try record.write(place)
      return outcome
    } catch {
      record.seconds = seconds()
      try? record.write(place)
      throw error
    }
  }

  /// Writes the comparison as far as it has come; returns what could not be drawn.
  private func write(_ table: SweepTable) throws(TrainingError) -> [String] {
    let url = folder.appending(path: "sweep.csv")
    do {
      try Data(table.csv.utf8).write(to: url, options: .atomic)
    } catch {
      throw TrainingError("\(url.path) cannot be written; check the folder and the free space.")
    }
    let height = 700 + 12 * (table.rows.map(\.combination.name.count).max() ?? 0)
    return PictureSet.draw(
      SweepPlot.script(table), base: folder.appending(path: "sweep"), width: 1000, height: height)
  }
}
