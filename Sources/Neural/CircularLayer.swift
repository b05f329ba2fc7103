// A layer that mixes channels over the twelve pitch classes on a circle.
import CKernels

/// y[o, p] = bias[o] + Σ over i, d of W[o, i, d] · x[i, (p + d) mod 12], optionally rectified.
///
/// Rotating the input by k pitch classes rotates the output by k. PyTorch's equivalent is `conv1d` over x with its
/// first `taps - 1` columns appended (`F.pad(x, (0, 11), mode="circular")`). With `taps` = 1 every pitch class stands
/// alone.
/// Immutable after `init`; `process` neither allocates nor locks and runs on any thread.
public struct CircularLayer: @unchecked Sendable {  // The packed weights are only read after init.
  /// Floats of one channel: the twelve pitch classes, stored twice so that every rotation is contiguous.
  public static let stride = 24

  public let inputs: Int
  public let outputs: Int
  /// Offsets d that are mixed: 12 or 1.
  public let taps: Int
  private let weights: AlignedFloats
  private let bias: AlignedFloats
  private let instructions: KernelInstructions

  /// - Parameters:
  ///   - weights: [outputs, inputs, taps], row-major.
  ///   - bias: [outputs].
  public init(
    inputs: Int, outputs: Int, taps: Int = 12, weights: [Float], bias: [Float],
    instructions: KernelInstructions = .best
  ) {
    precondition(inputs > 0 && outputs > 0 && (1...12).contains(taps), "a layer has channels and 1 to 12 taps")
    precondition(weights.count == outputs * inputs * taps && bias.count == outputs, "weights fit the layer's shape")
    self.inputs = inputs
    self.outputs = outputs
    self.taps = taps
    self.instructions = instructions
    self.weights = AlignedFloats(padding: PackedPanels.rows(weights, rows: outputs, columns: inputs * taps))
    self.bias = AlignedFloats(padding: bias)
  }

  /// Computes one step.
  /// - Parameters:
  ///   - input: [inputs, 24], each channel's second half repeating its first.
  ///   - output: [outputs, 24], written in the same form; must not overlap the input.
  public func process(_ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, rectified: Bool) {
    neural_circular(
      instructions.rawValue, weights.pointer, bias.pointer, input, output,
      Int32(inputs), Int32(outputs), Int32(taps), rectified ? 1 : 0)
  }
}
