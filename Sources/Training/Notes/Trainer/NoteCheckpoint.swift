// A training of notes in the middle, on disk: enough to continue as if it had never stopped.
import Foundation
import Torch

/// State between two steps. Its file is a `.pt` that Python's `torch.load` opens too.
struct NoteCheckpoint {
  /// To which training it belongs.
  var identity: CheckpointIdentity
  /// Steps taken.
  var step: Int
  var weights: [String: Tensor]
  var average: WeightAverage
  /// The averaged weights of the best pass so far.
  var best: [String: Tensor]
  /// In the order of the network's parameters.
  var optimizer: [AdamW.State]
  /// The states of libtorch's generator in each process.
  var randomStates: [Tensor]
  /// What the network remembers of each row, rows first.
  var state: [Tensor]
  /// Places of the rows in the data.
  var position: [Int64]
  /// Sums of the pass that has begun.
  var sums: NoteBits
  var history: [NoteEpoch]

  /// Writes beside the name first and renames then, so that an interruption leaves the old checkpoint whole.
  func write(to url: URL, names: [String]) throws {
    var tensors: [String: Tensor] = ["identity": try Tensor([UInt8](JSONEncoder().encode(identity)))]
    for (rank, random) in randomStates.enumerated() { tensors["random.\(rank)"] = random }
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
    for (place, memory) in state.enumerated() { tensors["state.\(place)"] = memory }
    tensors["history"] = try Tensor(history.flatMap(\.numbers), shape: [history.count, NoteEpoch.width])
    let draft = url.appendingPathExtension("part")
    do {
      try PickleFile.write(tensors, to: draft)
      // The old checkpoint goes only when the new one is on the disk.
      try FileHandle(forUpdating: draft).synchronize()
    } catch {
      unlink(draft.path)
      throw TrainingError("\(url.path) cannot be written; check the folder and the free space.")
    }
    guard rename(draft.path, url.path) == 0 else {
      throw TrainingError("\(url.path) cannot be written: \(String(cString: strerror(errno))); choose another place.")
    }
  }

  /// Reads a checkpoint.
  ///
  /// - Parameters:
  ///   - wanted: the training that is to go on; a checkpoint of another one is refused.
  ///   - names: the parameters of its network.
  ///   - averaging: the share that its average keeps.
  init(contentsOf url: URL, wanted: CheckpointIdentity, names: [String], averaging: Double) throws {
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
    func numbered(_ prefix: String) -> [Tensor] {
      var found: [Tensor] = []
      while let tensor = tensors[prefix + "\(found.count)"] { found.append(tensor) }
      return found
    }
    func named(_ prefix: String) throws(TrainingError) -> [String: Tensor] {
      var found: [String: Tensor] = [:]
      for name in names { found[name] = try tensor(prefix + name) }
      return found
    }
    let foreign = TrainingError("\(url.path) is no checkpoint of this version; train without --resume.")
    guard let bytes = try tensors["identity"]?.values(as: UInt8.self),
      let identity = try? JSONDecoder().decode(CheckpointIdentity.self, from: Data(bytes))
    else { throw foreign }
    if let difference = identity.difference(from: wanted) {
      throw TrainingError(
        "\(url.path) belongs to a training with other options: \(difference); give the same options, or train without "
          + "--resume.")
    }
    let progress = try tensor("progress").values(as: Int64.self)
    let rows = try tensor("history").values(as: Double.self)
    let numbers = try tensor("sums").values(as: Double.self)
    let attributes = NoteAttribute.allCases.count
    guard progress.count == 2, progress.allSatisfy({ $0 >= 0 }), rows.count % NoteEpoch.width == 0,
      numbers.count == attributes + 1, rows.allSatisfy(\.isFinite), !numbered("random.").isEmpty
    else { throw foreign }
    self.identity = identity
    step = Int(progress[0])
    weights = try named("weight.")
    best = try named("best.")
    average = WeightAverage(values: try named("average."), decay: averaging, updates: Int(progress[1]))
    optimizer = try names.map { name in
      AdamW.State(
        step: Int(try tensor("step." + name).values(as: Int64.self).first ?? 0), mean: try tensor("mean." + name),
        square: try tensor("square." + name))
    }
    randomStates = numbered("random.")
    state = numbered("state.")
    position = try tensor("position").values(as: Int64.self)
    sums = NoteBits(nats: Array(numbers.prefix(attributes)), notes: numbers[attributes])
    history = stride(from: 0, to: rows.count, by: NoteEpoch.width).map {
      NoteEpoch(numbers: Array(rows[$0..<$0 + NoteEpoch.width]))
    }
  }

  init(
    identity: CheckpointIdentity, step: Int, weights: [String: Tensor], average: WeightAverage, best: [String: Tensor],
    optimizer: [AdamW.State], randomStates: [Tensor], state: [Tensor], position: [Int64], sums: NoteBits,
    history: [NoteEpoch]
  ) {
    self.identity = identity
    self.step = step
    self.weights = weights
    self.average = average
    self.best = best
    self.optimizer = optimizer
    self.randomStates = randomStates
    self.state = state
    self.position = position
    self.sums = sums
    self.history = history
  }
}
