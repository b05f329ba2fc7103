// Where the control socket stands.

import Foundation
import Glibc

/// The socket's usual place.
public enum SocketPath {
  /// `$XDG_RUNTIME_DIR/antiphon/control`, else `/run/user/UID/antiphon/control`.
  ///
  /// - Parameter environment: the variables to look in; by default those of the process.
  /// - Parameter userFolder: the folder to fall back on; by default the one of this user below /run/user.
  public static func standard(
    environment: [String: String]? = nil, userFolder: String? = nil
  ) throws(ControlError) -> String {
    let environment = environment ?? ProcessInfo.processInfo.environment
    // The base directory specification: a relative path is to be ignored.
    if let folder = environment["XDG_RUNTIME_DIR"], folder.hasPrefix("/") {
      return folder + "/antiphon/control"
    }
    let folder = userFolder ?? "/run/user/\(getuid())"
    var information = stat()
    guard stat(folder, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
      throw .noRuntimeDirectory
    }
    return folder + "/antiphon/control"
  }
}
