// The parts of the status that tell how the daemon is run and reached.

extension Status {
  /// The OSC server.
  public struct OSC: Codable, Equatable, Sendable {
    /// The address that it is bound to.
    public var address: String
    /// The UDP port.
    public var port: Int
    /// How many receive what it sends.
    public var subscribers: Int

    /// Collects the values.
    public init(address: String, port: Int, subscribers: Int) {
      self.address = address
      self.port = port
      self.subscribers = subscribers
    }
  }

  /// The configuration file.
  public struct Configuration: Codable, Equatable, Sendable {
    /// Where it stands, or is looked for.
    public var path: String
    /// Whether there is one.
    public var exists: Bool
    /// Why it is not obeyed, with the line; nil when all is well.
    public var problem: String?

    /// Collects the values.
    public init(path: String, exists: Bool, problem: String? = nil) {
      self.path = path
      self.exists = exists
      self.problem = problem
    }
  }
}
