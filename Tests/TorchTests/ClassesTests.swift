// Operations of networks that choose among classes, against numbers computed by hand.
import Foundation
import Testing
import Torch

@Suite struct ClassesTests {
  @Test func embeddingsAreRowsAndShareTheirGradient() throws {
    let table = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [3, 2]).requiringGradient()
    let rows = try table.embedding(Tensor([2, 0, 2] as [Int64]))
    #expect(try rows.floats() == [5, 6, 1, 2, 5, 6])
    try rows.sum().backward()
    #expect(try table.gradient().floats() == [1, 1, 0, 0, 2, 2])
    for wrong in [[3], [-1]] as [[Int64]] {
      let error = #expect(throws: TorchError.self) { try table.embedding(Tensor(wrong)) }
      #expect(error?.description.contains("has 3 rows") == true)
    }
  }

  @Test func impossibleClassesHaveNoProbability() throws {
    let logits = try Tensor([1, 2, 3, 3, 2, 1] as [Float], shape: [2, 3]).requiringGradient()
    let possible = try logits.forbidding(below: Tensor([0, 2] as [Int64]))
    #expect(try possible.floats() == [1, 2, 3, -.infinity, -.infinity, 1])
    let loss = try possible.crossEntropy(targets: Tensor([1, 2] as [Int64]))
    let wanted = -log(exp(2.0) / (exp(1.0) + exp(2.0) + exp(3.0)))
    #expect(abs(try loss.item() - wanted) < 1e-6)
    try loss.backward()
    let gradient = try logits.gradient().floats()
    #expect(gradient.allSatisfy { $0.isFinite })
    #expect(gradient.suffix(3) == [0, 0, 0])
    #expect(throws: TorchError.self) { try logits.forbidding(below: Tensor([0] as [Int64])) }
  }

  @Test func ignoredTargetsCountNothing() throws {
    let logits = try Tensor([1, 2, 3, 0, 0, 0] as [Float], shape: [2, 3])
    let both = try logits.crossEntropy(targets: Tensor([0, -1] as [Int64]), ignoring: -1).item()
    let one = try logits.slice(0, 0..<1).crossEntropy(targets: Tensor([0] as [Int64])).item()
    #expect(abs(both - one) < 1e-6)
    #expect(throws: TorchError.self) { try logits.crossEntropy(targets: Tensor([0, 3] as [Int64])) }
  }

  @Test func clippingScalesAllGradientsTogether() throws {
    struct Pair: Module {
      let a, b: Tensor
      var parameters: [(name: String, tensor: Tensor)] { [("a", a), ("b", b)] }
    }
    let pair = Pair(
      a: try Tensor([0] as [Float]).requiringGradient(), b: try Tensor([0] as [Float]).requiringGradient())
    try (pair.a * 3.0 + pair.b * 4.0).sum().backward()
    #expect(abs(try pair.clipGradients(to: 10) - 5) < 1e-6)
    #expect(try pair.a.gradient().floats() == [3])
    try pair.clipGradients(to: 1)
    #expect(abs(try pair.a.gradient().item() - 0.6) < 1e-6)
    #expect(abs(try pair.b.gradient().item() - 0.8) < 1e-6)
  }

  @Test func detachedTensorsEndTheGraph() throws {
    let x = try Tensor([2] as [Float]).requiringGradient()
    try (x * x.detached()).sum().backward()
    #expect(try x.gradient().floats() == [2])
  }
}
