// A training in the middle, on disk: enough to continue as if it had never stopped.
import Foundation
import Torch

/// State after a whole epoch. Its file is a `.pt` that Python's `torch.load` opens too.
struct Checkpoint {
  /// Epochs done and steps taken.
  var epoch: Int
  var step: Int
  var weights: [String: Tensor]
  var average: WeightAverage
  /// The averaged weights of the best epoch so far.
  var best: [String: Tensor]
  /// In the order of the network's parameters.
  var optimizer: [AdamW.State]
  var randomState: Tensor
  var history: [EpochFigures]

  /// Writes beside the name first and renames then, so that an interruption leaves the old checkpoint whole.
  func write(to url: URL, names: [String]) throws {
    var tensors: [String: Tensor] = ["random": randomState]
    tensors["progress"] = try Tensor([Int64(epoch), Int64(step), Int64(average.updates)])
    for (name, tensor) in weights { tensors["weight." + name] = tensor }
    for (name, tensor) in average.values { tensors["average." + name] = tensor }
    for (name, tensor) in best { tensors["best." + name] = tensor }
    for (name, state) in zip(names, optimizer) {
      tensors["mean." + name] = state.mean
      tensors["square." + name] = state.square
      tensors["step." + name] = try Tensor([Int64(state.step)])
    }
    let rows = history.flatMap {
      [Double($0.epoch), $0.rate, $0.trainLoss, $0.validationLoss, $0.validationAccuracy, $0.samplesASecond]
    }
    tensors["history"] = try Tensor(rows, shape: [history.count, 6])
    let draft = url.appendingPathExtension("part")
    do {
      try PickleFile.write(tensors, to: draft)
    } catch {
      unlink(draft.path)
      throw TrainingError(
        "\(url.path) cannot be written; check the folder and the free space.")
    }
    guard rename(draft.path, url.path) == 0 else {
      throw TrainingError(
        "\(url.path) cannot be written: \(String(cString: strerror(errno))); choose another --output.")
    }
  }

  /// Reads a checkpoint of a network with these parameters.
  init(contentsOf url: URL, names: [String], averaging: Double) throws {
    let tensors: [String: Tensor]
    do {
      tensors = try PickleFile.read(url)
    } catch {
      throw TrainingError("\(url.path) cannot be read as a checkpoint; delete it and train without --resume.")
    }
    func tensor(_ key: String) throws(TrainingError) -> Tensor {
      if let tensor = tensors[key] { return tensor }
      throw TrainingError(
        "\(url.path) has no \"\(key)\" and does not fit this training; train without --resume.")
    }
    func named(_ prefix: String) throws(TrainingError) -> [String: Tensor] {
      var found: [String: Tensor] = [:]
      for name in names { found[name] = try tensor(prefix + name) }
      return found
    }
    let progress = try tensor("progress").values(as: Int64.self)
    let rows = try tensor("history").values(as: Double.self)
    guard progress.count == 3, rows.count % 6 == 0 else {
      throw TrainingError("\(url.path) is no checkpoint of this version; train without --resume.")
    }
    epoch = Int(progress[0])
    step = Int(progress[1])
    weights = try named("weight.")
    best = try named("best.")
    average = WeightAverage(values: try named("average."), decay: averaging, updates: Int(progress[2]))
    optimizer = try names.map { name in
      AdamW.State(
        step: Int(try tensor("step." + name).item()), mean: try tensor("mean." + name),
        square: try tensor("square." + name))
    }
    randomState = try tensor("random")
    history = stride(from: 0, to: rows.count, by: 6).map {
      EpochFigures(
        epoch: Int(rows[$0]), rate: rows[$0 + 1], trainLoss: rows[$0 + 2], validationLoss: rows[$0 + 3],
        validationAccuracy: rows[$0 + 4], samplesASecond: rows[$0 + 5])
    }
  }

  init(
    epoch: Int, step: Int, weights: [String: Tensor], average: WeightAverage, best: [String: Tensor],
    optimizer: [AdamW.State], randomState: Tensor, history: [EpochFigures]
  ) {
    self.epoch = epoch
    self.step = step
    self.weights = weights
    self.average = average
    self.best = best
    self.optimizer = optimizer
    self.randomState = randomState
    self.history = history
  }
}
