// One training of a note network, from its first step to its last.
import Foundation
import Torch

/// The state of a training between two steps. For one thread.
///
/// With several processes each makes the same windows and trains its share of the rows; everything else is the same in
/// all of them, and the first alone shows progress and writes files.
final class NoteTrainingRun {
  let options: NoteTrainingOptions
  let ranks: TrainingRanks
  let identity: CheckpointIdentity
  let network: any NoteLearner
  let averaged: any NoteLearner
  let optimizer: AdamW
  let rows: Int
  private let validation: NoteSource
  private let observer: (any TrainingObserver)?
  private let cycle: OneCycle
  private let stepsPerEpoch: Int
  var streams: NoteStreams
  /// The network's state of the rows of this rank.
  var state: [Tensor]
  var average: WeightAverage
  /// The averaged weights of the best pass.
  var best: [String: Tensor]
  /// Sums of the pass that has begun, over all ranks.
  var sums = NoteBits()
  var step = 0
  /// Where the rows stood before the step that is under way; nil between steps.
  var placesBeforeStep: [Int64]?
  var history: [NoteEpoch] = []
  private var lastCheckpoint = ContinuousClock.now
  private var progress = TrainingProgress()

  /// Prepares a training and, when asked, continues a checkpoint.
  init(
    _ options: NoteTrainingOptions, training: NoteSource, validation: NoteSource,
    observer: (any TrainingObserver)? = nil, ranks: TrainingRanks
  ) throws {
    try options.validate()
    let training = training.prefix(options.sequenceLimit)
    let validation = validation.prefix(options.sequenceLimit)
    guard training.count > 0, validation.count > 0 else {
      throw TrainingError(
        "There are \(training.count) training and \(validation.count) validation sequences; prepare data with both.")
    }
    var options = options
    options.model.conditions = try options.conditionBy.names(in: training)
    try NoteLearnerFactory.prepare(&options.model, from: training)
    self.options = options
    self.validation = validation
    self.observer = observer
    self.ranks = ranks
    try TorchRuntime.setThreads(options.threads)
    try TorchRuntime.seed(options.seed)
    network = try NoteLearnerFactory.make(options.model)
    averaged = try NoteLearnerFactory.make(options.model)
    guard options.model.conditions.isEmpty || network.hearsCondition else {
      throw TrainingError(
        "The kind \(options.model.kind.rawValue) cannot be told the \(options.conditionBy.rawValue); train it without "
          + "--condition, or another --model.")
    }
    let predictions = training.noteCount + (network.hasEnds ? training.count : 0)
    let rows = min(options.batch, max(1, predictions / options.window))
    guard rows >= ranks.size else {
      throw TrainingError(
        "\(ranks.size) processes cannot share \(rows) rows; start fewer, or give more data or a larger --batch.")
    }
    self.rows = rows
    stepsPerEpoch = (predictions + rows * options.window - 1) / (rows * options.window)
    cycle = OneCycle(start: options.rate, peak: 2 * options.rate, steps: stepsPerEpoch * options.epochs)
    identity = CheckpointIdentity(
      model: options.model, training: NoteSourceSummary(training), validation: NoteSourceSummary(validation),
      rows: rows, window: options.window, seed: options.seed, augmentation: options.augmentation)
    try ranks.broadcast(network)
    average = try WeightAverage(of: network, decay: options.averaging)
    best = try network.copies()
    optimizer = try AdamW(network.parameters.map(\.tensor), rate: options.rate, weightDecay: options.weightDecay)
    streams = NoteStreams(
      training, reading: NoteReading(network), rows: rows, augmentation: options.augmentation, seed: options.seed,
      isEndless: true)
    state = try network.start(rows: ranks.rows(of: rows, rank: ranks.rank).count)
    // The ranks drop different values.
    if !ranks.isFirst { try TorchRuntime.seed(options.seed &+ UInt64(ranks.rank)) }
    if options.resumes { try resume() }
    let processes = ranks.size > 1 ? "\(ranks.size) processes, " : ""
    finish(
      "\(options.model.kind.rawValue): \(network.parameterCount) parameters, \(training.count) sequences of "
        + "\(predictions) predictions a pass, \(stepsPerEpoch) steps a pass, \(processes)\(options.threads) thread(s), "
        + "libtorch \(TorchRuntime.version)")
  }

  /// Trains to the end, or throws when interrupted or when another process was lost.
  func train(isInterrupted: () -> Bool) throws {
    do {
      while history.count < options.epochs && !isStale {
        let figures = try trainEpoch(isInterrupted)
        if figures.validation.total < (history.map(\.validation.total).min() ?? .infinity) {
          best = try averaged.copies()
        }
        history.append(figures)
        sums = NoteBits()
        try regularCheckpoint()
        if ranks.isFirst { observer?.epoch(figures) }
      }
    } catch let lost as LostRank {
      throw emergency(lost)
    }
  }

