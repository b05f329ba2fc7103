// Tensors: shapes, values, arithmetic against numbers computed by hand, and refusals.
import Foundation
import Testing
import Torch

@Suite struct TensorTests {
  @Test func valuesComeBackInRowMajorOrder() throws {
    let x = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    #expect(x.shape == [2, 3])
    #expect(x.count == 6)
    #expect(try x.permute([1, 0]).floats() == [1, 4, 2, 5, 3, 6])
    #expect(try x.slice(1, 1..<3).floats() == [2, 3, 5, 6])
    #expect(try Tensor.cat([x, x], along: 0).shape == [4, 3])
    #expect(try x.reshape([3, -1]).shape == [3, 2])
    #expect(try x.indexSelect(1, Tensor([2, 0] as [Int64])).floats() == [3, 1, 6, 4])
    #expect(try x.gather(1, Tensor([2, 0] as [Int64], shape: [2, 1])).floats() == [3, 4])
    #expect(try Tensor([1, 2] as [Float], shape: [2, 1]).expand([2, 2]).floats() == [1, 1, 2, 2])
    #expect(try x.cast(to: Int32.self).values(as: Int64.self) == [1, 2, 3, 4, 5, 6])
  }

  @Test func arithmeticIsThatOfNumbers() throws {
    let x = try Tensor([-1, 0, 2] as [Float])
    #expect(try (x + x * 3.0 - 1).floats() == [-5, -1, 7])
    #expect(try (x / Tensor([2, 2, 4] as [Float])).floats() == [-0.5, 0, 0.5])
    #expect(try x.relu().floats() == [0, 0, 2])
    #expect(try x.clamp(low: 0).floats() == [0, 0, 2])
    #expect(try x.sum().item() == 1)
    #expect(try x.max().item() == 2)
    #expect(try x.argmax(over: 0).item() == 2)
    #expect(abs(try x.logSumExp().item() - log(exp(-1) + 1 + exp(2.0))) < 1e-6)
    #expect(abs(try x.logSoftmax(over: 0).exp().sum().item() - 1) < 1e-6)
    let a = try Tensor([1, 2, 3, 4] as [Float], shape: [2, 2])
    #expect(try a.matmul(a).floats() == [7, 10, 15, 22])
    #expect(try a.linear(weight: a, bias: Tensor([1, -1] as [Float])).floats() == [8, 9, 16, 21])
    let signal = try Tensor([1, 2, 3, 4] as [Float], shape: [1, 1, 4])
    #expect(try signal.conv1d(weight: Tensor([1, -1] as [Float], shape: [1, 1, 2])).floats() == [-1, -1, -1])
  }

  @Test func segmentMeansAreMeansOfRuns() throws {
    let x = try Tensor([1, 10, 3, 30, 5, 50] as [Float], shape: [3, 2])
    #expect(try x.segmentMean(lengths: [2, 1]).floats() == [2, 20, 5, 50])
    #expect(throws: TorchError.self) { try x.segmentMean(lengths: [2, 2]) }
    #expect(throws: TorchError.self) { try x.segmentMean(lengths: [3, 0]) }
    #expect(throws: TorchError.self) { try x.segmentMean(lengths: [1, 1]) }
  }

  @Test func wrongShapesThrowOneSentence() throws {
    let a = try Tensor.zeros([2, 3])
    let error = #expect(throws: TorchError.self) { try a.matmul(a) }
    let text = try #require(error).description
    #expect(text.hasPrefix("matmul: "))
    #expect(!text.contains("\n"), "the C++ backtrace must not reach a reader")
    #expect(throws: TorchError.self) { try a.reshape([4]) }
    #expect(throws: TorchError.self) { try a + Tensor.zeros([2]) }
    #expect(throws: TorchError.self) { try a.item() }
    #expect(throws: TorchError.self) { try Tensor([1, 2] as [Float], shape: [3]) }
    #expect(throws: TorchError.self) { try Tensor([1, 2] as [Float], shape: [-1, -2]) }
    #expect(throws: TorchError.self) { try a.sum(over: [7]) }
    #expect(throws: TorchError.self) { try Tensor.cat([], along: 0) }
  }

  @Test func dropoutKeepsTheMeanAndFollowsTheSeed() throws {
    let ones = try Tensor([Float](repeating: 1, count: 10_000))
    try TorchRuntime.seed(5)
    let state = try TorchRuntime.randomState()
    let first = try ones.dropout(0.25, training: true).floats()
    try TorchRuntime.setRandomState(state)
    #expect(try ones.dropout(0.25, training: true).floats() == first)
    #expect(abs(first.reduce(0, +) / 10_000 - 1) < 0.05)
    #expect(try ones.dropout(0.25, training: false).floats() == ones.floats())
  }
}
