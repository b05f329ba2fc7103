// Reading Standard MIDI Files.

public import Foundation

/// The contents of a Standard MIDI File (formats 0, 1 and 2) in seconds.
///
/// Any sequence of bytes gives a value or a `StandardMIDIFileError`. The tracks of format 2 are independent pieces;
/// they follow one another in time. Chunks of unknown type, meta events other than tempo, and system exclusive events
/// are skipped. See "Standard MIDI Files 1.0" (MIDI Manufacturers Association, RP-001).
public struct StandardMIDIFile: Sendable {
  /// A channel message with its place in time.
  public struct TimedEvent: Hashable, Sendable {
    /// Seconds from the start of the file.
    public let time: Double
    /// The number of the track, from 0.
    public let track: Int
    /// What was sent.
    public let message: MIDIMessage
  }

  /// 0: one track; 1: simultaneous tracks; 2: successive tracks.
  public let format: Int
  /// All channel messages in the order of time; at equal times in the order of the tracks.
  public let events: [TimedEvent]
  /// Seconds from the start to the end of the longest track (of format 2: of the last).
  public let duration: Double

  /// Reads the file at `url`.
  ///
  /// - Throws: a `StandardMIDIFileError` that names the file.
  public init(contentsOf url: URL) throws(StandardMIDIFileError) {
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      let missing = !FileManager.default.fileExists(atPath: url.path)
      let reason = missing ? "there is no such file" : error.localizedDescription
      throw StandardMIDIFileError(.unreadable(reason: reason), file: url.lastPathComponent)
    }
    do {
      try self.init(data: data)
    } catch {
      throw StandardMIDIFileError(error.problem, file: url.lastPathComponent)
    }
  }

  /// Reads the bytes of a file.
  public init(data: Data) throws(StandardMIDIFileError) {
    var reader = ByteReader([UInt8](data))
    guard data.starts(with: Array("MThd".utf8)) else { throw StandardMIDIFileError(.notMIDI) }
    try reader.skip(4)
    var header = try reader.slice(try reader.number(bytes: 4))
    format = try header.number(bytes: 2)
    let trackCount = try header.number(bytes: 2)
    let divisionBits = try header.number(bytes: 2)
    guard format <= 2 else { throw StandardMIDIFileError(.unknownFormat(format)) }
    guard let division = TempoMap.Division(header: divisionBits) else {
      throw StandardMIDIFileError(.unknownDivision(divisionBits))
    }
    var tracks: [Track] = []
    while tracks.count < trackCount {
      let type = try reader.number(bytes: 4)
      let content = try reader.slice(try reader.number(bytes: 4))
      if type == Self.trackChunk { tracks.append(try Track(content)) }
    }
    (events, duration) =
      format == 2 ? Self.successive(tracks, division: division) : Self.simultaneous(tracks, division: division)
  }

  /// "MTrk" as a number.
  private static let trackChunk = 0x4D54_726B

  private static func simultaneous(
    _ tracks: [Track], division: TempoMap.Division
  ) -> (events: [TimedEvent], duration: Double) {
    let tempo = TempoMap(division: division, changes: tracks.flatMap(\.tempoChanges))
    var events: [(tick: Int, track: Int, message: MIDIMessage)] = []
    for (number, track) in tracks.enumerated() {
      events += track.events.map { (tick: $0.tick, track: number, message: $0.message) }
    }
    // Swift's sort is stable: events of one tick stay in the order of tracks and of the file.
    events.sort { $0.tick < $1.tick }
    return (
      events.map { TimedEvent(time: tempo.seconds(at: $0.tick), track: $0.track, message: $0.message) },
      tempo.seconds(at: tracks.map(\.length).max() ?? 0)
    )
  }

  private static func successive(
    _ tracks: [Track], division: TempoMap.Division
  ) -> (events: [TimedEvent], duration: Double) {
    var events: [TimedEvent] = []
    var start = 0.0
    for (number, track) in tracks.enumerated() {
      let tempo = TempoMap(division: division, changes: track.tempoChanges)
      events += track.events.map {
        TimedEvent(time: start + tempo.seconds(at: $0.tick), track: number, message: $0.message)
      }
      start += tempo.seconds(at: track.length)
    }
    return (events, start)
  }
}
