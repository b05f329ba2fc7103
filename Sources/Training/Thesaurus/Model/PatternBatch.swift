// Patterns as tensors, and tensors of logits as patterns.
import Improviser
import Music
import Torch

/// Conversions between lists of patterns and tensors [N, 36].
enum PatternBatch {
  /// The patterns as numbers, one row each.
  static func tensor(_ patterns: [ThesaurusPattern]) throws(TorchError) -> Tensor {
    try Tensor(patterns.flatMap { PatternLogits.values(of: $0) }, shape: [patterns.count, PatternLogits.count])
  }

  /// The most probable allowed pattern of each row of logits.
  static func mostProbable(_ logits: Tensor) throws(TorchError) -> [ThesaurusPattern] {
    try rows(logits) { PatternLogits.mostProbable($0) }
  }

  /// The pattern that each row of logits means without further thought; nil where the rules forbid it.
  static func plain(_ logits: Tensor) throws(TorchError) -> [ThesaurusPattern?] {
    try rows(logits) { PatternLogits.plain($0) }
  }

  private static func rows<Result>(
    _ logits: Tensor, _ body: (UnsafePointer<Float>) -> Result
  ) throws(TorchError) -> [Result] {
    try logits.floats().withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return [] }
      return stride(from: 0, to: values.count, by: PatternLogits.count).map { body(base + $0) }
    }
  }
}
