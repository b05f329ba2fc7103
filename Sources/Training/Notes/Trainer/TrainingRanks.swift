// This process among those that train one network together.
import Torch

/// The exchanges of a training, which do nothing where it is alone. Every failure is a `LostRank`. For one thread.
struct TrainingRanks {
  private let exchange: (any GradientExchange)?

  /// Ranks that exchange; nil for one process alone.
  init(_ exchange: (any GradientExchange)?) { self.exchange = exchange.flatMap { $0.size > 1 ? $0 : nil } }

  var rank: Int { exchange?.rank ?? 0 }
  var size: Int { exchange?.size ?? 1 }
  var isFirst: Bool { rank == 0 }

  /// The rows of a window that a rank trains: consecutive, and as many as others' but for one.
  func rows(of count: Int, rank: Int) -> Range<Int> { rank * count / size..<(rank + 1) * count / size }

  func averageGradients(of network: any Module) throws {
    try attempt { try $0.averageGradients(of: network.parameters.map(\.tensor)) }
  }

  /// Gives all ranks the first one's weights, before the first step.
  func broadcast(_ network: any Module) throws {
    do {
      try attempt { try $0.broadcast(network.parameters.map(\.tensor)) }
    } catch let lost as LostRank {
      throw TrainingError(
        "Rank \(rank) of \(size) lost another rank before the first step (\(lost)), so there is no new checkpoint; "
          + "start all ranks again with the same options.")
    }
  }

  /// The sums over all ranks.
  func sum(_ values: [Double]) throws -> [Double] { try attempt { try $0.sum(values) } ?? values }

  /// The sums of surprise over all ranks.
  func sum(_ bits: NoteBits) throws -> NoteBits {
    let sums = try sum(bits.nats + [bits.notes])
    return NoteBits(nats: Array(sums.dropLast()), notes: sums.last ?? 0)
  }

  /// A tensor of equal shape from each rank.
  func gather(_ tensor: Tensor) throws -> [Tensor] { try attempt { try $0.gather(tensor) } ?? [tensor] }

  /// All `count` rows of a tensor of which each rank holds its own.
  func gatherRows(_ own: Tensor, of count: Int) throws -> Tensor {
    guard size > 1 else { return own }
    let most = (0..<size).map { rows(of: count, rank: $0).count }.max() ?? 0
    let parts = try gather(padded(own, before: 0, after: most - (own.shape.first ?? 0)))
    let kept = try parts.enumerated().map { rank, part in
      try part.slice(0, 0..<rows(of: count, rank: rank).count)
    }
    return try Tensor.cat(kept, along: 0)
  }

  /// The rows of this rank in their place among `count`, those of the others zero.
  func placeRows(_ own: Tensor, of count: Int) throws -> Tensor {
    let range = rows(of: count, rank: rank)
    return try padded(own, before: range.lowerBound, after: count - range.upperBound)
  }

  private func padded(_ rows: Tensor, before: Int, after: Int) throws -> Tensor {
    let rest = Array(rows.shape.dropFirst())
    let parts = [
      before > 0 ? try Tensor.zeros([before] + rest) : nil, rows, after > 0 ? try Tensor.zeros([after] + rest) : nil,
    ].compactMap(\.self)
    return parts.count == 1 ? rows : try Tensor.cat(parts, along: 0)
  }

  private func attempt<Result>(_ body: (any GradientExchange) throws -> Result) throws -> Result? {
    guard let exchange else { return nil }
    do {
      return try body(exchange)
    } catch {
      throw LostRank(error)
    }
  }
}
