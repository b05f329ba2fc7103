// A training of notes in the middle, on disk: enough to continue as if it had never stopped.
import Foundation
import Torch

/// State between two steps. Its file is a `.pt` that Python's `torch.load` opens too.
struct NoteCheckpoint {
  var step: Int
  var weights: [String: Tensor]
  var average: WeightAverage
  /// The averaged weights of the best pass so far.
  var best: [String: Tensor]
  /// In the order of the network's parameters.
  var optimizer: [AdamW.State]
  var randomState: Tensor
  /// What the network remembers of each row.
  var state: NoteNetwork.State
  /// Places of the rows in the data.
  var position: [Int64]
  /// Sums of the pass that has begun.
  var sums: NoteBits
  var history: [NoteEpoch]

  /// Writes beside the name first and renames then, so that an interruption leaves the old checkpoint whole.
  func write(to url: URL, names: [String]) throws {
    var tensors: [String: Tensor] = ["random": randomState]
    tensors["progress"] = try Tensor([Int64(step), Int64(average.updates)])
    tensors["position"] = try Tensor(position)
    tensors["sums"] = try Tensor(sums.nats + [sums.notes])
    for (name, tensor) in weights { tensors["weight." + name] = tensor }
    for (name, tensor) in average.values { tensors["average." + name] = tensor }
    for (name, tensor) in best { tensors["best." + name] = tensor }
    for (name, memory) in zip(names, optimizer) {
      tensors["mean." + name] = memory.mean
      tensors["square." + name] = memory.square
      tensors["step." + name] = try Tensor([Int64(memory.step)])
    }
    for (layer, memory) in state.enumerated() {
      tensors["state.\(layer).hidden"] = memory.hidden
      tensors["state.\(layer).cell"] = memory.cell
    }
    tensors["history"] = try Tensor(history.flatMap(\.numbers), shape: [history.count, NoteEpoch.width])
    let draft = url.appendingPathExtension("part")
    do {
      try PickleFile.write(tensors, to: draft)
    } catch {
      unlink(draft.path)
      throw TrainingError("\(url.path) cannot be written; check the folder and the free space.")
    }
    guard rename(draft.path, url.path) == 0 else {
      throw TrainingError("\(url.path) cannot be written: \(String(cString: strerror(errno))); choose another place.")
    }
  }

  /// Reads a checkpoint of a network with these parameters and so many layers.
  init(contentsOf url: URL, names: [String], layers: Int, averaging: Double) throws {
    let tensors: [String: Tensor]
    do {
      tensors = try PickleFile.read(url)
    } catch {
      throw TrainingError("\(url.path) cannot be read as a checkpoint; delete it and train without --resume.")
    }
    func tensor(_ key: String) throws(TrainingError) -> Tensor {
      if let tensor = tensors[key] { return tensor }
      throw TrainingError("\(url.path) has no \"\(key)\" and does not fit this training; train without --resume.")
    }
    func named(_ prefix: String) throws(TrainingError) -> [String: Tensor] {
      var found: [String: Tensor] = [:]
      for name in names { found[name] = try tensor(prefix + name) }
      return found
    }
    let progress = try tensor("progress").values(as: Int64.self)
    let rows = try tensor("history").values(as: Double.self)
    let numbers = try tensor("sums").values(as: Double.self)
    let attributes = NoteAttribute.allCases.count
    guard progress.count == 2, rows.count % NoteEpoch.width == 0, numbers.count == attributes + 1 else {
      throw TrainingError("\(url.path) is no checkpoint of this version; train without --resume.")
    }
    step = Int(progress[0])
    weights = try named("weight.")
    best = try named("best.")
    average = WeightAverage(values: try named("average."), decay: averaging, updates: Int(progress[1]))
    optimizer = try names.map { name in
      AdamW.State(
        step: Int(try tensor("step." + name).item()), mean: try tensor("mean." + name),
        square: try tensor("square." + name))
    }
    randomState = try tensor("random")
    state = try (0..<layers).map { layer in
      LSTMLayer.State(hidden: try tensor("state.\(layer).hidden"), cell: try tensor("state.\(layer).cell"))
    }
    position = try tensor("position").values(as: Int64.self)
    sums = NoteBits(nats: Array(numbers.prefix(attributes)), notes: numbers[attributes])
    history = stride(from: 0, to: rows.count, by: NoteEpoch.width).map {
      NoteEpoch(numbers: Array(rows[$0..<$0 + NoteEpoch.width]))
    }
  }

  init(
    step: Int, weights: [String: Tensor], average: WeightAverage, best: [String: Tensor], optimizer: [AdamW.State],
    randomState: Tensor, state: NoteNetwork.State, position: [Int64], sums: NoteBits, history: [NoteEpoch]
  ) {
    self.step = step
    self.weights = weights
    self.average = average
    self.best = best
    self.optimizer = optimizer
    self.randomState = randomState
    self.state = state
    self.position = position
    self.sums = sums
    self.history = history
  }
}
