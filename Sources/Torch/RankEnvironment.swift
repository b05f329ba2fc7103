// What the environment says of a process's place among several.

/// RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT, as torchrun, wrappers of Slurm and Kubernetes set them.
struct RankEnvironment: Equatable {
  let rank, size: Int
  let address: String
  let port: UInt16
  /// GLOO_SOCKET_IFNAME, when it is set.
  let interface: String?

  /// Reads the variables; nil without WORLD_SIZE, or when it is 1. Throws a sentence that names the wrong one.
  init?(_ environment: [String: String]) throws(TorchError) {
    func wrong(_ name: String, _ wanted: String) -> TorchError {
      let found = environment[name].map { "is \"\($0)\"" } ?? "is not set"
      return TorchError("ranks: \(name) \(found); set it to \(wanted)")
    }
    guard let sizeText = environment["WORLD_SIZE"] else { return nil }
    guard let size = Int(sizeText), (1...4096).contains(size) else {
      throw wrong("WORLD_SIZE", "the number of ranks, from 1 to 4096")
    }
    guard size > 1 else { return nil }
    guard let rank = environment["RANK"].flatMap(Int.init), (0..<size).contains(rank) else {
      throw wrong("RANK", "this process's place, from 0 to \(size - 1)")
    }
    guard let address = environment["MASTER_ADDR"], !address.isEmpty else {
      throw wrong("MASTER_ADDR", "the name or address of the machine on which rank 0 runs")
    }
    guard let port = environment["MASTER_PORT"].flatMap(UInt16.init), port > 0 else {
      throw wrong("MASTER_PORT", "a free port of rank 0's machine, from 1 to 65535")
    }
    self.rank = rank
    self.size = size
    self.address = address
    self.port = port
    interface = environment["GLOO_SOCKET_IFNAME"].flatMap { $0.isEmpty ? nil : $0 }
  }
}
