// Reading Standard MIDI Files.

public import Foundation

/// The contents of a Standard MIDI File (formats 0, 1 and 2) in seconds and in quarter notes.
///
/// Any sequence of bytes gives a value or a `StandardMIDIFileError`. The tracks of format 2 are independent pieces;
/// they follow one another in time. Chunks of unknown type, meta events other than tempo, meter and track names, and
/// system exclusive events are skipped. In a file whose time is SMPTE frames a quarter note counts as half a second.
/// See "Standard MIDI Files 1.0" (MIDI Manufacturers Association, RP-001).
public struct StandardMIDIFile: Sendable {
  /// A channel message with its place in time.
  public struct TimedEvent: Hashable, Sendable {
    /// Seconds from the start of the file.
    public let time: Double
    /// Quarter notes from the start of the file.
    public let quarters: Double
    /// The number of the track, from 0.
    public let track: Int
    /// What was sent.
    public let message: MIDIMessage
  }

  /// The most bytes that are read. A million notes take a quarter of it.
  public static let largestSize = 32 << 20

  /// 0: one track; 1: simultaneous tracks; 2: successive tracks.
  public let format: Int
  /// All channel messages in the order of time; at equal times in the order of the tracks.
  public let events: [TimedEvent]
  /// Seconds from the start to the end of the longest track (of format 2: of the last).
  public let duration: Double
  /// Quarter notes from the start to the end of the longest track (of format 2: of the last).
  public let durationInQuarters: Double
  /// The tempo changes of all tracks.
  public let tempoMap: TempoMap
  /// The meters of all tracks in the order of time; 4/4 is meant where there is none.
  public let timeSignatures: [TimeSignature]
  /// The name of each track; empty where it has none.
  public let trackNames: [String]

  /// Reads the file at `url`.
  ///
  /// - Throws: a `StandardMIDIFileError` that names the file.
  public init(contentsOf url: URL) throws(StandardMIDIFileError) {
    do {
      try self.init(data: try Self.contents(of: url))
    } catch {
      throw StandardMIDIFileError(error.problem, file: url.lastPathComponent)
    }
  }

  /// Reads the bytes of a file.
  public init(data: Data) throws(StandardMIDIFileError) {
    guard data.count <= Self.largestSize else { throw StandardMIDIFileError(.tooLarge(bytes: data.count)) }
    var reader = ByteReader([UInt8](data))
    guard data.starts(with: Array("MThd".utf8)) else { throw StandardMIDIFileError(.notMIDI) }
    try reader.skip(4)
    var header = try reader.slice(try reader.number(bytes: 4))
    format = try header.number(bytes: 2)
    let trackCount = try header.number(bytes: 2)
    let divisionBits = try header.number(bytes: 2)
    guard format <= 2 else { throw StandardMIDIFileError(.unknownFormat(format)) }
    guard let division = TimeDivision(header: divisionBits) else {
      throw StandardMIDIFileError(.unknownDivision(divisionBits))
    }
    var tracks: [Track] = []
    while tracks.count < trackCount {
      let type = try reader.number(bytes: 4)
      let content = try reader.slice(try reader.number(bytes: 4))
      if type == Self.trackChunk { tracks.append(try Track(content)) }
    }
    trackNames = tracks.map { $0.name ?? "" }
    let score = Score(tracks, areSuccessive: format == 2, division: division)
    (tempoMap, timeSignatures) = (score.tempoMap, score.timeSignatures)
    events = score.events
    durationInQuarters = score.length
    duration = score.tempoMap.seconds(atQuarters: score.length)
  }

  /// "MTrk" as a number.
  private static let trackChunk = 0x4D54_726B

  /// The bytes of a regular file of bearable size: a pipe or a device may never end.
  private static func contents(of url: URL) throws(StandardMIDIFileError) -> Data {
    do {
      let values = try url.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
      guard values.isRegularFile == true else {
        throw StandardMIDIFileError(.unreadable(reason: "it is not a regular file; give a .mid file"))
      }
      let size = values.fileSize ?? 0
      guard size <= largestSize else { throw StandardMIDIFileError(.tooLarge(bytes: size)) }
      return try Data(contentsOf: url)
    } catch let error as StandardMIDIFileError {
      throw error
    } catch {
      let missing = !FileManager.default.fileExists(atPath: url.path)
      throw StandardMIDIFileError(.unreadable(reason: missing ? "there is no such file" : error.localizedDescription))
    }
  }
}
