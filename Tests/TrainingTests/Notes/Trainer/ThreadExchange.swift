// An exchange for tests between two threads of one process.
import Foundation
import Torch

@testable import Training

/// Where the threads meet. All state is guarded by the condition's lock.
final class Meeting: @unchecked Sendable {
  private let condition = NSCondition()
  private let size: Int
  private var deposits: [Int: [Double]] = [:]
  private var results: [[Double]] = []
  private var round = 0

  init(size: Int) { self.size = size }

  /// The values of all ranks, once all have given theirs.
  func exchange(_ values: [Double], rank: Int) -> [[Double]] {
    condition.lock()
    defer { condition.unlock() }
    let own = round
    deposits[rank] = values
    if deposits.count == size {
      results = deposits.sorted { $0.key < $1.key }.map(\.value)
      deposits = [:]
      round += 1
      condition.broadcast()
    }
    while round == own { condition.wait() }
    return results
  }

  /// Waits until rank 0 has come to its first exchange, so that it alone has used libtorch's generator.
  func waitForFirst() {
    condition.lock()
    defer { condition.unlock() }
    while round == 0, deposits[0] == nil { _ = condition.wait(until: Date().addingTimeInterval(0.01)) }
  }
}

final class ThreadExchange: GradientExchange {
  let rank: Int
  let size: Int
  private let meeting: Meeting

  init(_ meeting: Meeting, rank: Int, size: Int) {
    self.meeting = meeting
    self.rank = rank
    self.size = size
  }

  func averageGradients(of parameters: [Tensor]) throws {
    for parameter in parameters {
      let all = meeting.exchange(try parameter.gradient().values(as: Double.self), rank: rank)
      let mean = all[0].indices.map { place in Float(all.reduce(0) { $0 + $1[place] } / Double(size)) }
      try parameter.zeroGradient()
      // A gradient cannot be set, but that of a sum of products is its constant.
      try (parameter * Tensor(mean, shape: parameter.shape)).sum().backward()
    }
  }

  func broadcast(_ tensors: [Tensor]) throws {
    for tensor in tensors {
      let all = meeting.exchange(try tensor.values(as: Double.self), rank: rank)
      try tensor.blend(with: Tensor(all[0].map { Float($0) }, shape: tensor.shape))
    }
  }

  func sum(_ values: [Double]) throws -> [Double] {
    let all = meeting.exchange(values, rank: rank)
    return values.indices.map { place in all.reduce(0) { $0 + $1[place] } }
  }

  func gather(_ tensor: Tensor) throws -> [Tensor] {
    let isBytes = tensor.shape.count == 1
    return try meeting.exchange(try tensor.values(as: Double.self), rank: rank).map { values in
      isBytes
        ? try Tensor(values.map { UInt8($0) }, shape: tensor.shape)
        : try Tensor(values.map { Float($0) }, shape: tensor.shape)
    }
  }
}
