// How a training is kept and continued.
import Foundation
import Torch

extension NoteTrainingRun {
  /// Writes a checkpoint in the first process, with what all of them know.
  func checkpoint() throws {
    guard let url = options.checkpoint else { return }
    // The seconds that the others wait for the first to write are within the timeout of their next exchange.
    let states = try state.map { try ranks.gatherRows($0, of: rows) }
    let randomStates = try ranks.gather(TorchRuntime.randomState())
    guard ranks.isFirst else { return }
    try write(to: url, states: states, randomStates: randomStates)
  }

  /// Writes a checkpoint after Ctrl-C and says how to go on.
  func interruption() throws -> TrainingError {
    try checkpoint()
    return TrainingError(
      options.checkpoint.map {
        "Interrupted in pass \(history.count + 1); go on with --resume (the checkpoint is \($0.lastPathComponent))."
      } ?? "Interrupted in pass \(history.count + 1).")
  }

  /// Writes what this process has when another one was lost, as NAME.checkpoint.pt in the first and
  /// NAME.checkpoint.rankN.pt in the others, which cannot know whether the first still lives. The state of the rows of
  /// the other processes is lost: it is zero in the file, as at the start of a sequence.
  func emergency(_ lost: LostRank) -> TrainingError {
    let place = "Rank \(ranks.rank) of \(ranks.size) lost another rank in pass \(history.count + 1)"
    guard let shared = options.checkpoint else { return TrainingError("\(place) (\(lost)); train again.") }
    let url = ranks.isFirst ? shared : Self.name(of: shared, rank: ranks.rank)
    do {
      let states = try state.map { try ranks.placeRows($0, of: rows) }
      try write(to: url, states: states, randomStates: [TorchRuntime.randomState()])
    } catch {
      return TrainingError("\(place) (\(lost)), and its checkpoint failed: \(error)")
    }
    let copy = ranks.isFirst ? "" : ", or, where rank 0 left no checkpoint, with --checkpoint \(url.lastPathComponent)"
    return TrainingError(
      "\(place) (\(lost)) and wrote \(url.lastPathComponent); start all ranks again with --resume\(copy).")
  }

  /// "x.checkpoint.rank2.pt" beside "x.checkpoint.pt".
  static func name(of checkpoint: URL, rank: Int) -> URL {
    checkpoint.deletingPathExtension().appendingPathExtension("rank\(rank)")
      .appendingPathExtension(checkpoint.pathExtension)
  }

  private func write(to url: URL, states: [Tensor], randomStates: [Tensor]) throws {
    let saved = NoteCheckpoint(
      identity: identity, step: step, weights: try network.copies(), average: average, best: best,
      optimizer: try optimizer.states(), randomStates: randomStates, state: states,
      position: placesBeforeStep ?? streams.position, sums: sums, history: history)
    try saved.write(to: url, names: network.parameters.map(\.name))
  }

  /// Continues the checkpoint, which every process reads.
  func resume() throws {
    guard let url = options.checkpoint, FileManager.default.fileExists(atPath: url.path) else {
      let path = options.checkpoint?.path ?? "without a name"
      throw TrainingError("There is no checkpoint \(path) to resume; train without --resume.")
    }
    let saved = try NoteCheckpoint(
      contentsOf: url, wanted: identity, names: network.parameters.map(\.name), averaging: options.averaging)
    let own = ranks.rows(of: rows, rank: ranks.rank)
    do {
      try network.load(saved.weights)
      try averaged.load(saved.average.values)
      try averaged.load(saved.best)
      try optimizer.restore(saved.optimizer)
      // With another number of processes than before, the others go on with their own numbers.
      if saved.randomStates.indices.contains(ranks.rank) {
        try TorchRuntime.setRandomState(saved.randomStates[ranks.rank])
      }
      try streams.restore(saved.position)
      guard saved.state.count == state.count, saved.state.allSatisfy({ $0.shape.first == rows }) else {
        throw TrainingError("it remembers other rows")
      }
      state = ranks.size == 1 ? saved.state : try saved.state.map { try $0.slice(0, own) }
    } catch {
      throw TrainingError(
        "\(url.path) belongs to a training with other options (\(error)); give the same options, "
          + "or train without --resume.")
    }
    average = saved.average
    best = saved.best
    history = saved.history
    sums = saved.sums
    step = saved.step
  }
}
