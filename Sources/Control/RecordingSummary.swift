// How recording stands, as the protocol writes it.

/// What the recorder does, and how much room it has left.
public struct RecordingSummary: Codable, Equatable, Sendable {
  /// Whether what is played is kept.
  public var isOn: Bool
  /// Whether sound is kept as well.
  public var audio: Bool
  /// Where the files stand.
  public var folder: String
  /// The MIDI file that is being written; nil between two takes.
  public var file: String?
  /// What the recordings take, in bytes.
  public var bytes: Int
  /// What they may take, in bytes.
  public var limit: Int
  /// A sentence when something is wrong: what, and what to do; else nil.
  public var message: String?

  /// Collects the values.
  public init(
    isOn: Bool, audio: Bool, folder: String, file: String? = nil, bytes: Int = 0, limit: Int = 0, message: String? = nil
  ) {
    self.isOn = isOn
    self.audio = audio
    self.folder = folder
    self.file = file
    self.bytes = bytes
    self.limit = limit
    self.message = message
  }
}
