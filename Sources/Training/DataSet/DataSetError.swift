// What can be wrong with a request for a data set, each said in one sentence.

/// A data set that cannot be made or read.
public enum DataSetError: Error, Equatable, Sendable, CustomStringConvertible {
  case noSoundFonts
  case noPieces(split: String)
  case badShard(index: Int, count: Int)
  case badCount(Int)
  case badNoteLength
  case badThreads(Int)
  case noFormats
  case outputIsFolder(path: String)
  case sameOutput(path: String)
  case interrupted
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
    case .badThreads(let count):
      "--threads is \(count); give a number from 1 to 1024."
    case .outputIsFolder(let path):
      "\(path) is a folder; name the safetensors file to write."
    case .sameOutput(let path):
      "Two formats would be written to \(path); give the output a name that ends in .safetensors."
    case .interrupted:
      "Interrupted; nothing was written, run the same command to begin again."
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
