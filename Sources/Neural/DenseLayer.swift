// A fully connected layer.
import CKernels

/// y[o] = bias[o] + Σ over i of W[o, i] · x[i].
///
/// Immutable after `init`; `process` neither allocates nor locks and runs on any thread.
public struct DenseLayer: @unchecked Sendable {  // The packed weights are only read after init.
  public let inputs: Int
  public let outputs: Int
  private let weights: AlignedFloats
  private let bias: AlignedFloats
  private let instructions: KernelInstructions

  /// - Parameters:
  ///   - weights: [outputs, inputs], row-major.
  ///   - bias: [outputs].
  public init(
    inputs: Int, outputs: Int, weights: [Float], bias: [Float], instructions: KernelInstructions = .best
  ) {
    precondition(inputs > 0 && outputs > 0, "a layer has channels")
    precondition(weights.count == outputs * inputs && bias.count == outputs, "weights fit the layer's shape")
    self.inputs = inputs
    self.outputs = outputs
    self.instructions = instructions
    let packed = PackedPanels(weights, rows: outputs, columns: inputs, bias: bias)
    self.weights = packed.weights
    self.bias = packed.bias
  }

  /// Computes one step from `input` [inputs] to `output` [outputs]; they must not overlap.
  public func process(_ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>) {
    neural_dense(
      instructions.rawValue, weights.pointer, bias.pointer, input, output, Int32(inputs), Int32(outputs))
  }
}
