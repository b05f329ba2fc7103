// Parsing MusicXML, event by event.

import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Collects the content of a partwise MusicXML score. Used once, by one thread.
final class MusicXMLParser: NSObject, XMLParserDelegate {
  /// Why the data are no score.
  struct Failure: Error {
    var reason: String
  }

  /// Reads the text of a score.
  static func parse(_ data: Data) throws(Failure) -> MusicXMLContent {
    let delegate = MusicXMLParser()
    // As a stream: data handed over at once are refused beyond ten megabytes, for libxml2 keeps them all.
    let parser = XMLParser(stream: InputStream(data: data))
    parser.shouldResolveExternalEntities = false
    parser.delegate = delegate
    let parsed = parser.parse()
    if let failure = delegate.failure { throw failure }
    guard parsed else { throw Failure(reason: "it is no well-formed XML (line \(parser.lineNumber))") }
    guard delegate.hasRoot else { throw Failure(reason: "it is no MusicXML score") }
    // The parser is content with a document that ends early.
    guard delegate.isComplete else { throw Failure(reason: "it ends too early; export or copy it again") }
    delegate.dynamics.apply(to: &delegate.content.notes)
    return delegate.content
  }

  /// The note element being read.
  private struct OpenNote {
    var step: Int?
    var alter = 0.0
    var octave: Int?
    var duration = 0.0
    var isChord = false
    var isSilent = false
    var tieStarts = false
    var tieStops = false
    var staff = 1
  }

  private var content = MusicXMLContent()
  private var dynamics = MusicXMLDynamics()
  private var isInDynamics = false
  private var failure: Failure?
  private var hasRoot = false
  private var isComplete = false
  private var text = ""
  private var collectsText = false
  private var part = -1
  /// What the list of parts says about each, by its identifier.
  private var listed: [String: MusicXMLContent.Part] = [:]
  private var listedPart: String?
  private var isComposer = false
  private var divisions = 1.0
  private var transposition = 0
  /// Where the next note begins, in quarters.
  private var position = 0.0
  /// Where the last note that was no chord note began.
  private var chordPosition = 0.0
  /// The furthest position of the measure: the next one begins there.
  private var measureEnd = 0.0
  private var note: OpenNote?
  private var duration = 0.0
  /// The notes of this part whose tie goes on, by pitch.
  private var tied: [Int: [Int]] = [:]

