// What libtorch said when it refused, as a Swift error.
import CTorch

/// A failure in libtorch, or in a file that it reads or writes.
public struct TorchError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence in libtorch's words, with the name of what failed in front.
  public let description: String

  /// Makes an error with its sentence.
  public init(_ description: String) { self.description = description }

  /// Takes over (and frees) the text that a C call left.
  static func taking(_ text: UnsafeMutablePointer<CChar>?, _ subject: String) -> TorchError {
    defer { ctorch_free_text(text) }
    return TorchError("\(subject): \(text.map { String(cString: $0) } ?? "libtorch gave no reason")")
  }
}

typealias CTorchMessage = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

/// Runs a C call that returns false on failure.
func perform(_ subject: String, _ call: (CTorchMessage) -> Bool) throws(TorchError) {
  var message: UnsafeMutablePointer<CChar>?
  guard call(&message) else { throw TorchError.taking(message, subject) }
}
