// What is said when the system refuses real-time scheduling.

/// The one warning about it, whichever thread was refused: the remedy is the same for all.
enum RealtimeRights {
  /// Names what is wrong and both remedies.
  static let refusal =
    "Real-time scheduling was refused, so sound may stutter and notes come late: join the group audio "
    + "(sudo usermod -aG audio $USER) and log in again, or raise rtprio in /etc/security/limits.d "
    + "(LimitRTPRIO= of the service)."
}
