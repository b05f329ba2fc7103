// One training of a note network, from its first step to its last.
import Foundation
import Torch

/// The state of a training between two steps. For one thread.
final class NoteTrainingRun {
  private let options: NoteTrainingOptions
  private let validation: [NoteSequence]
  private let network: NoteNetwork
  private let averaged: NoteNetwork
  private let optimizer: AdamW
  private let cycle: OneCycle
  private let stepsPerEpoch: Int
  private var streams: NoteStreams
  private var state: NoteNetwork.State
  private var average: WeightAverage
  private var best: [String: Tensor]
  private var sums = NoteBits()
  private var step = 0
  private var progress = TrainingProgress()
  private(set) var history: [NoteEpoch] = []

  /// Prepares a training and, when asked, continues a checkpoint.
  init(_ options: NoteTrainingOptions, training: [NoteSequence], validation: [NoteSequence]) throws {
    try options.validate()
    let training = Array(training.prefix(options.sequenceLimit ?? training.count))
    let validation = Array(validation.prefix(options.sequenceLimit ?? validation.count))
    guard !training.isEmpty, !validation.isEmpty else {
      throw TrainingError(
        "There are \(training.count) training and \(validation.count) validation sequences; prepare data with both.")
    }
    self.options = options
    self.validation = validation
    try TorchRuntime.setThreads(options.threads)
    try TorchRuntime.seed(options.seed)
    network = try NoteNetwork(options.network)
    averaged = try NoteNetwork(options.network)
    average = try WeightAverage(of: network, decay: options.averaging)
    best = try network.copies()
    optimizer = try AdamW(network.parameters.map(\.tensor), rate: options.rate, weightDecay: options.weightDecay)
    let hasEnds = options.network.outputs.contains(.interval)
    let predictions = training.reduce(0) { $0 + $1.events.count + (hasEnds ? 1 : 0) }
    let rows = min(options.batch, max(1, predictions / options.window))
    stepsPerEpoch = (predictions + rows * options.window - 1) / (rows * options.window)
    cycle = OneCycle(start: options.rate, peak: 2 * options.rate, steps: stepsPerEpoch * options.epochs)
    streams = NoteStreams(
      training, rows: rows, augmentation: options.augmentation, seed: options.seed, isEndless: true, hasEnds: hasEnds)
    state = try network.start(rows: rows)
    if options.resumes { try resume() }
    finish(
      "\(network.parameterCount) parameters, \(training.count) sequences of \(predictions) predictions a pass, "
        + "\(stepsPerEpoch) steps a pass, \(options.threads) thread(s), libtorch \(TorchRuntime.version)")
  }

  /// Trains to the end, or throws when interrupted.
  func train(isInterrupted: () -> Bool) throws {
    while history.count < options.epochs && !isStale {
      let figures = try trainEpoch(isInterrupted)
      if figures.validation.total < (history.map(\.validation.total).min() ?? .infinity) {
        best = try averaged.copies()
      }
      history.append(figures)
      sums = NoteBits()
      try checkpoint()
    }
  }

  /// The averaged network of the best pass.
  func bestNetwork() throws -> NoteNetwork {
    try averaged.load(best)
    return averaged
  }

  private var isStale: Bool {
    guard let lowest = history.min(by: { $0.validation.total < $1.validation.total }) else { return false }
    return history.count - 1 - lowest.epoch >= options.patience
  }

  private func trainEpoch(_ isInterrupted: () -> Bool) throws -> NoteEpoch {
    let clock = ContinuousClock()
    let start = clock.now
    var notes = 0
    while step < (history.count + 1) * stepsPerEpoch {
      notes += try update()
      show(speed: Double(notes) / ((clock.now - start) / .seconds(1)))
      if isInterrupted() { throw try interruption() }
    }
    let seconds = (clock.now - start) / .seconds(1)
    try averaged.load(average.values)
    let measured = try NoteTrainer.measure(averaged, on: validation)
    let figures = NoteEpoch(
      epoch: history.count, rate: cycle.rate(at: step - 1), training: sums, validation: measured,
      notesASecond: Double(notes) / max(seconds, 1e-9))
    let left = ((clock.now - start) / .seconds(1)) * Double(options.epochs - history.count - 1)
    finish(
      "pass \(history.count + 1)/\(options.epochs): training \(sums.text); validation \(measured.text); "
        + "\(Int(figures.notesASecond)) notes/s, left \(TrainingProgress.clock(left))")
    return figures
  }

