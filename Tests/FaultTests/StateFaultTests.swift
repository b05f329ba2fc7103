// The state cannot be written: what was set holds, one sentence says that it is not kept, and the daemon goes on.

import Control
import Foundation
import Testing

private let canRun = FileManager.default.isExecutableFile(atPath: antiphond)
/// Whether this process may mount a small file system for itself.
private let canMount: Bool = {
  guard let unshare = path(of: "unshare") else { return false }
  let probe = Process()
  probe.executableURL = URL(fileURLWithPath: unshare)
  probe.arguments = ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
  probe.standardError = FileHandle.nullDevice
  guard (try? probe.run()) != nil else { return false }
  probe.waitUntilExit()
  return probe.terminationStatus == 0
}()

@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: canRun, "antiphond is not built beside the tests"))
struct StateFaultTests {
  private func learns(_ daemon: DaemonProcess, _ reason: String) throws {
    let client = try daemon.client()
    guard case .failure(let failure) = try client.ask(.learn(name: "density", controller: 30)) else {
      Issue.record("it says that it keeps the controller")
      return
    }
    #expect(failure.message.contains("not kept") && failure.message.contains(reason), "\(failure.message)")
    // It goes on as if nothing had happened.
    if case .failure(let failure) = try client.ask(.set(name: "temperature", value: "1.2")) {
      Issue.record("\(failure.message)")
    }
    #expect(try client.ask(.ping) == .pong)
    #expect(daemon.end() == 0)
  }

  @Test("read-only home: state writes fail softly")
  func unwritableState() throws {
    // /proc takes no folders, whoever asks.
    try learns(try DaemonProcess(environment: ["XDG_STATE_HOME": "/proc/state"]), "/proc/state")
  }

  @Test("disk full: state writes fail softly", .enabled(if: canMount, "needs the right to mount"))
  func fullDisk() throws {
    let daemon = try DaemonProcess(
      before: #"""
        mount -t tmpfs -o size=8k none "$XDG_STATE_HOME"; cat /dev/zero > "$XDG_STATE_HOME/filler" 2> /dev/null
        """#,
      inOwnMounts: true
    ) { folder in
      try FileManager.default.createDirectory(atPath: folder + "/state", withIntermediateDirectories: true)
    }
    try learns(daemon, "controllers.toml")
  }
}
