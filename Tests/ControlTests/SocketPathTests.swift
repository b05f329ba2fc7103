// Where the control socket stands.

import Foundation
import Testing

@testable import Control

@Suite struct SocketPathTests {
  @Test func followsTheEnvironment() throws {
    #expect(try SocketPath.standard(environment: ["XDG_RUNTIME_DIR": "/run/x"]) == "/run/x/antiphon/control")
    let folder = try TemporaryFolder()
    #expect(try SocketPath.standard(environment: [:], userFolder: folder.path) == folder.path + "/antiphon/control")
    let relative = ["XDG_RUNTIME_DIR": "here"]
    #expect(
      try SocketPath.standard(environment: relative, userFolder: folder.path) == folder.path + "/antiphon/control")
    #expect(throws: ControlError.noRuntimeDirectory) {
      try SocketPath.standard(environment: [:], userFolder: "/no/such/folder")
    }
  }
}
