// Files of patterns: MIDI, MusicXML, lists, and engraved scores where LilyPond is installed.
import Foundation
#if canImport(FoundationXML)
import FoundationXML
#endif
import MIDI
import Music
import Testing

@testable import Training

@Suite final class PatternFileTests {
  private let folder: URL
  private let octatonic = ThesaurusPattern(.tritone, offsets: [3])!

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "it's a \"score\" \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func score(_ direction: PatternDirection = .up) throws -> PatternScore {
    let entries = [
      PatternEntry(octatonic),
      PatternEntry(try ThesaurusPattern(name: "diapente/infra-interpolation/3:7"), caption: "<&>"),
    ]
    return .sheet(entries, title: "A & B <\"C\">", direction: direction)
  }

  @Test(arguments: PatternDirection.allCases)
  func theMIDIFileReadsBackToThePitches(direction: PatternDirection) throws {
    let score = try score(direction)
    let file = try StandardMIDIFile(data: PatternMIDI.data(score, program: 12))
    #expect(file.trackNames == score.entries.map(\.label))
    for (track, entry) in score.entries.enumerated() {
      let pitches = file.events.filter { $0.track == track }.compactMap { event -> Int? in
        if case .noteOn(_, let pitch, let velocity) = event.message, velocity > 0 { return pitch }
        return nil
      }
      #expect(pitches == PatternLine(entry, direction).tones.map(\.pitch))
    }
    let notes = PatternMIDI.notes(score)
    #expect(notes.prefix(3).map(\.onset) == [0, 0.25, 0.5])
    #expect(notes.prefix(2).map(\.velocity) == [96, 76])
  }

  @Test func theMusicXMLIsWellFormedAndHasThePitches() throws {
    let score = try score(.both)
    let reader = PitchReader()
    let parser = XMLParser(data: Data(MusicXMLWriter.text(score).utf8))
    parser.delegate = reader
    #expect(parser.parse())
    let lines = score.entries.map { PatternLine($0, .both) }
    #expect(reader.pitches == lines.flatMap { $0.tones.map(\.pitch) })
    #expect(reader.open == lines.flatMap { $0.tones.map(\.isPrincipal) })
    #expect(reader.measures == lines.map(\.cells.count).reduce(0, +))
    #expect(reader.words.contains("<&>"))
    #expect(reader.title == "A & B <\"C\">")
  }

  @Test func listsHaveOneLineAPattern() throws {
    let table = PatternTable(try score())
    #expect(table.json.hasPrefix(
      #"{"name":"tritone/interpolation/1:3","progression":"tritone","operation":"interpolation","count":1,"number":3,"#
        + #""offsets":[3],"cell":[60,63,66],"pattern":[60,63,66,69,72],"principal":[60,66,72]}"# + "\n"))
    for line in table.json.split(separator: "\n") {
      #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
    }
    #expect(table.csv.split(separator: "\n")[1] == "tritone/interpolation/1:3,tritone,interpolation,1,3,3,60 63 66,"
      + "60 63 66 69 72,60 66 72")
    #expect(table.text.hasPrefix("tritone/interpolation/1:3         C4 E♭4 F♯4"))
    #expect(table.text.contains("C E♭ F♯ A C\n"))
    #expect(table.text.hasSuffix(" …\n"))
    #expect(table.text.split(separator: "\n").count == 2)
  }

  @Test func theTableOfSectionsAddsUp() {
    let rows = PatternCounts(PatternList.all.patterns).csv.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(rows.count == 13)
    #expect(rows[1] == ["tritone", "1 into 2", "30", "30", "30", "325", "325", "325", "875", "1940"])
    #expect(rows[12].last == "31954")
  }

  @Test func filtersChooseInTheOrderOfTheList() {
    let filter = PatternFilter(
      progressions: [.semitone, .tritone], operations: [.ultrapolation], counts: [2], limit: 12)
    #expect(filter.patterns.count == 12)
    #expect(filter.patterns.first?.name == "tritone/ultrapolation/2:1")
    #expect(filter.patterns.last?.name == "semitone/ultrapolation/2:2")
    #expect(PatternFilter().patterns.count == 31_954)
    #expect(PatternFilter(progressions: [.semitone], operations: [.interpolation]).patterns.isEmpty)
  }

  @Test func withoutLilyPondEverythingElseIsWritten() throws {
    let written = try PatternFile.write(score(), base: folder.appending(path: "patterns"), searchPath: "/nonexistent")
    #expect(written.complaints.count == 1)
    #expect(written.complaints.first?.contains("apt install lilypond") == true)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["csv", "json", "ly", "mid", "musicxml", "txt"].map { "patterns.\($0)" })
  }

  @Test func refusalsLeaveNothingBehind() throws {
    let long = PatternScore.sheet(PatternList.all.patterns.prefix(201).map { PatternEntry($0) })
    let tooLong = #expect(throws: ScoreFileError.self) {
      try PatternFile.write(long, to: folder.appending(path: "x.mid"), as: .midi)
    }
    #expect(tooLong?.description.contains("201 patterns are too many") == true)
    #expect(try PatternFile.write(long, to: folder.appending(path: "x.csv"), as: .csv).isEmpty)
    let nowhere = folder.appending(path: "none/x.ly")
    let noFolder = #expect(throws: ScoreFileError.self) { try PatternFile.write(score(), to: nowhere, as: .lilyPond) }
    #expect(noFolder?.description.contains("there is no folder") == true)
    let isFolder = #expect(throws: ScoreFileError.self) { try PatternFile.write(score(), to: folder, as: .lilyPond) }
    #expect(isFolder?.description.contains("it is a folder") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.csv"])
  }

  @Test func aFailingOrHangingLilyPondIsOneSentence() throws {
    let program = folder.appending(path: "lilypond")
    func engrave(_ script: String, timeout: Double = 60, isInterrupted: () -> Bool = { false }) throws -> [String] {
      // Not written by this process: a child that another test starts meanwhile would hold the file open, and what is
      // open for writing cannot be run.
      let writer = Process()
      writer.executableURL = URL(fileURLWithPath: "/bin/sh")
      let write = #"rm -f "$1"; printf '#!/bin/sh\n%s\n' "$2" > "$1"; chmod 755 "$1""#
      writer.arguments = ["-c", write, "sh", program.path, script]
      try writer.run()
      writer.waitUntilExit()
      return try Engraver.engrave(
        score(), base: folder.appending(path: "x"), formats: [.svg], searchPath: folder.path, timeout: timeout,
        isInterrupted: isInterrupted)
    }
    #expect(try engrave("echo 'error: no font' >&2; exit 1").first?.contains("\"error: no font\"") == true)
    #expect(try engrave("exit 0").first?.contains("check its installation") == true)
    #expect(try engrave("exec sleep 600", timeout: 0.3).first?.contains("took more than") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["lilypond"])
  }

  private static let hasLilyPond = LilyPond(searchPath: Engraver.systemPath) != nil

  @Test(.enabled(if: hasLilyPond)) func lilyPondEngravesEveryLayout() throws {
    let score = try score(.both)
    var sheet = score
    sheet.entries[0].label = "a\" } #(exit 3) \\break"
    let drawn: [(PatternScore, ScoreFormat, [UInt8])] = [
      (sheet, .png, [0x89, 0x50, 0x4E, 0x47]),
      (.strip(score.entries), .pdf, Array("%PDF".utf8)),
      (.grid([score.entries]), .svg, Array("<svg".utf8)),
    ]
    for (score, format, start) in drawn {
      #expect(Engraver.engrave(score, base: folder.appending(path: "x.y"), formats: [format]) == [])
      #expect(try Data(contentsOf: folder.appending(path: "x.y.\(format.rawValue)")).starts(with: start))
    }
  }
}

/// Collects the notes of a MusicXML file.
private final class PitchReader: NSObject, XMLParserDelegate {
  var pitches: [Int] = []
  var open: [Bool] = []
  var words: [String] = []
  var title = ""
  var measures = 0
  private var text = ""
  private var step = 0
  private var alter = 0

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    text = ""
    if element == "measure" { measures += 1 }
    if element == "pitch" { alter = 0 }
    if element == "notehead" { open.append(attributes["filled"] == "no") }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(_ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) {
    switch element {
    case "step": step = ["C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11][text] ?? -100
    case "alter": alter = Int(text) ?? -100
    case "octave": pitches.append((Int(text) ?? -100) * 12 + 12 + step + alter)
    case "words": words.append(text)
    case "work-title": title = text
    default: break
    }
  }
}
