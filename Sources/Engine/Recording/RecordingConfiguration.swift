// What the user can set about recording.

/// Settings of a `Recorder`.
public struct RecordingConfiguration: Sendable, Equatable {
  /// The bytes that all recordings may take by default: 2 GB.
  public static let standardLimit = 2_000_000_000

  /// Whether recording is on from the start.
  public var startsOn: Bool
  /// Whether sound is kept as well, even where it is not asked for.
  public var audio: Bool
  /// The bytes that the folder may hold.
  public var limitBytes: Int
  /// Where the files go; nil when no home is known.
  public var folder: String?

  /// - Parameters: see the properties; the folder is by default `recordings` where the user's state is kept.
  public init(
    startsOn: Bool = false, audio: Bool = false, limitBytes: Int = RecordingConfiguration.standardLimit,
    folder: String? = UserFolders().state.map { $0 + "/recordings" }
  ) {
    self.startsOn = startsOn
    self.audio = audio
    self.limitBytes = limitBytes
    self.folder = folder
  }
}
