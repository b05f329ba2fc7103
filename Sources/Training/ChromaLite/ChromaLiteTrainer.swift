// The training loop of ChromaLite.
import Foundation
import Torch

/// Trains one network on one data set. Everything random follows from the seed: batches and cuts from (seed, epoch,
/// sample), weights and dropout from libtorch's generator, whose state a checkpoint keeps.
final class ChromaLiteTrainer {
  private let options: TrainingOptions
  private let samples: ChromaSamples
  private let trainPlaces: [Int]
  private let validation: Validation
  private let assembler: BatchAssembler
  private let network: ChromaLiteNetwork
  private let averaged: ChromaLiteNetwork
  private let optimizer: AdamW
  private let cycle: OneCycle
  private var average: WeightAverage
  private var best: [String: Tensor]
  private(set) var history: [EpochFigures] = []
  private var step = 0
  private var progress = TrainingProgress()
  private let checkpointURL: URL

  /// Prepares a training and, when asked, continues a checkpoint.
  init(_ options: TrainingOptions, samples: ChromaSamples) throws {
    try options.validate()
    self.options = options
    self.samples = samples
    let assembler = BatchAssembler(shape: options.shape)
    self.assembler = assembler
    func places(_ split: ChromaSamples.Split) -> [Int] {
      let all = samples.labels.indices.filter {
        samples.labels[$0].split == split && !assembler.allowedClasses(samples.labels[$0]).isEmpty
      }
      return Array(all.prefix(options.sampleLimit ?? all.count))
    }
    trainPlaces = places(.train)
    let held = places(.validation)
    guard !trainPlaces.isEmpty, !held.isEmpty else {
      throw TrainingError(
        "The data set has \(trainPlaces.count) training and \(held.count) validation samples of the wanted families; "
          + "generate a set with both.")
    }
    validation = Validation(held, of: samples, assembler: assembler)
    try TorchRuntime.setThreads(options.threads)
    try TorchRuntime.seed(options.seed)
    network = try ChromaLiteNetwork(options.shape)
    averaged = try ChromaLiteNetwork(options.shape)
    average = try WeightAverage(of: network, decay: options.averaging)
    best = try network.copies()
    optimizer = try AdamW(network.parameters.map(\.tensor), rate: options.rate, weightDecay: options.weightDecay)
    let steps = (trainPlaces.count + options.batch - 1) / options.batch * options.epochs
    cycle = OneCycle(start: options.rate, peak: 2 * options.rate, steps: steps)
    checkpointURL = options.output.deletingPathExtension().appendingPathExtension("checkpoint.pt")
    if options.resumes { try resume() }
  }

  /// Trains until the last epoch, or until the validation loss has not fallen for `patience` epochs.
  /// - Returns: the averaged network of the best epoch, and its validation.
  func run() throws -> (network: ChromaLiteNetwork, validation: Validation.Result) {
    try run(until: options.epochs)
    try averaged.load(best)
    return (averaged, try validation.measure(averaged))
  }

  /// Trains until `epoch` epochs are done in all, or training no longer helps.
  func run(until epoch: Int) throws {
    progress.finish(
      "\(network.parameterCount) parameters, \(trainPlaces.count) training samples, \(options.threads) thread(s), "
        + "libtorch \(TorchRuntime.version)")
    while history.count < min(epoch, options.epochs) && !isStale {
      let epoch = history.count
      let figures = try train(epoch)
      let isBest = figures.validationLoss < (history.map(\.validationLoss).min() ?? .infinity)
      if isBest { best = try averaged.copies() }
      history.append(figures)
      if history.count % options.checkpointInterval == 0 { try checkpoint() }
    }
  }

  private var isStale: Bool {
    guard let lowest = history.min(by: { $0.validationLoss < $1.validationLoss }) else { return false }
    return history.count - 1 - lowest.epoch >= options.patience
  }

