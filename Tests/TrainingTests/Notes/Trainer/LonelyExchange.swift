// An exchange for tests: the other ranks do exactly what this one does, until one of them is lost.
import Torch

@testable import Training

final class LonelyExchange: GradientExchange {
  struct Lost: Error, CustomStringConvertible {
    let description = "the connection was closed"
  }

  let rank: Int
  let size: Int
  private var callsLeft: Int

  init(rank: Int, size: Int, calls: Int = .max) {
    self.rank = rank
    self.size = size
    callsLeft = calls
  }

  func averageGradients(of parameters: [Tensor]) throws { try call() }
  func broadcast(_ tensors: [Tensor]) throws { try call() }
  func sum(_ values: [Double]) throws -> [Double] {
    try call()
    return values.map { $0 * Double(size) }
  }
  func gather(_ tensor: Tensor) throws -> [Tensor] {
    try call()
    return [Tensor](repeating: tensor, count: size)
  }

  private func call() throws {
    callsLeft -= 1
    if callsLeft < 0 { throw Lost() }
  }
}
