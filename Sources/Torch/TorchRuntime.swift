// Process-wide state of libtorch: random numbers and threads.
import CTorch

/// What all tensors of the process share. Call from one thread.
public enum TorchRuntime {
  /// Starts the random number generator anew.
  public static func seed(_ seed: UInt64) throws(TorchError) {
    try perform("seed") { ctorch_seed(seed, $0) }
  }

  /// The generator's state, as bytes to be given to ``setRandomState(_:)``.
  public static func randomState() throws(TorchError) -> Tensor {
    try Tensor.make("random state") { ctorch_random_state($0) }
  }

  /// Continues the random numbers where a state was taken.
  public static func setRandomState(_ bytes: Tensor) throws(TorchError) {
    try perform("random state") { ctorch_set_random_state(bytes.handle, $0) }
  }

  /// The number of threads that one operation may use.
  public static func setThreads(_ count: Int) throws(TorchError) {
    try perform("threads") { ctorch_set_threads(Int32(clamping: count), $0) }
  }

  /// Sets this thread and the process up for many equal steps: freed memory is kept for the next step, and numbers too
  /// small for normal floating point count as 0.
  public static func tune() { ctorch_tune() }

  /// libtorch's version, for example "1.13.1".
  public static var version: String { String(cString: ctorch_version()) }
}
