// A fully connected layer.
import CKernels

/// y[o] = bias[o] + Σ over i of W[o, i] · x[i].
///
/// Immutable after `init`; `process` neither allocates nor locks and runs on any thread.
public struct DenseLayer: @unchecked Sendable {  // The packed weights are only read after init.
  public let inputs: Int
  public let outputs: Int
  private let weights: AlignedWeights
  private let bias: AlignedFloats
  private let instructions: Int32

  /// - Parameters:
  ///   - weights: [outputs, inputs], row-major.
  ///   - bias: [outputs].
  ///   - precision: how the weights are kept.
  public init(
    inputs: Int, outputs: Int, weights: [Float], bias: [Float], precision: WeightPrecision = .float32,
    instructions: KernelInstructions = .best
  ) {
    precondition(inputs > 0 && outputs > 0, "a layer has channels")
    precondition(weights.count == outputs * inputs && bias.count == outputs, "weights fit the layer's shape")
    self.inputs = inputs
    self.outputs = outputs
    self.instructions = instructions.rawValue
    self.weights = AlignedWeights(
      PackedPanels.rows(weights, rows: outputs, columns: inputs), precision: precision)
    self.bias = AlignedFloats(padding: bias)
  }

  /// Computes one step from `input` [inputs] to `output` [outputs]; they must not overlap.
  public func process(_ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>) {
    neural_dense(
      instructions, weights.isHalf, weights.pointer, bias.pointer, input, output,
      Int32(inputs), Int32(outputs))
  }
}