  private static let steps: [String: Int] = ["C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11]
  private static let textElements: Set<String> = [
    "divisions", "fifths", "chromatic", "octave-change", "step", "alter", "octave", "duration", "staff",
    "creator", "part-name", "midi-program", "midi-channel",
  ]
  /// No score is longer, and no sum of positions below it loses a note's place.
  private static let longest = 1e6

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    collectsText = Self.textElements.contains(element)
    if collectsText { text = "" }
    switch element {
    case "score-partwise": hasRoot = true
    case "score-timewise":
      failure = Failure(reason: "it is a timewise score; export it as a partwise one")
      parser.abortParsing()
    case "part": beginPart(attributes["id"])
    case "score-part":
      listedPart = attributes["id"]
      if let listedPart { listed[listedPart] = MusicXMLContent.Part() }
    case "creator": isComposer = attributes["type"] == "composer"
    case "measure":
      position = measureEnd
      chordPosition = measureEnd
    case "note": note = OpenNote()
    case "chord": note?.isChord = true
    case "rest", "grace", "cue", "unpitched": note?.isSilent = true
    case "tie":
      if attributes["type"] == "start" { note?.tieStarts = true }
      if attributes["type"] == "stop" { note?.tieStops = true }
    case "sound": readSound(attributes)
    case "dynamics": isInDynamics = true
    case "wedge":
      dynamics.wedge(attributes["type"] ?? "", number: attributes["number"] ?? "1", at: position, part: part)
    default:
      if isInDynamics { dynamics.mark(element, at: position, part: part) }
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if collectsText { text += string }
  }

  func parser(_ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) {
    if collectsText {
      readText(of: element)
      collectsText = false
    }
    switch element {
    case "score-partwise": isComplete = true
    case "note": endNote()
    case "dynamics": isInDynamics = false
    case "backup": position = max(0, position - duration)
    case "forward": advance(by: duration)
    default: break
    }
  }

  private func beginPart(_ identifier: String?) {
    part += 1
    content.parts.append(identifier.flatMap { listed[$0] } ?? MusicXMLContent.Part())
    divisions = 1
    transposition = 0
    position = 0
    chordPosition = 0
    measureEnd = 0
    tied = [:]
  }

  private func readSound(_ attributes: [String: String]) {
    if let tempo = attributes["tempo"].flatMap(Double.init), (1...1000).contains(tempo) {
      content.tempos.append((position, tempo))
    }
    if ["dacapo", "dalsegno", "fine"].contains(where: { attributes[$0] != nil }) { content.endsOnLastPage = false }
  }

  private func readText(of element: String) {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    switch element {
    case "divisions":
      if let value = Double(text), value > 0, value <= Self.longest { divisions = value }
    case "fifths":
      if let value = Int(text), (-7...7).contains(value), transposition == 0 { content.keys.append((position, value)) }
    case "chromatic":
      if let value = Int(text), (-127...127).contains(value) { transposition = value }
    case "octave-change":
      if let value = Int(text), (-9...9).contains(value) { transposition += 12 * value }
    case "creator":
      if isComposer, content.composer == nil, !text.isEmpty { content.composer = text }
    case "part-name", "midi-program", "midi-channel": readPartList(element, text)
    case "step": note?.step = Self.steps[text]
    case "alter":
      if let value = Double(text), abs(value) <= 4 { note?.alter = value }
    case "octave":
      if let value = Int(text), (-1...10).contains(value) { note?.octave = value }
    case "staff":
      if let value = Int(text), (1...9).contains(value) { note?.staff = value }
    case "duration":
      let value = Double(text) ?? 0
      duration = value >= 0 && value <= Self.longest ? value / divisions : 0
      note?.duration = duration
    default: break
    }
  }

  private func readPartList(_ element: String, _ text: String) {
    guard let listedPart else { return }
    switch element {
    case "part-name": listed[listedPart]?.name = text
    // Programs and channels count from 1 in MusicXML.
    case "midi-program":
      if let value = Int(text), (1...128).contains(value) { listed[listedPart]?.program = value - 1 }
    default:
      if text == "10" { listed[listedPart]?.isPercussion = true }
    }
  }

  private func advance(by quarters: Double) {
    chordPosition = position
    position = min(position + quarters, Self.longest)
    measureEnd = max(measureEnd, position)
  }

  private func endNote() {
    guard let ended = note else { return }
    note = nil
    // Every note of a chord begins with the chord's first; grace notes have no duration.
    if !ended.isChord { advance(by: ended.duration) }
    guard let step = ended.step, let octave = ended.octave, !ended.isSilent, ended.duration > 0 else { return }
    // Quarter tones are rounded to the nearer key.
    let pitch = 12 * (octave + 1) + step + Int(ended.alter.rounded()) + transposition
    guard (0...127).contains(pitch) else { return }
    add(pitch: pitch, onset: chordPosition, ended)
  }

  private func add(pitch: Int, onset: Double, _ ended: OpenNote) {
    var index: Int?
    if ended.tieStops, let place = tied[pitch]?.firstIndex(where: { abs(content.notes[$0].end - onset) < 1e-3 }) {
      index = tied[pitch]?.remove(at: place)
    }
    if let index {
      content.notes[index].end = onset + ended.duration
    } else {
      content.notes.append(
        MusicXMLContent.Note(
          pitch: pitch, onset: onset, end: onset + ended.duration, part: part, staff: ended.staff))
    }
    if ended.tieStarts { tied[pitch, default: []].append(index ?? content.notes.count - 1) }
  }
}
