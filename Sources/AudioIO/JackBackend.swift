// Opens JACK clients for the supervisor.
internal import CJACK

/// The real audio server, reached through whichever libjack the system has (jackd2 or PipeWire).
final class JackBackend: AudioBackend {
  private let configuration: JackConfiguration
  private let programs: ProgramTable
  private let onOpen: (JackSession) -> Void

  /// - Parameter onOpen: told of each session before its first cycle.
  init(configuration: JackConfiguration, programs: ProgramTable, onOpen: @escaping (JackSession) -> Void) {
    self.configuration = configuration
    self.programs = programs
    self.onOpen = onOpen
    cjack_silence()
  }

  func open() throws(OpenFailure) -> any AudioSession {
    let client = try openClient()
    guard let session = JackSession(client: client, programs: programs) else {
      jack_client_close(client)
      throw .refused("the server gave no ports")
    }
    onOpen(session)
    guard session.activate() else {
      session.beginClose()
      throw .refused("the server did not activate the client")
    }
    return session
  }

  private func openClient() throws(OpenFailure) -> OpaquePointer {
    var options = JackNoStartServer
    if configuration.exactName { options = jack_options_t(options.rawValue | JackUseExactName.rawValue) }
    var status = jack_status_t(0)
    let client =
      if let server = configuration.serverName {
        cjack_open(configuration.clientName, options, &status, server)
      } else {
        cjack_open(configuration.clientName, options, &status, nil)
      }
    if let client { return client }
    let has = { (bit: JackStatus) in status.rawValue & bit.rawValue != 0 }
    // jackd2 1.9.21 answers a taken exact name with JackServerError (0x21) and not with JackNameNotUnique.
    if has(JackNameNotUnique) || (configuration.exactName && has(JackServerError)) {
      throw .nameTaken(configuration.clientName)
    }
    if has(JackServerFailed) { throw .noServer }
    throw .refused("status 0x" + String(status.rawValue, radix: 16))
  }
}
