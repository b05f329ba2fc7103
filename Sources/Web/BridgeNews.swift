// What the bridge tells the page itself: whether the daemon is there.

/// A line like those of the control protocol, of a type of its own:
/// `{"type":"bridge","connected":false,"message":…}`.
struct BridgeNews: Encodable {
  static let absence = "antiphond is not running: start it with systemctl --user start antiphond"

  let type = "bridge"
  let connected: Bool
  let message: String?

  /// The daemon is not there, or went away.
  static let lost = BridgeNews(connected: false, message: absence)
}