  private func train(_ epoch: Int) throws -> EpochFigures {
    let clock = ContinuousClock()
    let start = clock.now
    var shuffle = SplitMix64(seed: options.seed, index: UInt64(epoch))
    let order = trainPlaces.shuffled(using: &shuffle)
    var lossSum = 0.0
    var done = 0
    var rate = options.rate
    for first in stride(from: 0, to: order.count, by: options.batch) {
      let places = order[first..<min(first + options.batch, order.count)]
      rate = cycle.rate(at: step)
      lossSum += try update(places.map { cut($0, epoch) }, rate: rate) * Double(places.count)
      done += places.count
      let elapsed = clock.now - start
      show(epoch, done, loss: lossSum / Double(done), seconds: elapsed / .seconds(1))
    }
    let seconds = (clock.now - start) / .seconds(1)
    try averaged.load(average.values)
    let measured = try validation.measure(averaged)
    let figures = EpochFigures(
      epoch: epoch, rate: rate, trainLoss: lossSum / Double(order.count), validationLoss: measured.loss,
      validationAccuracy: measured.accuracy, samplesASecond: Double(order.count) / seconds)
    progress.finish(summary(figures, epochSeconds: (clock.now - start) / .seconds(1)))
    return figures
  }

  private func cut(_ place: Int, _ epoch: Int) -> ChromaCut {
    var random = SplitMix64(seed: options.seed &+ 1, index: UInt64(epoch) << 32 | UInt64(place))
    return ChromaCut(sample: place, available: samples.labels[place].steps, random: &random)
  }

  /// One step of the optimiser; returns the loss before it.
  private func update(_ cuts: [ChromaCut], rate: Double) throws -> Double {
    let batch = try assembler.batch(cuts, of: samples)
    try network.zeroGradients()
    let logits = try network.logits(batch, training: true)
    let loss = try ScaleLoss.smoothed(logits: logits, targets: batch.targets, smoothing: options.labelSmoothing)
    let value = try loss.item()
    guard value.isFinite else {
      throw TrainingError("The loss is no longer a number; train again with a smaller --rate than \(options.rate).")
    }
    try loss.backward()
    try optimizer.set(rate: rate, weightDecay: options.weightDecay)
    try optimizer.step()
    try average.update(from: network)
    step += 1
    return value
  }

  private func show(_ epoch: Int, _ done: Int, loss: Double, seconds: Double) {
    let speed = Double(done) / seconds
    let left = Double((options.epochs - epoch) * trainPlaces.count - done) / speed
    let last = history.last.map {
      ", validation \(decimals($0.validationLoss, 3)) \(decimals(100 * $0.validationAccuracy, 1)) %"
    }
    progress.show(
      done, of: trainPlaces.count,
      "epoch \(epoch + 1)/\(options.epochs) \(Int(speed)) samples/s loss \(decimals(loss, 3))\(last ?? "") "
        + "left \(TrainingProgress.clock(left))")
  }

  private func summary(_ figures: EpochFigures, epochSeconds: Double) -> String {
    let left = epochSeconds * Double(options.epochs - figures.epoch - 1)
    return "epoch \(figures.epoch + 1)/\(options.epochs): loss \(decimals(figures.trainLoss, 4)), "
      + "validation loss \(decimals(figures.validationLoss, 4)), "
      + "accuracy \(decimals(100 * figures.validationAccuracy, 2)) %, "
      + "\(Int(figures.samplesASecond)) samples/s, left \(TrainingProgress.clock(left))"
  }

  private func checkpoint() throws {
    let state = Checkpoint(
      epoch: history.count, step: step, weights: try network.copies(), average: average, best: best,
      optimizer: try optimizer.states(), randomState: try TorchRuntime.randomState(), history: history)
    try state.write(to: checkpointURL, names: network.parameters.map(\.name))
  }

  private func resume() throws {
    guard FileManager.default.fileExists(atPath: checkpointURL.path) else {
      throw TrainingError("There is no checkpoint \(checkpointURL.path) to resume; train without --resume.")
    }
    let state = try Checkpoint(
      contentsOf: checkpointURL, names: network.parameters.map(\.name), averaging: options.averaging)
    do {
      try network.load(state.weights)
      try averaged.load(state.average.values)
      try averaged.load(state.best)
      try optimizer.restore(state.optimizer)
      try TorchRuntime.setRandomState(state.randomState)
    } catch {
      throw TrainingError(
        "\(checkpointURL.path) belongs to a training with other options (\(error)); give the same options, "
          + "or train without --resume.")
    }
    average = state.average
    best = state.best
    history = state.history
    step = state.step
  }
}

/// A number with so many digits after the point.
func decimals(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
