// Scores in MusicXML.

public import Foundation
public import Music

/// The notes and key signatures of a score in MusicXML, in seconds.
///
/// Ties are merged, grace and cue notes are skipped, transposing instruments sound at pitch, repeats are played once.
/// Notes have velocity 80 and the number of their part as channel.
public struct MusicXMLScore: Sendable {
  /// A key signature and where it begins.
  public struct KeySignature: Hashable, Sendable {
    /// Seconds from the start.
    public var time: Double
    /// Sharps, or flats when negative.
    public var fifths: Int
  }

  /// The notes in the order of their onsets.
  public let notes: [Note]
  /// The key signatures of the parts that sound as written, in the order of time, each once.
  public let keySignatures: [KeySignature]
  /// The lowest pitch of the notes that sound until the end; nil for a score without notes.
  public let finalBass: Int?
  /// False when a da capo, dal segno or fine makes the piece end elsewhere than on its last page.
  public let endsOnLastPage: Bool

  /// Reads a .mxl file, or a .xml or .musicxml file.
  ///
  /// - Throws: `SourceError` when the file is no such score.
  public init(contentsOf url: URL) throws(SourceError) {
    self.init(try Self.content(of: url))
  }

  /// What a file says, in quarter notes.
  static func content(of url: URL) throws(SourceError) -> MusicXMLContent {
    let file = url.lastPathComponent
    let data: Data
    if url.pathExtension.lowercased() == "mxl" {
      data = try Self.unzipped(url)
    } else {
      do {
        data = try Data(contentsOf: url)
      } catch {
        throw SourceError.unreadable(file: file, reason: error.localizedDescription)
      }
    }
    do throws(MusicXMLParser.Failure) {
      return try MusicXMLParser.parse(data)
    } catch {
      throw SourceError.unreadable(file: file, reason: error.reason)
    }
  }

  /// Reads the text of a MusicXML score.
  ///
  /// - Throws: `SourceError.unreadable` when the data are no such score.
  public init(data: Data) throws(SourceError) {
    do throws(MusicXMLParser.Failure) {
      self.init(try MusicXMLParser.parse(data))
    } catch {
      throw SourceError.unreadable(file: "the MusicXML data", reason: error.reason)
    }
  }

  init(_ content: MusicXMLContent) {
    let tempo = QuarterTempoMap(content.tempos)
    notes = content.notes
      .map { note in
        let onset = tempo.seconds(at: note.onset)
        return Note(
          pitch: note.pitch, onset: onset, duration: tempo.seconds(at: note.end) - onset, channel: note.part % 16)
      }
      .sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
    var signatures: [KeySignature] = []
    for key in content.keys.sorted(by: { $0.position < $1.position }) where key.fifths != signatures.last?.fifths {
      signatures.append(KeySignature(time: tempo.seconds(at: key.position), fifths: key.fifths))
    }
    keySignatures = signatures
    let end = content.notes.map(\.end).max() ?? 0
    finalBass = content.notes.filter { $0.end > end - 1e-3 }.map(\.pitch).min()
    endsOnLastPage = content.endsOnLastPage
  }

  /// The most bytes that a compressed score is expanded to.
  static let largestSize = 128 << 20

  private static func unzipped(_ url: URL) throws(SourceError) -> Data {
    let file = url.lastPathComponent
    let data: Data
    do { data = try Data(contentsOf: url) } catch {
      throw SourceError.unreadable(file: file, reason: error.localizedDescription)
    }
    do throws(ZIPArchive.Failure) {
      let archive = try ZIPArchive(data)
      let container = try archive.content(of: "META-INF/container.xml", limit: largestSize)
      guard let container else { throw ZIPArchive.Failure(reason: "it has no META-INF/container.xml") }
      let text = String(decoding: container, as: UTF8.self)
      guard let match = text.firstMatch(of: /full-path\s*=\s*["']([^"']+)["']/) else {
        throw ZIPArchive.Failure(reason: "its container names no score")
      }
      guard let score = try archive.content(of: String(match.1), limit: largestSize) else {
        throw ZIPArchive.Failure(reason: "it lacks \(match.1), which its container names")
      }
      return Data(score)
    } catch {
      throw SourceError.unreadable(file: file, reason: "it is no compressed MusicXML file: \(error.reason)")
    }
  }
}
