// Networks whose attention can be looked at.
import Torch

/// A network that tells where it looked while it read a window.
protocol AttentiveLearner: NoteLearner {
  /// The weights of attention over a window that begins a piece in every row, nothing hidden.
  func attention(of batch: NoteBatch) throws(TorchError) -> AttentionMaps
}

extension TransformerNetwork: AttentiveLearner {}
extension BidirectionalAttentionNetwork: AttentiveLearner {}
