// What a training asks of the processes that train with it.
public import Torch

/// Exchanges between the ranks of a data-parallel training. All ranks make the same calls in the same order; a call
/// throws when another rank was lost, and from then on every call does. For one thread.
public protocol GradientExchange {
  /// This rank, 0..<size.
  var rank: Int { get }
  /// Ranks.
  var size: Int { get }

  /// Replaces each parameter's gradient by its mean over the ranks; a parameter without gradient counts as zeros.
  func averageGradients(of parameters: [Tensor]) throws
  /// Replaces the values by those of rank 0.
  func broadcast(_ tensors: [Tensor]) throws
  /// Sums over the ranks, the same bits on each.
  func sum(_ values: [Double]) throws -> [Double]
  /// The tensors of all ranks in their order; the shapes and types must be equal.
  func gather(_ tensor: Tensor) throws -> [Tensor]
}
