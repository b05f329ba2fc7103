// Files of networks that Python's torch.jit.load runs.
import CTorch
public import Foundation

/// Writes TorchScript modules: tensors and the source of the methods over them.
public enum ScriptModule {
  /// Writes a module; nothing is read back.
  ///
  /// - Parameters:
  ///   - name: the class, for example "NoteLSTM".
  ///   - parameters: what can be trained further, by names that are Python identifiers.
  ///   - buffers: the module's other tensors.
  ///   - source: the methods, `forward` among them, in Python as TorchScript understands it.
  ///   - metadata: JSON that goes into the file as the extra file "metadata.json".
  /// - Throws: libtorch's sentence for source that it does not understand or a file that it cannot write.
  public static func write(
    _ name: String, parameters: [(name: String, tensor: Tensor)], buffers: [(name: String, tensor: Tensor)],
    source: String, metadata: String, to url: URL
  ) throws(TorchError) {
    let all = parameters + buffers
    let names = all.compactMap { strdup($0.name) }
    defer { for name in names { free(name) } }
    let texts = names.map { UnsafePointer<CChar>($0) }
    let handles = all.map(\.tensor.handle)
    try withExtendedLifetime(all) { () throws(TorchError) in
      try perform(url.path) {
        ctorch_script_save(
          url.path, name, texts, handles, handles.count, parameters.count, source, metadata, $0)
      }
    }
  }
}
