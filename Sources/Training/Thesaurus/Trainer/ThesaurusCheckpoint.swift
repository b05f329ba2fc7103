// A training of the autoencoder in the middle, on disk: enough to continue as if it had never stopped.
import Foundation
import Torch

/// State between two steps. Its file is a `.pt` that Python's `torch.load` opens too.
struct ThesaurusCheckpoint {
  /// What must be the same for a checkpoint to go on.
  struct Identity: Codable, Equatable {
    private static let currentVersion = 1

    var version = currentVersion
    let latent, hidden, epochs, batch: Int
    let beta, rate, priorWeight, balance, weightDecay: Double
    let seed: UInt64
    /// Training patterns, and a checksum of their order (FNV-1a).
    let patterns: Int
    let checksum: UInt64

    /// What differs from the training that is asked for, as "its … is …, not …"; nil when nothing does.
    func difference(from wanted: Identity) -> String? {
      func compare<Value: Equatable>(_ name: String, _ value: (Identity) -> Value) -> String? {
        let (own, other) = (value(self), value(wanted))
        return own == other ? nil : "its \(name) is \(own), not \(other)"
      }
      let differences = [
        compare("version") { $0.version }, compare("latent length") { $0.latent }, compare("hidden size") { $0.hidden },
        compare("number of passes") { $0.epochs }, compare("batch") { $0.batch }, compare("beta") { $0.beta },
        compare("learning rate") { $0.rate }, compare("prior weight") { $0.priorWeight },
        compare("balance") { $0.balance }, compare("weight decay") { $0.weightDecay }, compare("seed") { $0.seed },
        compare("number of training patterns") { $0.patterns }, compare("list of training patterns") { $0.checksum },
      ]
      return differences.compactMap(\.self).first
    }
  }

  var identity: Identity
  /// Steps taken.
  var step: Int
  var weights: [String: Tensor]
  /// In the order of the network's parameters.
  var optimizer: [AdamW.State]
  /// The state of libtorch's generator.
  var randomState: Tensor
  /// Sums of the pass that has begun, after the rows of those that have ended.
  var history: [ThesaurusEpoch]

  /// Writes beside the name first and renames then, so that an interruption leaves the old checkpoint whole.
  func write(to url: URL, names: [String]) throws {
    var tensors: [String: Tensor] = ["thesaurus": try Tensor([UInt8](JSONEncoder().encode(identity)))]
    tensors["random"] = randomState
    tensors["step"] = try Tensor([Int64(step)])
    tensors["history"] = try Tensor(history.flatMap(\.numbers), shape: [history.count, ThesaurusEpoch.width])
    for (name, tensor) in weights { tensors["weight." + name] = tensor }
    for (name, memory) in zip(names, optimizer) {
      tensors["mean." + name] = memory.mean
      tensors["square." + name] = memory.square
      tensors["step." + name] = try Tensor([Int64(memory.step)])
    }
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
      let reason = String(cString: strerror(errno))
      unlink(draft.path)
      throw TrainingError("\(url.path) cannot be written: \(reason); choose another --checkpoint.")
    }
  }

  /// Reads a checkpoint.
  ///
  /// - Parameters:
  ///   - wanted: the training that is to go on; a checkpoint of another one is refused.
  ///   - names: the parameters of its network.
  init(contentsOf url: URL, wanted: Identity, names: [String]) throws {
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw TrainingError("There is no checkpoint \(url.path) to resume; train without --resume.")
    }
    let tensors: [String: Tensor]
    do {
      tensors = try PickleFile.read(url)
    } catch {
      throw TrainingError("\(url.path) cannot be read as a checkpoint; delete it and train without --resume.")
    }
    let foreign = TrainingError("\(url.path) is no checkpoint of this training; train without --resume.")
    func tensor(_ key: String) throws(TrainingError) -> Tensor {
      guard let tensor = tensors[key] else { throw foreign }
      return tensor
    }
    guard let bytes = try tensors["thesaurus"]?.values(as: UInt8.self),
      let identity = try? JSONDecoder().decode(Identity.self, from: Data(bytes))
    else { throw foreign }
    if let difference = identity.difference(from: wanted) {
      throw TrainingError(
        "\(url.path) belongs to a training with other options: \(difference); give the same options, or train without "
          + "--resume.")
    }
    let numbers = try tensor("history").values(as: Double.self)
    guard let step = try tensor("step").values(as: Int64.self).first, step >= 0,
      numbers.count % ThesaurusEpoch.width == 0, numbers.allSatisfy(\.isFinite)
    else { throw foreign }
    self.identity = identity
    self.step = Int(step)
    weights = [:]
    for name in names { weights[name] = try tensor("weight." + name) }
    optimizer = try names.map { name in
      AdamW.State(
        step: Int(try tensor("step." + name).values(as: Int64.self).first ?? 0), mean: try tensor("mean." + name),
        square: try tensor("square." + name))
    }
    randomState = try tensor("random")
    history = stride(from: 0, to: numbers.count, by: ThesaurusEpoch.width).map {
      ThesaurusEpoch(numbers: numbers[$0..<$0 + ThesaurusEpoch.width])
    }
  }

  init(
    identity: Identity, step: Int, weights: [String: Tensor], optimizer: [AdamW.State], randomState: Tensor,
    history: [ThesaurusEpoch]
  ) {
    (self.identity, self.step, self.weights) = (identity, step, weights)
    (self.optimizer, self.randomState, self.history) = (optimizer, randomState, history)
  }
}

extension ThesaurusCheckpoint.Identity {
  /// The training of `options` on patterns with these numbers in the list.
  init(_ options: ThesaurusTrainingOptions, numbers: [Int]) {
    self.init(
      latent: options.latent, hidden: options.hidden, epochs: options.epochs, batch: options.batch,
      beta: options.beta, rate: options.rate, priorWeight: options.priorWeight, balance: options.balance,
      weightDecay: options.weightDecay, seed: options.seed, patterns: numbers.count,
      checksum: numbers.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
  }
}
