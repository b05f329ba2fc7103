// What can be wrong with a request for a data set, each said in one sentence.

/// A data set that cannot be made or read.
public enum DataSetError: Error, Equatable, Sendable, CustomStringConvertible {
  case noSoundFonts
  case noPieces(split: String)
  case badShard(index: Int, count: Int)
  case badCount(Int)
  case badNoteLength
  case noFormats
  case negatives(folder: String)
  case unreadable(path: String, reason: String)
  case unwritable(path: String, reason: String)
  case notADataSet(path: String, reason: String)

  public var description: String {
    switch self {
    case .noSoundFonts:
      "No SoundFont was given; name at least one .sf2 or .sf3 file, for example /usr/share/sounds/sf2/FluidR3_GM.sf2."
    case .noPieces(let split):
      "No labelled piece is left for \(split); check the music folders."
    case .badShard(let index, let count):
      "Shard \(index)/\(count) does not exist; use a number from 1 to the number of shards."
    case .badCount(let count):
      "A data set of \(count) samples cannot be made; ask for at least one sample a shard."
    case .badNoteLength:
      "The seed preset's note lengths must lie between 0.05 and 7 s; choose others."
    case .noFormats:
      "No output format was chosen; choose at least one of safetensors, csv, pt and wav."
    case .negatives(let folder):
      "Folder \(folder) holds no sound file for negatives; put .wav, .ogg or .flac files there or leave the option out."
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason); check the path and its permissions."
    case .unwritable(let path, let reason):
      "\(path) cannot be written: \(reason); check the folder, its permissions and the free space."
    case .notADataSet(let path, let reason):
      "\(path) is no scale data set: \(reason); make one with \"antiphon-train scales generate\"."
    }
  }
}
