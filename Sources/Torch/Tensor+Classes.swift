// Operations of networks that choose among classes: embeddings, impossible classes, cross entropy.
import CTorch

extension Tensor {
  /// Rows of this table [rows, width]: `index` Int64 [N] gives [N, width]. An index outside the table throws.
  public func embedding(_ index: Tensor) throws(TorchError) -> Tensor {
    try Tensor.make("embedding") { ctorch_embedding(handle, index.handle, $0) }
  }

  /// These logits [N, classes] with -infinity for the classes below `lowest`, Int64 [N].
  public func forbidding(below lowest: Tensor) throws(TorchError) -> Tensor {
    try Tensor.make("forbid") { ctorch_forbid_below(handle, lowest.handle, $0) }
  }

  /// The sum of -log softmax(self)[target], in nats, over the rows of self [N, classes] whose target is not `ignored`.
  ///
  /// - Parameter targets: classes, Int64 [N].
  public func crossEntropy(targets: Tensor, ignoring ignored: Int = -1) throws(TorchError) -> Tensor {
    try Tensor.make("cross entropy") { ctorch_cross_entropy(handle, targets.handle, Int64(ignored), $0) }
  }
}
