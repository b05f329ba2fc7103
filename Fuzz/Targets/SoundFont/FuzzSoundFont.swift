// SoundFont files: the check before FluidSynth's own parser accepts or refuses any bytes with a sentence.

import Foundation
import FuzzSupport
import Glibc
import Synth

/// The file that is written anew for each input, in memory where the system offers that.
private let path: String = {
  let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : NSTemporaryDirectory()
  let path = folder + "/antiphon-fuzz-\(getpid()).sf2"
  _ = path.withCString { strdup($0) }.map { name in
    // Removed at the end of a run; a crash leaves it behind for a look.
    removedPath = name
    atexit { if let removedPath { unlink(removedPath) } }
  }
  return path
}()
nonisolated(unsafe) private var removedPath: UnsafeMutablePointer<CChar>?

/// The input is the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  FuzzInput.process(start, size) { bytes in
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    FuzzInput.check(descriptor >= 0 && write(descriptor, bytes, bytes.count) == bytes.count, "\(path) can be written")
    close(descriptor)
    do throws(SoundFontError) {
      let file = try SoundFontFile(contentsOf: URL(fileURLWithPath: path))
      FuzzInput.check(file.format == .sf2 || file.format == .sf3, "a SoundFont has a format")
    } catch {
      FuzzInput.check(!error.description.isEmpty, "an error says what is wrong")
    }
  }
}
