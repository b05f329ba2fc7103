// Distributions, piano rolls and matrices: the numbers behind the pictures.
import Foundation
import Improviser
import MIDI
import Music
import Testing

@testable import Training

@Suite struct NotePicturesTests {
  private static func events(_ notes: [(interval: Int, pitch: Int)]) -> [NoteEvent] {
    notes.map { NoteEvent(interval: $0.interval, pitch: $0.pitch, duration: 12, velocity: 80) }
  }

  @Test func distancesOfHistograms() throws {
    var (first, second, empty) = (NoteHistogram(bins: 3), NoteHistogram(bins: 3), NoteHistogram(bins: 3))
    first.add(0)
    first.add(1)
    second.add(2)
    let far = try #require(first.distance(to: second))
    #expect(abs(far.divergence - 1) < 1e-12)
    #expect(far.overlap == 0)
    let same = try #require(first.distance(to: first))
    #expect(same.divergence == 0)
    #expect(same.overlap == 1)
    second.add(0)
    // p = (1/2, 1/2, 0), q = (1/2, 0, 1/2): half of each agrees.
    let half = try #require(first.distance(to: second))
    #expect(abs(half.divergence - 0.5) < 1e-12)
    #expect(abs(half.overlap - 0.5) < 1e-12)
    #expect(first.distance(to: empty) == nil)
    empty.add(99)
    #expect(empty.counts == [0, 0, 1])
  }

  @Test func featuresAreCounted() {
    var data = NoteDistributions(name: "data")
    // C4 and E4 together, G4 a beat later, then C4 two beats later.
    data.add(Self.events([(0, 60), (0, 64), (24, 67), (48, 60)]))
    data.add([])
    #expect(data.sequences == 1)
    #expect(data.notes == 4)
    #expect(data[.pitch].counts[60] == 2)
    #expect(data[.pitchClass].counts[0] == 2)
    #expect(data[.interval].counts[NoteFeature.widest + 3] == 1)
    #expect(data[.interval].counts[NoteFeature.widest - 7] == 1)
    #expect(data[.interval].total == 2)
    #expect(data[.notesPerOnset].counts.prefix(2) == [2, 1])
    #expect(data[.onsetInterval].total == 2)
    let beat = NoteVocabulary.intervalClass(ticks: 24) - 1
    #expect(data[.onsetInterval].counts[beat] == 1)
    #expect(NoteFeature.onsetInterval.label(beat) == "1")
    #expect(NoteFeature.duration.label(0) == "1/24")
    #expect(data[.velocity].counts[10] == 4)
  }

  @Test func aSheetComparesByFeature() throws {
    var (data, other) = (NoteDistributions(name: "a, b"), NoteDistributions(name: "other"))
    data.add(Self.events([(0, 60), (24, 62), (24, 64)]))
    other.add(Self.events([(0, 72), (24, 74), (24, 76)]))
    let sheet = DistributionSheet(data, beside: other)
    #expect(abs(try #require(sheet.distance(.pitch)).divergence - 1) < 1e-12)
    #expect(try #require(sheet.distance(.pitchClass)).divergence == 0)
    let lines = sheet.csv.split(separator: "\n")
    #expect(lines.first == "feature,bin,value,\"a, b count\",\"a, b share\",other count,other share")
    #expect(lines.count == 1 + NoteFeature.allCases.reduce(0) { $0 + $1.count })
    #expect(sheet.tables.first?.text.contains("pitch_class,0,1\n") == true)
    #expect(sheet.distanceTable.contains("Pitch class          0.0000 bits   1.000"))
    #expect(DistributionSheet(data).tables.isEmpty)
  }