  /// One step of the optimiser; returns the notes it saw.
  private func update() throws -> Int {
    guard let batch = try streams.window(steps: options.window) else {
      throw TrainingError("The training sequences are empty; prepare data with notes.")
    }
    let losses = try network.losses(batch, state: &state, training: true)
    state = try state.map { try $0.detached() }
    let values = try losses.map { ($0.attribute, try $0.nats.item()) }
    guard let first = losses.first, values.allSatisfy({ $0.1.isFinite }) else {
      throw TrainingError("The loss is no longer a number; train again with a smaller --rate than \(options.rate).")
    }
    let loss = try losses.dropFirst().reduce(first.nats) { try $0 + $1.nats }
    try network.zeroGradients()
    try (loss / Double(max(1, batch.noteCount))).backward()
    try network.clipGradients(to: options.clipping)
    try optimizer.set(rate: cycle.rate(at: step), weightDecay: options.weightDecay)
    try optimizer.step()
    try average.update(from: network)
    sums.add(values, notes: batch.noteCount)
    step += 1
    return batch.noteCount
  }

  private func show(speed: Double) {
    guard !options.isQuiet else { return }
    let done = step - history.count * stepsPerEpoch
    let seconds = sums.notes / Double(max(1, done)) * Double(stepsPerEpoch * options.epochs - step) / speed
    let last = history.last.map { ", validation \(decimals($0.validation.total, 3))" } ?? ""
    progress.show(
      done, of: stepsPerEpoch,
      "pass \(history.count + 1)/\(options.epochs) \(Int(speed)) notes/s \(sums.text)\(last), "
        + "left \(TrainingProgress.clock(seconds))")
  }

  private func finish(_ text: String) {
    if !options.isQuiet { progress.finish(text) }
  }

  private func interruption() throws -> TrainingError {
    try checkpoint()
    return TrainingError(
      options.checkpoint.map {
        "Interrupted in pass \(history.count + 1); go on with --resume (the checkpoint is \($0.lastPathComponent))."
      } ?? "Interrupted in pass \(history.count + 1).")
  }

  private func checkpoint() throws {
    guard let url = options.checkpoint else { return }
    let saved = NoteCheckpoint(
      step: step, weights: try network.copies(), average: average, best: best, optimizer: try optimizer.states(),
      randomState: try TorchRuntime.randomState(), state: state, position: streams.position, sums: sums,
      history: history)
    try saved.write(to: url, names: network.parameters.map(\.name))
  }

  private func resume() throws {
    guard let url = options.checkpoint, FileManager.default.fileExists(atPath: url.path) else {
      let path = options.checkpoint?.path ?? "without a name"
      throw TrainingError("There is no checkpoint \(path) to resume; train without --resume.")
    }
    let saved = try NoteCheckpoint(
      contentsOf: url, names: network.parameters.map(\.name), layers: options.network.layers,
      averaging: options.averaging)
    do {
      try network.load(saved.weights)
      try averaged.load(saved.average.values)
      try averaged.load(saved.best)
      try optimizer.restore(saved.optimizer)
      try TorchRuntime.setRandomState(saved.randomState)
      try streams.restore(saved.position)
    } catch {
      throw TrainingError(
        "\(url.path) belongs to a training with other options (\(error)); give the same options, "
          + "or train without --resume.")
    }
    average = saved.average
    best = saved.best
    history = saved.history
    state = saved.state
    sums = saved.sums
    step = saved.step
  }
}
