// The command antiphon-train benchmark.
import ArgumentParser
import Foundation
import Torch
import Training

/// Measures the speed of training.
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark", abstract: "Measures the speed of training in tokens a second.",
    discussion: """
      Trains a network on random tokens: embedding 64, two LSTM layers of 256, dropout 0.3, 256 tokens, windows of 64, \
      Adam. "scripts/benchmark training" compares it with PyTorch.
      """)

  @Option(help: "Processes that train together, at most one a core.")
  var ranks = 1

  @Option(help: "How long to measure.")
  var seconds = 20.0

  @Option(help: "Sequences side by side, of all ranks together.")
  var batch = 64

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    if LocalRanks.areNeeded(ranks, environment: environment) {
      let status = try LocalRanks(count: ranks).run()
      throw ExitCode(status)
    }
    let group = try ProcessGroup.join(environment: environment)
    var benchmark = try ThroughputBenchmark(batch: batch, group: group)
    let result = try benchmark.run(seconds: seconds)
    guard group?.rank ?? 0 == 0 else { return }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      print(String(decoding: try encoder.encode(result), as: UTF8.self))
    } else {
      print(
        "\(Int(result.tokensPerSecond)) tokens/s, \(result.ranks) rank(s) of \(result.rowsPerRank) sequences, "
          + "\(Int(result.processorMicrosecondsPerToken)) µs of processor a token")
    }
  }
}
