// The daemon's end of the control socket in the file system: made, guarded and removed.

import Glibc

/// A bound and listening unix socket that only this user can reach, and that only one server holds.
///
/// A lock file beside the socket decides who serves: the kernel lets go of it when its holder dies in whatever way, so
/// a socket that is left behind is replaced, and two servers that start at once can't both win.
struct ListeningSocket: ~Copyable {
  let descriptor: Int32
  let path: String
  private let lock: Int32
  private let identity: (device: dev_t, inode: ino_t)

  /// Binds the path. The folder is made when it is missing; the last component of a made or `antiphon` folder is 0700.
  init(path: String, backlog: Int32 = 64) throws(ControlError) {
    try Self.prepareFolder(of: path)
    let lock = try Self.lock(path)
    do throws(ControlError) {
      try Self.removeStale(path)
      descriptor = try Self.bind(path, backlog: backlog)
    } catch {
      close(lock)
      throw error
    }
    self.path = path
    self.lock = lock
    var information = stat()
    stat(path, &information)
    identity = (information.st_dev, information.st_ino)
  }

  deinit {
    // Only our own socket is removed, not one that somebody put in its place.
    var information = stat()
    if stat(path, &information) == 0, information.st_dev == identity.device, information.st_ino == identity.inode {
      unlink(path)
    }
    close(descriptor)
    close(lock)
  }

  private static func prepareFolder(of path: String) throws(ControlError) {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    let made = mkdir(folder, 0o700) == 0
    if !made && errno != EEXIST { throw .folder(folder, reason: UnixSocket.reason) }
    // A folder of our name is ours to close to others (systemd makes it 0755); any other one stays as it is.
    let isOurs = made || folder.hasSuffix("/antiphon")
    guard isOurs else { return }
    var information = stat()
    guard stat(folder, &information) == 0 else { throw .folder(folder, reason: UnixSocket.reason) }
    guard information.st_mode & S_IFMT == S_IFDIR else { throw .folder(folder, reason: "it is no folder") }
    guard information.st_uid == geteuid() else { throw .folder(folder, reason: "it belongs to another user") }
    if information.st_mode & 0o077 != 0, chmod(folder, 0o700) != 0 {
      throw .folder(folder, reason: UnixSocket.reason)
    }
  }

  private static func lock(_ path: String) throws(ControlError) -> Int32 {
    let descriptor = open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .system("lock", path: path, reason: UnixSocket.reason) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let isHeld = errno == EWOULDBLOCK
      let reason = UnixSocket.reason
      close(descriptor)
      throw isHeld ? .alreadyRunning(path) : .system("lock", path: path, reason: reason)
    }
    return descriptor
  }

  private static func removeStale(_ path: String) throws(ControlError) {
    var information = stat()
    guard lstat(path, &information) == 0 else { return }
    guard information.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path) }
    // Whoever answers without our lock (it was deleted, say) is alive all the same.
    let probe = try UnixSocket.make(for: path, blocking: false)
    defer { close(probe) }
    if try UnixSocket.connects(probe, to: path) || errno == EAGAIN { throw .alreadyRunning(path) }
    unlink(path)
  }

  private static func bind(_ path: String, backlog: Int32) throws(ControlError) -> Int32 {
    let descriptor = try UnixSocket.make(for: path, blocking: false)
    // On Linux the socket's own mode becomes the file's, so there is no moment in which others could connect.
    fchmod(descriptor, 0o600)
    let bound: Bool
    do throws(ControlError) {
      bound = try UnixSocket.withAddress(path) { Glibc.bind(descriptor, $0, $1) == 0 }
    } catch {
      close(descriptor)
      throw error
    }
    guard bound, chmod(path, 0o600) == 0, listen(descriptor, backlog) == 0 else {
      let reason = UnixSocket.reason
      close(descriptor)
      throw .system("open", path: path, reason: reason)
    }
    return descriptor
  }
}
