// One training of the autoencoder, from its first step to its last.
import Foundation
import Improviser
import Music
import Torch

/// The state of a training between two steps. For one thread; it uses libtorch's generator, which belongs to the
/// process.
final class ThesaurusTrainingRun {
  /// The network in training.
  let network: ThesaurusNetwork
  /// One row a pass that has begun.
  private(set) var history: [ThesaurusEpoch] = []
  private let options: ThesaurusTrainingOptions
  private let identity: ThesaurusCheckpoint.Identity
  private let patterns: Tensor
  private let count: Int
  private let order: PatternOrder
  private let cycle: OneCycle
  private let stepsPerEpoch: Int
  private let optimizer: AdamW
  private var draws: [Int] = []
  private var step = 0
  private var lastCheckpoint = ContinuousClock.now
  private var progress = TrainingProgress()

  /// Seconds between two checkpoints.
  private static let interval = Duration.seconds(30)

  /// Prepares a training on `patterns` and, when asked, continues the checkpoint.
  init(_ options: ThesaurusTrainingOptions, patterns: [ThesaurusPattern]) throws {
    try options.validate()
    guard !patterns.isEmpty else { throw TrainingError("There are no patterns to train on; give at least one.") }
    self.options = options
    count = patterns.count
    // Sums are made in the same order whatever the machine, and a step is too small to be divided.
    try TorchRuntime.setThreads(1)
    try TorchRuntime.seed(options.seed)
    network = try ThesaurusNetwork(latent: options.latent, hidden: options.hidden)
    optimizer = try AdamW(network.parameters.map(\.tensor), rate: options.rate, weightDecay: options.weightDecay)
    self.patterns = try PatternBatch.tensor(patterns)
    order = PatternOrder(patterns, balance: options.balance, seed: options.seed)
    stepsPerEpoch = (patterns.count + options.batch - 1) / options.batch
    cycle = OneCycle(start: options.rate, peak: 2 * options.rate, steps: stepsPerEpoch * options.epochs)
    identity = ThesaurusCheckpoint.Identity(options, numbers: patterns.map { PatternList.all.index(of: $0) })
    if options.resumes { try resume() }
    say(
      "thesaurus: \(network.parameterCount) parameters, \(count) patterns, \(stepsPerEpoch) steps a pass, libtorch "
        + TorchRuntime.version)
  }

  /// Trains to the end.
  ///
  /// - Parameter isInterrupted: asked after each step; when true, a checkpoint is written and an error says so.
  func train(isInterrupted: () -> Bool) throws {
    let start = (time: ContinuousClock.now, step: step)
    let last = stepsPerEpoch * options.epochs
    while step < last {
      try update()
      let elapsed = (ContinuousClock.now - start.time) / .seconds(1)
      let left = elapsed / Double(step - start.step) * Double(last - step)
      if !options.isQuiet, let row = history.last, step % stepsPerEpoch == 0 {
        progress.show(
          step, of: last, "pass \(history.count)/\(options.epochs), left \(TrainingProgress.clock(left)), \(row.text)")
      }
      guard !isInterrupted() else { throw try interruption() }
      if ContinuousClock.now - lastCheckpoint >= Self.interval { try checkpoint() }
    }
    try checkpoint()
    if let row = history.last { say("pass \(history.count)/\(options.epochs): \(row.text)") }
  }

  /// One step of the optimiser.
  private func update() throws {
    let (epoch, place) = (step / stepsPerEpoch, step % stepsPerEpoch)
    if place == 0 { history.append(ThesaurusEpoch()) }
    if place == 0 || draws.isEmpty { draws = order.draws(epoch: epoch) }
    let chosen = draws[(place * options.batch)..<min(count, (place + 1) * options.batch)]
    let batch = try patterns.indexSelect(0, Tensor(chosen.map(Int64.init)))
    let done = Double(step) / Double(stepsPerEpoch * options.epochs)
    let (mean, logVariance) = try network.encode(batch)
    let shape = [chosen.count, options.latent]
    // The reparameterisation: the gradient flows through mean and variance, not through the noise.
    let vectors = try mean + (logVariance / 2).exp() * Tensor.normal(shape)
    let reconstruction = try ThesaurusLoss.reconstruction(network.decode(vectors), of: batch)
    let divergence = try ThesaurusLoss.divergence(mean: mean, logVariance: logVariance)
    let risen = min(1, done / ThesaurusTrainingOptions.warmUp)
    var loss = try reconstruction + divergence * (options.beta * risen)
    var seen = ThesaurusEpoch(reconstruction: try reconstruction.item(), divergence: try divergence.item())
    if options.priorWeight > 0, risen == 1 {
      let logits = try network.decode(Tensor.normal(shape))
      let meant = try PatternBatch.tensor(PatternBatch.mostProbable(logits))
      let doubt = try ThesaurusLoss.reconstruction(logits, of: meant)
      loss = try loss + doubt * options.priorWeight
      seen.prior = try doubt.item()
    }
    guard seen.numbers.allSatisfy(\.isFinite) else {
      throw TrainingError(
        "The loss is no longer a number; train again with a smaller --learning-rate than \(options.rate).")
    }
    try network.zeroGradients()
    try loss.backward()
    try network.clipGradients(to: options.clipping)
    try optimizer.set(rate: cycle.rate(at: step), weightDecay: options.weightDecay)
    try optimizer.step()
    history[history.count - 1].add(seen, share: Double(chosen.count) / Double(count))
    step += 1
  }

  private func checkpoint() throws {
    lastCheckpoint = .now
    let saved = ThesaurusCheckpoint(
      identity: identity, step: step, weights: try network.copies(), optimizer: try optimizer.states(),
      randomState: try TorchRuntime.randomState(), history: history)
    try saved.write(to: options.checkpointFile, names: network.parameters.map(\.name))
  }

  /// Writes a checkpoint after Ctrl-C and says how to go on.
  private func interruption() throws -> TrainingError {
    try checkpoint()
    return TrainingError(
      "Interrupted in pass \(history.count); go on with --resume and the same options (the checkpoint is "
        + "\(options.checkpointFile.lastPathComponent)).")
  }

  private func resume() throws {
    let url = options.checkpointFile
    let saved = try ThesaurusCheckpoint(contentsOf: url, wanted: identity, names: network.parameters.map(\.name))
    // As many rows as passes have begun, or the file was changed.
    guard saved.step <= stepsPerEpoch * options.epochs,
      saved.history.count == (saved.step + stepsPerEpoch - 1) / stepsPerEpoch
    else { throw TrainingError("\(url.path) is damaged; delete it and train without --resume.") }
    do {
      try network.load(saved.weights)
      try optimizer.restore(saved.optimizer)
      try TorchRuntime.setRandomState(saved.randomState)
    } catch {
      throw TrainingError("\(url.path) does not fit this network (\(error)); train without --resume.")
    }
    (history, step) = (saved.history, saved.step)
  }

  private func say(_ text: String) {
    if !options.isQuiet { progress.finish(text) }
  }
}