  @Test func rollsNameTheirNotes() {
    let piece = PianoRoll.Piece(title: "it's, one", events: Self.events([(0, 60), (24, 64), (9600, 67)]))
    let roll = PianoRoll([piece], beats: 16)
    #expect(roll.csv == """
      piece,onset_beats,duration_beats,pitch,velocity,voice
      "it's, one",0,0.5,60,80,0
      "it's, one",1,0.5,64,80,0

      """)
    #expect(roll.script.contains("'it''s, one'"))
    #expect(roll.script.contains("'C4' 60.0"))
  }

  @Test func confusionsOfPitchesAreCutAndFolded() {
    var counts = Array(repeating: Array(repeating: 0, count: 128), count: 128)
    counts[60][60] = 3
    counts[60][62] = 1
    counts[72][60] = 2
    let pitches = ConfusionMatrix.pitches(counts, title: "x")
    #expect(pitches.csv.split(separator: "\n").count == 14)
    #expect(pitches.csv.hasPrefix("truth,C4,"))
    #expect(ConfusionMatrix.pitchClasses(counts, title: "x").csv.split(separator: "\n")[1].hasPrefix("C,5,0,1,0"))
  }

  @Test(.enabled(if: Gnuplot.program(searchPath: Gnuplot.systemPath) != nil)) func everyPictureIsDrawn() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "antiphon it's \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var data = NoteDistributions(name: "it's data")
    data.add(Self.events([(0, 60), (24, 62), (24, 64)]))
    let empty = NoteDistributions(name: "nothing")
    let pictures: [any Picture] = [
      DistributionSheet(data), DistributionSheet(data, beside: empty), DistributionSheet(empty),
      PianoRoll([PianoRoll.Piece(title: "a_b", events: Self.events([(0, 60)]))], colouring: .voice),
      PianoRoll([PianoRoll.Piece(title: "empty", boxes: [])]), PianoRoll([]),
      ConfusionMatrix([[3, 1], [0, 2]], names: ["C", "D♭"], title: "keys"),
      AttentionMap([[1, 0], [0.3, 0.7]], pitches: [60, 61], title: "head 1"),
    ]
    for (place, picture) in pictures.enumerated() {
      let base = folder.appending(path: "picture \(place)")
      #expect(try picture.write(to: base) == [])
      for file in picture.files(at: base) { #expect(FileManager.default.fileExists(atPath: file.path)) }
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(".") }
    #expect(left.isEmpty)
  }

  @Test func withoutGnuplotTheNumbersComeWithOneSentence() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "antiphon \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let roll = PianoRoll([PianoRoll.Piece(title: "x", events: Self.events([(0, 60)]))])
    let said = try roll.write(to: folder.appending(path: "roll"), searchPath: "/nonexistent")
    #expect(said == [Gnuplot.isMissing])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["roll.csv"])
    #expect(throws: PictureError.self) { try roll.write(to: folder.appending(path: "no/folder/roll")) }
  }

  @Test func foldersOfMIDIAreReadAroundBrokenFiles() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "antiphon \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(throws: (any Error).self) { try NoteCollection(midi: folder, pieces: 1) }
    for number in 1...3 {
      let notes = (0..<5).map { Note(pitch: 60 + $0, onset: Double($0) / 2, duration: 0.5) }
      try StandardMIDIFile.data(notes: notes).write(to: folder.appending(path: "\(number).mid"))
    }
    try Data("no music".utf8).write(to: folder.appending(path: "broken.mid"))
    try Data().write(to: folder.appending(path: "empty.mid"))
    let collection = try NoteCollection(midi: folder, pieces: 2)
    #expect(collection.distributions.sequences == 3)
    #expect(collection.distributions.notes == 15)
    #expect(collection.pieces.map(\.title) == ["1", "2"])
    #expect(collection.complaints.count == 2)
    #expect(throws: TrainingError.self) {
      try NoteCollection(midi: folder.appending(path: "broken.mid"), pieces: 1)
    }
    #expect(throws: TrainingError.self) { try NoteCollection(midi: folder.appending(path: "missing"), pieces: 1) }
  }

  @Test func outputNamesDiffer() {
    let files = ["a/x.wav", "b/x.ogg", "x.wav", "y.wav"].map { URL(fileURLWithPath: $0) }
    #expect(OutputFolder.names(of: files) == ["x", "x-2", "x-3", "y"])
  }
}
