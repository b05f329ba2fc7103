// The device on which a process computes.
import CTorch

/// Where new tensors are made and operations run. Process-wide: choose before the first tensor, from one thread.
public enum TorchDevice {
  /// Chooses "cpu", "cuda" or "cuda:N". Without a usable CUDA the sentence says what to install.
  ///
  /// Values are copied out to Swift, and checkpoints to disk, from any device. The state of the random numbers
  /// (``TorchRuntime/randomState()``) includes the device's.
  /// - Parameter environment: where LOCAL_RANK is set, as torchrun and others do, "cuda" is the device of that number,
  ///   so that the ranks of one machine have one each.
  public static func use(_ name: String, environment: [String: String] = [:]) throws(TorchError) {
    let own = name == "cuda" ? environment["LOCAL_RANK"].map { "cuda:\($0)" } : nil
    try perform("device") { ctorch_set_device(own ?? name, $0) }
  }

  /// Whether tensors are made on a CUDA device.
  public static var isCUDA: Bool { ctorch_on_cuda() }
}
