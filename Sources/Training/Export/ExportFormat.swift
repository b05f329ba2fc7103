// The formats in which models leave the project.

/// A file format of `antiphon-train export`; the raw value is the file's extension.
public enum ExportFormat: String, CaseIterable, Sendable {
  /// A graph of standard operators for onnxruntime and its likes.
  case onnx
  /// A TorchScript module for `torch.jit.load`.
  case pt
  /// Weights by name.
  case safetensors
}