  /// The averaged network of the best pass.
  func bestNetwork() throws -> any NoteLearner {
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
    var notes = 0.0
    while step < (history.count + 1) * stepsPerEpoch {
      let seen = try update()
      notes += seen.notes
      let speed = notes / max(1e-9, (clock.now - start) / .seconds(1))
      show(speed: speed)
      if ranks.isFirst {
        observer?.step(step - 1, loss: seen.total, rate: cycle.rate(at: step - 1), notesASecond: speed)
      }
      try pause(isInterrupted: isInterrupted())
    }
    let seconds = (clock.now - start) / .seconds(1)
    try averaged.load(average.values)
    let measured = try NoteTrainer.measure(averaged, on: validation, ranks: ranks)
    let figures = NoteEpoch(
      epoch: history.count, rate: cycle.rate(at: step - 1), training: sums, validation: measured,
      notesASecond: notes / max(seconds, 1e-9))
    let left = ((clock.now - start) / .seconds(1)) * Double(options.epochs - history.count - 1)
    finish(
      "pass \(history.count + 1)/\(options.epochs): training \(sums.text); validation \(measured.text); "
        + "\(Int(figures.notesASecond)) notes/s, left \(TrainingProgress.clock(left))")
    return figures
  }

  /// One step of the optimiser; returns the surprise that it saw, over all ranks.
  private func update() throws -> NoteBits {
    let places = streams.position
    placesBeforeStep = places
    guard let window = try streams.window(steps: options.window) else {
      throw TrainingError("The training sequences are empty; prepare data with notes.")
    }
    let batch = window.rows(ranks.rows(of: rows, rank: ranks.rank))
    var next = state
    let losses = try network.losses(batch, state: &next, training: true)
    var own = NoteBits()
    own.add(try losses.nats.map { ($0.attribute, try $0.nats.item()) }, notes: losses.notes)
    own.add([(.pitch, batch.extraNats)], notes: 0)
    let seen = try ranks.sum(own)
    guard let first = losses.nats.first, seen.nats.allSatisfy(\.isFinite) else {
      throw TrainingError("The loss is no longer a number; train again with a smaller --rate than \(options.rate).")
    }
    let loss = try losses.nats.dropFirst().reduce(first.nats) { try $0 + $1.nats }
    try network.zeroGradients()
    // The mean over the ranks of these gradients is the gradient of the surprise a note of all rows.
    try (loss / (max(1, seen.notes) / Double(ranks.size))).backward()
    try ranks.averageGradients(of: network)
    try network.clipGradients(to: options.clipping)
    try optimizer.set(rate: cycle.rate(at: step), weightDecay: options.weightDecay)
    try optimizer.step()
    try average.update(from: network)
    state = try network.detached(next)
    sums.add(seen)
    step += 1
    placesBeforeStep = nil
    return seen
  }

  /// Between two steps: ends the training when it was interrupted in any process, writes the checkpoint when it is
  /// time.
  private func pause(isInterrupted: Bool) throws {
    let isDue = ranks.isFirst && ContinuousClock.now - lastCheckpoint >= .seconds(60 * options.checkpointMinutes)
    let wishes = try ranks.sum([isInterrupted ? 1 : 0, isDue ? 1 : 0])
    if wishes[0] > 0 { throw try interruption() }
    if wishes[1] > 0 { try regularCheckpoint() }
  }

  /// Writes a checkpoint. Where that fails the training goes on with a warning, for the one before is still whole.
  private func regularCheckpoint() throws {
    lastCheckpoint = .now
    do {
      try checkpoint()
    } catch let error as TrainingError {
      warn("\(error.description) The training goes on; the checkpoint before is kept.")
    }
  }

  private func show(speed: Double) {
    guard !options.isQuiet, ranks.isFirst else { return }
    let done = step - history.count * stepsPerEpoch
    let seconds = sums.notes / Double(max(1, done)) * Double(stepsPerEpoch * options.epochs - step) / speed
    let last = history.last.map { ", validation \(decimals($0.validation.total, 3))" } ?? ""
    progress.show(
      done, of: stepsPerEpoch,
      "pass \(history.count + 1)/\(options.epochs) step \(done)/\(stepsPerEpoch), "
        + "left \(TrainingProgress.clock(seconds)), \(Int(speed)) notes/s, loss \(decimals(sums.total, 3))\(last) bits")
  }

  /// A line of progress in the first process.
  private func finish(_ text: String) {
    if !options.isQuiet, ranks.isFirst { progress.finish(text) }
  }

  /// A line that is shown in any case.
  func warn(_ text: String) { progress.finish(text) }
}
