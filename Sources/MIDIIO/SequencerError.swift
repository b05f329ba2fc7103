// Why there is no ALSA sequencer, said in one sentence.
import Glibc

/// A sequencer that cannot be used.
public enum SequencerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sequencer does not open; the reason and the remedy.
  case unavailable(reason: String, remedy: String)
  /// The sequencer opens and then refuses something the client needs; what, and the system's reason.
  case refused(what: String, reason: String)

  public var description: String {
    switch self {
    case .unavailable(let reason, let remedy):
      "No ALSA MIDI: \(reason); \(remedy)."
    case .refused(let what, let reason):
      "The ALSA sequencer refused to \(what): \(reason); close other MIDI programs and try again."
    }
  }

  /// The error for a failure to open, from the negative error number that ALSA returned and the system's text for it.
  static func opening(code: Int32, text: String) -> SequencerError {
    switch -code {
    case ENOENT, ENODEV, ENXIO:
      .unavailable(
        reason: "the kernel's sequencer is not there (/dev/snd/seq)",
        remedy: "load it with \"sudo modprobe snd-seq\"")
    case EACCES, EPERM:
      .unavailable(
        reason: "this user may not open /dev/snd/seq",
        remedy: "join the group with \"sudo usermod -aG audio $USER\" and log in again")
    default:
      .unavailable(
        reason: "the sequencer does not open (\(text))",
        remedy: "look at /dev/snd/seq and \"aconnect -l\"")
    }
  }
}
