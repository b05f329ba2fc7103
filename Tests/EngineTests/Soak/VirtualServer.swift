// An audio server on a virtual clock, to be killed as often as one likes.

@testable import AudioIO

/// Opens sessions while it runs.
final class VirtualServer: AudioBackend {
  /// One life of the client on it.
  final class Session: AudioSession {
    var cycles = 0
    var isShutDown = false
    var isClosed = false
    let refusals: [String] = []
    private var wired: [ClientPort: [String]] = [:]

    func takeWiringChange() -> Bool { true }
    func connections(_ port: ClientPort) -> [String] { wired[port] ?? [] }
    func peers(_ port: ClientPort) -> [SourcePort] {
      switch port {
      case .input: [SourcePort("system:capture_1", isPhysical: true)]
      case .left, .right: [SourcePort("system:playback_1", isPhysical: true)]
      case .midiIn, .midiOut: []
      }
    }
    func takeAppeared() -> Set<String> { [] }
    func connect(_ peer: String, to port: ClientPort) { wired[port, default: []].append(peer) }
    func beginClose() { isClosed = true }
  }

  var isRunning = true
  private(set) var session: Session?
  private(set) var opened = 0

  func open() throws(OpenFailure) -> any AudioSession {
    guard isRunning else { throw .noServer }
    let session = Session()
    self.session = session
    opened += 1
    return session
  }

  /// The server dies, with word or without.
  func end(tells: Bool) {
    isRunning = false
    if tells { session?.isShutDown = true }
  }
}
