// Several processes that train one network together.
import CTorch

/// The ranks of a training, one process each, which exchange tensors over TCP (libtorch's gloo).
///
/// All ranks make the same calls in the same order; a call returns when all ranks have made it. When a rank is lost,
/// the call throws on every other rank: at once when its process has ended, after the timeout when the network is cut.
/// From then on every call throws. For one thread.
public final class ProcessGroup {
  /// This process's place, from 0.
  public let rank: Int
  /// The number of processes.
  public let size: Int
  private let handle: OpaquePointer

  /// Meets the other ranks, as ``join(environment:timeout:)`` reads where.
  init(_ place: RankEnvironment, timeout: Duration) throws(TorchError) {
    let seconds = timeout / .seconds(1)
    guard seconds >= 0.001, seconds <= 86_400 else {
      throw TorchError("ranks: the timeout is \(timeout); give one from a millisecond to a day")
    }
    var message: UnsafeMutablePointer<CChar>?
    let made = ctorch_group_join(
      place.address, place.port, Int32(place.rank), Int32(place.size), seconds, place.interface, &message)
    guard let made else { throw TorchError.taking(message, "ranks") }
    handle = made
    rank = place.rank
    size = place.size
  }

  deinit { ctorch_group_free(handle) }

  /// Meets the ranks that RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT describe, as torchrun and others set them.
  ///
  /// The network interface is the one that reaches MASTER_ADDR, or the one that GLOO_SOCKET_IFNAME names. SIGPIPE is
  /// ignored from then on.
  /// - Parameter timeout: how long to wait for all ranks to come, and later for each exchange.
  /// - Returns: nil without WORLD_SIZE, or when it is 1.
  /// - Throws: a sentence that names the variable that is missing or wrong, or says that a rank did not come.
  public static func join(
    environment: [String: String], timeout: Duration = .seconds(60)
  ) throws(TorchError) -> ProcessGroup? {
    guard let place = try RankEnvironment(environment) else { return nil }
    return try ProcessGroup(place, timeout: timeout)
  }

  /// Whether this build has gloo; ``join(environment:timeout:)`` throws without.
  public static var isAvailable: Bool { ctorch_group_available() }

  /// Puts the mean over all ranks in place of each tensor's values, in one exchange.
  public func average(_ tensors: [Tensor]) throws(TorchError) { try average(tensors, gradients: false) }

  /// Puts the mean over all ranks in place of each parameter's gradient, in one exchange; none counts as zeros.
  public func averageGradients(of parameters: [Tensor]) throws(TorchError) {
    try average(parameters, gradients: true)
  }

  private func average(_ tensors: [Tensor], gradients: Bool) throws(TorchError) {
    let handles = tensors.map(\.handle)
    try withExtendedLifetime(tensors) { () throws(TorchError) in
      try perform("ranks") { ctorch_group_average(handle, handles, handles.count, gradients, $0) }
    }
  }

  /// Puts rank 0's values in place of each tensor's, exactly and whatever the element type.
  public func broadcast(_ tensors: [Tensor]) throws(TorchError) {
    let handles = tensors.map(\.handle)
    try withExtendedLifetime(tensors) { () throws(TorchError) in
      try perform("ranks") { ctorch_group_broadcast(handle, handles, handles.count, $0) }
    }
  }

  /// The sums over all ranks, equal on all of them; as many values on each rank.
  public func sum(_ values: [Double]) throws(TorchError) -> [Double] {
    var sums = values
    try perform("ranks") { message in
      sums.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return true }
        return ctorch_group_sum(handle, base, buffer.count, message)
      }
    }
    return sums
  }

  /// Every rank's tensor in the order of the ranks, on all of them; shapes and element types are equal.
  public func gather(_ tensor: Tensor) throws(TorchError) -> [Tensor] {
    var gathered = [OpaquePointer?](repeating: nil, count: size)
    try perform("ranks") { ctorch_group_gather(handle, tensor.handle, &gathered, $0) }
    return gathered.compactMap { $0.map(Tensor.init(owning:)) }
  }

  /// Waits until all ranks are here.
  public func barrier() throws(TorchError) { try perform("ranks") { ctorch_group_barrier(handle, $0) } }
}
