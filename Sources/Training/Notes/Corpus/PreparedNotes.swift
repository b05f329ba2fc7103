// Reads a file of prepared note sequences.

public import Foundation
import Improviser
import Music
import Neural

/// The sequences of a file that "antiphon-train notes prepare" wrote. The file stays mapped; a sequence is read when
/// it is asked for. Immutable: threads may share it. The file must not be shortened while it is read.
///
/// Tensors: "events" I32 [notes, 4] (interval, pitch, duration, velocity), "starts" I64 [sequences + 1], "parts" I32
/// and "scales" I32 [sequences] (tonic + 12 × place of the family, -1 when unknown). The metadata "sequences" is a
/// JSON list of the names, groups and sources, and of the composers and genres where they are known.
public struct PreparedNotes: Sendable {
  static let format = "antiphon-notes 1"

  /// What a sequence is called and where it comes from.
  struct Label: Codable, Hashable {
    var name: String
    var group: String
    var source: String
    var composer: String?
    var genre: String?
  }

  /// The file's string map: format, command, report.
  public let metadata: [String: String]
  /// The reports of the sources.
  public let reports: [SourceReport]
  private let file: SafetensorsFile
  private let labels: [Label]
  private let starts: [Int]
  private let parts: [NotePart]
  private let scales: [Scale?]

  /// Sequences.
  public var count: Int { labels.count }
  /// Notes of all sequences.
  public var noteCount: Int { starts.last ?? 0 }

  /// Opens a file and checks everything in it.
  ///
  /// - Throws: `ModelError` for a broken file, `CorpusError.notPrepared` for one that holds something else.
  public init(contentsOf url: URL) throws {
    let remedy = "Make it again with \"antiphon-train notes prepare\""
    let file = try SafetensorsFile(contentsOf: url, mapped: true, remedy: remedy)
    func wrong(_ reason: String) -> CorpusError { .notPrepared(path: url.path, reason: reason) }
    guard file.metadata["format"] == Self.format else {
      throw wrong("it is of another kind or version")
    }
    let decoder = JSONDecoder()
    guard let text = file.metadata["sequences"], let labels = try? decoder.decode([Label].self, from: Data(text.utf8))
    else { throw wrong("it does not name its sequences") }
    let starts = try file.integers("starts", shape: [labels.count + 1])
    let isOrdered = zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 }
    guard starts.first == 0, let notes = starts.last, isOrdered else { throw wrong("its sequences do not follow up") }
    let events = file.tensors.first { $0.name == "events" }
    guard events?.type == .int32, events?.shape == [notes, 4] else {
      throw wrong("it has no tensor \"events\" of integers [\(notes), 4]")
    }
    parts = try file.integers("parts", shape: [labels.count]).map { number in
      guard let part = NotePart(rawValue: number) else { throw wrong("a sequence is of the unknown part \(number)") }
      return part
    }
    scales = try file.integers("scales", shape: [labels.count]).map { number in
      guard number != -1 else { return nil }
      guard let scale = Self.scale(number: number) else { throw wrong("a sequence has the unknown scale \(number)") }
      return scale
    }
    let isSound = file.withBytes(of: "events") { bytes in
      (0..<notes).allSatisfy { Self.isEvent(bytes, at: $0) }
    }
    guard isSound == true else { throw wrong("a note of it lies outside the ranges") }
    reports = file.metadata["report"].flatMap { try? decoder.decode([SourceReport].self, from: Data($0.utf8)) } ?? []
    // The check touched every page; a corpus may be larger than the memory.
    file.releasePages()
    metadata = file.metadata
    self.file = file
    self.labels = labels
    self.starts = starts
  }

  /// Sequence `index` of 0..<count.
  public subscript(index: Int) -> NoteSequence {
    let events = file.withBytes(of: "events") { bytes in
      (starts[index]..<starts[index + 1]).map { Self.event(bytes, at: $0) }
    }
    return NoteSequence(
      events: events ?? [], scale: scales[index], group: labels[index].group, source: labels[index].source,
      name: labels[index].name, part: parts[index], composer: labels[index].composer, genre: labels[index].genre)
  }

  /// The sequences of one part of the data, in the order of the file.
  public func sequences(of split: Split) -> [NoteSequence] { indices(of: split).map { self[$0] } }

  /// The places of the sequences of one part of the data.
  public func indices(of split: Split) -> [Int] { labels.indices.filter { Split(group: labels[$0].group) == split } }

  /// Which notes of its piece a sequence holds, without reading it.
  public func part(of index: Int) -> NotePart { parts[index] }

  /// The part of the data to which a sequence belongs, without reading it.
  public func split(of index: Int) -> Split { Split(group: labels[index].group) }

  /// Notes of a sequence, without reading it.
  public func noteCount(of index: Int) -> Int { starts[index + 1] - starts[index] }

  /// The composer of a sequence, without reading it; nil when it is not known.
  public func composer(of index: Int) -> String? { labels[index].composer }

  /// The genre of a sequence, without reading it; nil when it has none.
  public func genre(of index: Int) -> String? { labels[index].genre }

  private static func number(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int {
    Int(bytes.loadUnaligned(fromByteOffset: index * 4, as: Int32.self))
  }

  private static func event(_ bytes: UnsafeRawBufferPointer, at index: Int) -> NoteEvent {
    NoteEvent(
      interval: number(bytes, 4 * index), pitch: number(bytes, 4 * index + 1), duration: number(bytes, 4 * index + 2),
      velocity: number(bytes, 4 * index + 3))
  }

  private static func isEvent(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Bool {
    let event = event(bytes, at: index)
    return event.interval >= 0 && (0...127).contains(event.pitch) && event.duration > 0
      && (1...127).contains(event.velocity)
  }

  /// The number of a scale in the file.
  static func number(_ scale: Scale?) -> Int32 {
    scale.map { Int32($0.tonic.rawValue + 12 * $0.family.index) } ?? -1
  }

  /// The scale of a number in the file.
  static func scale(number: Int) -> Scale? {
    guard number >= 0, number < 12 * ScaleFamily.allCases.count, let tonic = PitchClass(rawValue: number % 12) else {
      return nil
    }
    return Scale(tonic: tonic, family: ScaleFamily.allCases[number / 12])
  }
}
