// Several ranks of one program on this machine, started and watched by the program itself.
import Foundation

/// Starts copies of this very program that find each other through the environment, one for each core.
///
/// The first process only watches: it passes on Ctrl-C, and when a rank ends with an error, the others, which notice by
/// themselves, get `grace` to write their checkpoint before they are ended. A rank that still waits for the others to
/// come, and so has nothing to write, is ended after `notice`.
public struct LocalRanks {
  private let count: Int
  private let grace: Duration
  private static let notice = Duration.seconds(2)

  /// Ranks 0..<count; 1 to 64.
  public init(count: Int, grace: Duration = .seconds(30)) throws(TrainingError) {
    guard (1...64).contains(count) else {
      throw TrainingError("--ranks is \(count); give a number from 1 to 64, at most one for each core.")
    }
    self.count = count
    self.grace = grace
  }

  /// Whether this process is to start the others: other than one rank is wanted, and it is not one of them yet.
  public static func areNeeded(_ count: Int, environment: [String: String]) -> Bool {
    count != 1 && environment["WORLD_SIZE"] == nil
  }

  /// Runs the program `count` times with the same arguments and waits for all of them.
  ///
  /// Rank 0 keeps the standard streams; what the others write to standard error gets "rank N: " before each line, and
  /// their standard output is dropped.
  /// - Returns: 0 when all ranks ended well, else the status of the first that did not (128 + signal for a signal).
  public func run() throws(TrainingError) -> Int32 {
    let (arguments, environment) = (CommandLine.arguments, ProcessInfo.processInfo.environment)
    let executable = try Self.executable()
    let port = try Self.freePort()
    let relay = SignalRelay()
    defer { relay.stop() }
    var running: [pid_t: Int] = [:]
    var pipes: [PrefixedPipe] = []
    var status: Int32 = 0
    for rank in 0..<count {
      let pipe = rank == 0 ? nil : PrefixedPipe("rank \(rank): ")
      do throws(TrainingError) {
        let process = try Self.start(
          executable, arguments, Self.environment(environment, rank: rank, of: count, port: port), pipe?.writeEnd)
        running[process] = rank
      } catch {
        for process in running.keys { kill(process, SIGKILL) }
        for process in running.keys { waitpid(process, nil, 0) }
        throw error
      }
      if let pipe {
        pipe.start()
        pipes.append(pipe)
      }
    }
    let clock = ContinuousClock()
    var failure: ContinuousClock.Instant?
    var passedOn: Set<Int32> = []
    var isTold = false
    while !running.isEmpty {
      for signal in relay.wait(upTo: .milliseconds(200)) {
        passedOn.insert(signal)
        for process in running.keys { kill(process, signal) }
      }
      while let (process, code, signal) = Self.reap(), let rank = running.removeValue(forKey: process) {
        if let signal, failure == nil {
          Self.say(
            passedOn.contains(signal)
              ? "Interrupted before the ranks had begun; start again with the same options."
              : "Rank \(rank) was ended by signal \(signal); the others end too.")
        } else if rank == 0, signal == SIGTERM, isTold {
          Self.say("Rank 0 had not begun, so there is no new checkpoint; start again with the same options.")
        }
        if code != 0, status == 0 { status = code }
        if code != 0, failure == nil { failure = clock.now }
      }
      guard let start = failure else { continue }
      if !isTold, clock.now >= start + Self.notice {
        // Once a rank trains, this signal only asks it for a checkpoint.
        isTold = true
        for process in running.keys { kill(process, SIGTERM) }
      }
      if clock.now >= start + grace {
        for process in running.keys { kill(process, SIGKILL) }
      }
    }
    for pipe in pipes { pipe.finish() }
    return status
  }

  private static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  /// The variables of one rank. One thread each: the ranks are the parallelism, and two pools that spin on the same
  /// cores slow each other down. What the user has set stays.
  static func environment(
    _ environment: [String: String], rank: Int, of count: Int, port: UInt16
  ) -> [String: String] {
    var all = environment
    all["RANK"] = "\(rank)"
    all["LOCAL_RANK"] = "\(rank)"
    all["WORLD_SIZE"] = "\(count)"
    all["MASTER_ADDR"] = "127.0.0.1"
    all["MASTER_PORT"] = "\(port)"
    for name in ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"] where all[name] == nil { all[name] = "1" }
    return all
  }

  private static func executable() throws(TrainingError) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard length > 0 else {
      throw TrainingError("The program's own file is not to be found in /proc; start the ranks by hand.")
    }
    return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A port that was free a moment ago.
  private static func freePort() throws(TrainingError) -> UInt16 {
    let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { if probe >= 0 { close(probe) } }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(probe, $0, length) == 0 && getsockname(probe, $0, &length) == 0
      }
    }
    guard probe >= 0, isBound else {
      throw TrainingError("No port of the loopback interface is free, so the ranks cannot meet; is the network up?")
    }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func start(
    _ executable: String, _ arguments: [String], _ environment: [String: String], _ errors: Int32?
  ) throws(TrainingError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let errors {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, errors, 2)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The signals that this process waits for must reach the ranks.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    // A shell's background processes ignore Ctrl-C's signal; what is passed on must end a rank that has not begun.
    var ending = sigset_t()
    sigemptyset(&ending)
    for signal in [SIGINT, SIGTERM] { sigaddset(&ending, signal) }
    posix_spawnattr_setsigdefault(&attributes, &ending)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var words = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var process = pid_t()
    let failure = posix_spawn(&process, executable, &actions, &attributes, &words, &variables)
    guard failure == 0 else {
      throw TrainingError("A rank cannot be started (\(String(cString: strerror(failure)))); use fewer --ranks.")
    }
    return process
  }

  /// A child that has ended, with its status as a shell gives it, and the signal that ended it, if one did: a rank that
  /// was interrupted in order ends by itself, with the same status.
  private static func reap() -> (process: pid_t, status: Int32, signal: Int32?)? {
    var status: Int32 = 0
    let process = waitpid(-1, &status, WNOHANG)
    guard process > 0 else { return nil }
    let signal = status & 0x7f
    return signal == 0 ? (process, (status >> 8) & 0xff, nil) : (process, 128 + signal, signal)
  }
}
