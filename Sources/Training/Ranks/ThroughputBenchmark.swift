// The speed of training, measured on a network that PyTorch has too.
import Foundation
public import Torch

/// Tokens a second of a next-token network on random tokens: embedding 64, two LSTM layers of 256 with dropout 0.3
/// between them, 256 tokens, windows of 64, Adam. `scripts/benchmark-training.py` trains the same in PyTorch.
public struct ThroughputBenchmark {
  /// What was measured.
  public struct Result: Codable, Sendable {
    /// Tokens a second of all ranks together.
    public var tokensPerSecond: Double
    /// Processor time (user and system) of all ranks for a token, in microseconds.
    public var processorMicrosecondsPerToken: Double
    /// Steps of the optimiser that were timed.
    public var steps: Int
    /// Ranks.
    public var ranks: Int
    /// Sequences side by side on each rank.
    public var rowsPerRank: Int
    /// Surprise at the last step, in nats a token; about 5.5, since the tokens are random.
    public var loss: Double
  }

  private static let vocabulary = 256
  private static let window = 64
  private let rows: Int
  private let group: ProcessGroup?
  private let network: ThroughputNetwork
  private let optimizer: AdamW
  private var random: SplitMix64

  /// Prepares the network; equal on all ranks.
  ///
  /// - Parameter batch: sequences of all ranks together.
  public init(batch: Int, group: ProcessGroup?) throws {
    let ranks = group?.size ?? 1
    guard batch >= ranks, batch % ranks == 0, batch <= 65_536 else {
      throw TrainingError("--batch is \(batch); give a multiple of the \(ranks) ranks, at most 65536.")
    }
    rows = batch / ranks
    self.group = group
    try TorchRuntime.setThreads(1)
    TorchRuntime.tune()
    try TorchRuntime.seed(1)
    network = try ThroughputNetwork(vocabulary: Self.vocabulary, embedding: 64, hidden: 256, dropout: 0.3)
    optimizer = try AdamW(network.parameters.map(\.tensor), rate: 1e-3, weightDecay: 0)
    try group?.broadcast(network.parameters.map(\.tensor))
    let seed = UInt64(1 + (group?.rank ?? 0))
    try TorchRuntime.seed(seed)
    random = SplitMix64(seed: seed)
  }

  /// Trains for a while after three steps that are not counted.
  public mutating func run(seconds: Double) throws -> Result {
    guard seconds > 0, seconds <= 3600 else {
      throw TrainingError("--seconds is \(seconds); give a time above 0 and up to 3600.")
    }
    var loss = 0.0
    for _ in 0..<3 { loss = try step() }
    try group?.barrier()
    let clock = ContinuousClock()
    let (start, processor) = (clock.now, Self.processorSeconds)
    var steps = 0
    var isOver = false
    while !isOver {
      for _ in 0..<5 { loss = try step() }
      steps += 5
      let elapsed = (clock.now - start) / .seconds(1)
      // All ranks stop after the same step.
      isOver = try (group?.sum([elapsed])[0] ?? elapsed) >= seconds * Double(group?.size ?? 1)
    }
    let elapsed = (clock.now - start) / .seconds(1)
    let own = Self.processorSeconds - processor
    let used = try group?.sum([own])[0] ?? own
    let ranks = group?.size ?? 1
    let tokens = Double(steps * rows * Self.window * ranks)
    return Result(
      tokensPerSecond: tokens / elapsed, processorMicrosecondsPerToken: 1e6 * used / tokens, steps: steps,
      ranks: ranks, rowsPerRank: rows, loss: loss)
  }

  private mutating func step() throws -> Double {
    let count = Self.window * rows
    let tokens = (0..<count + rows).map { _ in Int64(random.next() % UInt64(Self.vocabulary)) }
    let heard = try Tensor(Array(tokens.prefix(count)))
    let targets = try Tensor(Array(tokens.dropFirst(rows)))
    let nats = try network.logits(heard, rows: rows).crossEntropy(targets: targets)
    try network.zeroGradients()
    let loss = try nats / Double(count)
    try loss.backward()
    try group?.averageGradients(of: network.parameters.map(\.tensor))
    try optimizer.step()
    return try loss.item()
  }

  /// User and system time of this process.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
