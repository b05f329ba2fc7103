// Files of named tensors that Python's torch.load opens, and torch.save wrote.
import CTorch
public import Foundation

/// Reads and writes `.pt` files that hold a dictionary of tensors.
public enum PickleFile {
  /// Writes the tensors, in the order of their names.
  public static func write(_ tensors: [String: Tensor], to url: URL) throws(TorchError) {
    let entries = tensors.sorted { $0.key < $1.key }
    let names = entries.compactMap { strdup($0.key) }
    defer { for name in names { free(name) } }
    let texts = names.map { UnsafePointer<CChar>($0) }
    let handles = entries.map(\.value.handle)
    try withExtendedLifetime(tensors) { () throws(TorchError) in
      try perform(url.path) { ctorch_save(url.path, texts, handles, handles.count, $0) }
    }
  }

  /// Reads all tensors. Pickle can hold anything, so a file that holds something else is refused.
  public static func read(_ url: URL) throws(TorchError) -> [String: Tensor] {
    let collector = Collector()
    try perform(url.path) { message in
      ctorch_load(
        url.path,
        { context, name, tensor in
          guard let context else { return }
          let collector = Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue()
          collector.tensors[String(cString: name)] = Tensor(owning: tensor)
        }, Unmanaged.passUnretained(collector).toOpaque(), message)
    }
    return collector.tensors
  }

  private final class Collector {
    var tensors: [String: Tensor] = [:]
  }
}
