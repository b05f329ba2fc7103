// The ways in which a sound file cannot be read, each with one sentence for the person who named the file.

/// Why a sound file cannot be opened or read. `description` names the file, says what is wrong and what to do.
public enum SoundFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nothing stands at the path.
  case notFound(path: String)
  /// The path is a directory.
  case isDirectory(path: String)
  /// The operating system refuses to open it; `reason` is its own word.
  case unreadable(path: String, reason: String)
  /// The file holds not one byte.
  case empty(path: String)
  /// libsndfile knows no such format, or the header is broken; `reason` is its own word.
  case notAudio(path: String, reason: String)
  /// The file has a header and not one frame that can be decoded.
  case noFrames(path: String)
  /// The sample rate (Hz) lies outside `SoundFile.acceptedRates`.
  case rateOutOfRange(path: String, rate: Int)
  /// More channels than `SoundFile.mostChannels`.
  case tooManyChannels(path: String, channels: Int)
  /// Every sample is NaN, infinite or absurdly large.
  case noUsableSamples(path: String)
  /// The file cannot be written; `reason` says why.
  case unwritable(path: String, reason: String)

  public var description: String {
    switch self {
    case .notFound(let path):
      "\(path): there is no such file; check the name."
    case .isDirectory(let path):
      "\(path): this is a directory; name the sound files in it, for instance "
        + "\(path.hasSuffix("/") ? path : path + "/")*.wav."
    case .unreadable(let path, let reason):
      "\(path): the file cannot be opened (\(reason)); check its permissions."
    case .empty(let path):
      "\(path): the file is empty (0 bytes); record or copy it again."
    case .notAudio(let path, let reason):
      "\(path): this is no sound file that libsndfile can read (\(reason)); convert it to WAV or FLAC first."
    case .noFrames(let path):
      "\(path): the file has a header but no sound in it; record or copy it again."
    case .rateOutOfRange(let path, let rate):
      "\(path): its sample rate of \(rate) Hz is outside \(SoundFile.acceptedRates.lowerBound) to "
        + "\(SoundFile.acceptedRates.upperBound) Hz; resample it with `sox IN -r 44100 OUT`."
    case .tooManyChannels(let path, let channels):
      "\(path): it has \(channels) channels and at most \(SoundFile.mostChannels) are read; "
        + "mix it down with `sox IN -c 1 OUT`."
    case .noUsableSamples(let path):
      "\(path): none of its samples is a usable number (NaN or infinite); export it again."
    case .unwritable(let path, let reason):
      "\(path): the file cannot be written (\(reason)); check the folder, its permissions and the free space."
    }
  }
}
