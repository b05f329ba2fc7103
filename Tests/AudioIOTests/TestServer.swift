// Private audio servers for the tests, and what plays into them.
import CJACK
import Foundation
import Logging
import Synchronization
import Testing

@testable import AudioIO

/// True when a program is on the path.
func isInstalled(_ program: String) -> Bool { path(of: program) != nil }

func path(of program: String) -> String? {
  let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  return folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
}

/// Starts a program with its output discarded.
func launch(_ program: String, _ arguments: [String], _ environment: [String: String] = [:]) throws -> Process {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: try #require(path(of: program)))
  process.arguments = arguments
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  process.standardInput = FileHandle.nullDevice
  try process.run()
  return process
}

extension Process {
  /// SIGKILL, and waits for the end.
  func murder() {
    if isRunning { kill(processIdentifier, SIGKILL) }
    waitUntilExit()
  }
}

/// Waits until `condition` holds, and says whether it did.
func eventually(within seconds: Double = 10, _ condition: () throws -> Bool) rethrows -> Bool {
  let deadline = ProcessInfo.processInfo.systemUptime + seconds
  while ProcessInfo.processInfo.systemUptime < deadline {
    if try condition() { return true }
    usleep(5000)
  }
  return try condition()
}

/// jackd with the dummy driver, under a name of its own, without real-time scheduling; ends with the object.
final class TestServer {
  private static let count = Atomic<Int>(0)
  let name: String
  private var process: Process?

  init() {
    let number = Self.count.add(1, ordering: .relaxed).newValue
    name = "listen-\(ProcessInfo.processInfo.processIdentifier)-\(number)"
  }

  /// - Parameter isSynchronous: a cycle waits for its clients, so that load causes no xruns; but for a dead one too.
  func start(rate: Int = 48_000, period: Int = 256, isSynchronous: Bool = true) throws {
    let mode = isSynchronous ? ["-S"] : []
    // Servers of parallel tests can trip over each other in the registry that they share: one that fell tries again.
    for _ in 0..<5 {
      let started = try launch(
        "jackd", mode + ["--no-realtime", "-n", name, "-d", "dummy", "-r", "\(rate)", "-p", "\(period)"])
      process = started
      let socket = "/dev/shm/jack_\(name)_\(getuid())_0"
      _ = eventually(within: 1) { !started.isRunning || FileManager.default.fileExists(atPath: socket) }
      if started.isRunning { return }
    }
  }

  func murder() {
    process?.murder()
    process = nil
  }

  /// SIGTERM, and waits for the end.
  func end() {
    process?.terminate()
    process?.waitUntilExit()
    process = nil
  }

  /// Runs one of JACK's example programs against this server.
  func run(_ program: String, _ arguments: [String]) throws -> Process {
    try launch(program, arguments, ["JACK_DEFAULT_SERVER": name])
  }

  deinit {
    guard let process, process.isRunning else { return }
    process.terminate()
    process.waitUntilExit()
  }
}

/// A JACK client with one output that counts frames; what the input hears can be checked sample by sample.
final class TestSource: @unchecked Sendable {
  // @unchecked: `counter` belongs to the audio thread until the client is closed.
  let client: OpaquePointer
  private let port: OpaquePointer
  private var counter = 0
  static let modulus = 1 << 20  // exact in a Float

  init?(name: String, server: String?) {
    var status = jack_status_t(0)
    let opened =
      if let server { cjack_open(name, JackNoStartServer, &status, server) } else {
        cjack_open(name, JackNoStartServer, &status, nil)
      }
    guard let client = opened else { return nil }
    guard let port = jack_port_register(client, "out", JACK_DEFAULT_AUDIO_TYPE, UInt(JackPortIsOutput.rawValue), 0)
    else {
      jack_client_close(client)
      return nil
    }
    self.client = client
    self.port = port
    jack_set_process_callback(client, playCount, Unmanaged.passUnretained(self).toOpaque())
    jack_activate(client)
  }

  fileprivate func play(_ frames: UInt32) {
    guard let buffer = jack_port_get_buffer(port, frames)?.assumingMemoryBound(to: Float.self) else { return }
    for i in 0..<Int(frames) {
      counter = counter % (Self.modulus - 1) + 1  // 1, 2, …: never the zero of an unconnected port
      buffer[i] = Float(counter)
    }
  }

  func close() { jack_client_close(client) }
}

private func playCount(_ frames: jack_nframes_t, _ argument: UnsafeMutableRawPointer?) -> Int32 {
  guard let argument else { return 0 }
  Unmanaged<TestSource>.fromOpaque(argument).takeUnretainedValue().play(frames)
  return 0
}

/// A JackClient with an ear that takes all it can get and checks that the count goes on.
final class TestInput {
  let input: JackClient
  private let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 4096)
  private(set) var frames = 0
  private(set) var missing = 0
  private(set) var breaks = 0  // places where the count jumped without a gap mark
  private(set) var last = AudioBlock()
  private var previous: Float = 0

  init(
    server: String?, name: String = "listen", exactName: Bool = false, connect: ConnectPolicy = .firstCapture,
    start: Bool = true
  ) throws {
    let configuration = try JackConfiguration(
      clientName: name, serverName: server, exactName: exactName, connect: connect)
    var timing = SupervisionTiming()
    timing.interval = 0.02
    timing.limits.proven = 0.05
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    input = JackClient(configuration: configuration, logger: logger, timing: timing)
    if start { input.start() }
  }

  deinit {
    input.stop()
    buffer.deallocate()
  }

  var status: AudioStatus { input.status }

  /// Takes what waits.
  func listen() {
    while true {
      let block = input.read(into: buffer)
      if block.count == 0 { return }
      if block.epoch != last.epoch || block.missing > 0 { previous = 0 }
      for sample in buffer[..<block.count] {
        let expected = Float(Int(previous) % (TestSource.modulus - 1) + 1)
        if previous != 0, sample != 0, sample != expected { breaks += 1 }
        previous = sample
      }
      frames += block.count
      missing += block.missing
      last = block
    }
  }

  /// Listens until `condition` holds.
  func listen(within seconds: Double = 10, until condition: () throws -> Bool) rethrows -> Bool {
    try eventually(within: seconds) {
      listen()
      return try condition()
    }
  }

  /// Listens until this many more frames have come and the status, a look behind the samples, says so.
  func hears(_ more: Int, within seconds: Double = 10) -> Bool {
    let target = frames + more
    return listen(within: seconds) { frames >= target && status.state == .active }
  }
}
