// The number format in which a layer keeps its weights.

/// Format of a layer's matrix in memory. Biases, activations and sums are 32-bit floats in either case.
///
/// A step of a recurrent network reads every weight once, so that its time is the weights' bytes by the memory's
/// bandwidth: 16-bit weights halve it. Values that come from an F16 tensor are kept exactly.
public enum WeightPrecision: String, Sendable, CaseIterable {
  case float32
  /// IEEE half floats, widened when they are read. Numbers beyond ±65504 become ±65504.
  case float16

  /// What loses nothing of tensors stored as `type` and runs fastest: half floats for F16 tensors, except on x86-64
  /// machines without F16C, where widening costs more than it saves.
  public static func fastest(for type: TensorType, on instructions: KernelInstructions = .best) -> WeightPrecision {
    #if arch(x86_64)
    let widensInHardware = instructions != .portable
    #else
    let widensInHardware = true
    #endif
    return type == .float16 && widensInHardware ? .float16 : .float32
  }
}
