// Small data sets from request to file: repeatable, equal in shards, readable, and clear about bad requests.
import AudioFile
import Foundation
import Music
import Neural
import Synth
import Testing
import Torch

@testable import Training

/// The first SoundFont of the machine, smallest first; these tests need one.
private let soundFont = ["TimGM6mb.sf2", "FluidR3_GM.sf2", "default-GM.sf2"]
  .map { URL(fileURLWithPath: "/usr/share/sounds/sf2/" + $0) }
  .first { FileManager.default.fileExists(atPath: $0.path) }

private func pieces() -> [LabelledPiece] {
  (0..<24).map { number in
    let notes = (0..<70).map { place in
      let degree = [0, 2, 4, 5, 7, 9, 11][(place * 3 + number) % 7]
      return Note(pitch: 60 + degree, onset: Double(place) * 0.25, duration: 0.25)
    }
    return LabelledPiece(
      source: "folk-abc", name: "tune \(number)", group: "group \(number)", notes: notes,
      tonic: PitchClass(wrapping: 0), families: [.major])
  }
}

@Suite(.enabled(if: soundFont != nil, "no SoundFont is installed"), .serialized)
struct ScaleDataSetTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "scales-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func options(_ name: String) throws -> ScaleDataSet.Options {
    var options = ScaleDataSet.Options(output: folder.appending(path: name))
    options.soundFonts = [try #require(soundFont)]
    return options
  }

  private func rows(_ reader: DataSetReader) -> [[Float]] {
    (0..<reader.count).map { sample in
      [Float](unsafeUninitializedCapacity: reader.sampleSize) { buffer, count in
        if let start = buffer.baseAddress { reader.copy(sample, into: start) }
        count = reader.sampleSize
      }
    }
  }

  @Test func shardsEqualOneRun() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var whole = try options("whole.safetensors")
    whole.count = 12
    whole.formats = [.safetensors, .csv, .pt]
    let set = try ScaleDataSet(options: whole, pieces: pieces())
    let report = try set.generate(whole) { _ in }
    #expect(report.samples == 12 && report.unique == 12)
    let one = try DataSetReader(contentsOf: whole.output)
    #expect(one.count == 12 && one.steps == 161 && one.indexes == Array(0..<12))
    #expect(Set(one.kinds).isSuperset(of: [.folk, .improvisation]))
    var parts: [[Float]] = []
    var tonics: [Int] = []
    for shard in 1...3 {
      var part = whole
      part.output = folder.appending(path: "part\(shard).safetensors")
      part.formats = [.safetensors]
      part.threads = 1
      part.shard = .init(index: shard, count: 3)
      try ScaleDataSet(options: part, pieces: pieces()).generate(part) { _ in }
      let reader = try DataSetReader(contentsOf: part.output)
      parts += rows(reader)
      tonics += reader.tonics
    }
    #expect(parts == rows(one))
    #expect(tonics == one.tonics)
    // Another seed gives other samples.
    var other = whole
    other.seed = 2
    let first = try SampleWorker(try ScaleDataSet(options: other, pieces: pieces())).sample(0)
    #expect(first.stored(steps: 161).map { Float($0) } != parts[0])

    let lines = try String(contentsOf: folder.appending(path: "whole.csv"), encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 13)
    #expect(lines.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 20 })
    let pickle = try PickleFile.read(folder.appending(path: "whole-pt/00000003.pt"))
    #expect(pickle["chroma"]?.shape == [1, 12, one.frames[3]])
    let leftovers = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(".") }
    #expect(leftovers.isEmpty)
  }

  /// The test set must not play what training heard under the same seed.
  @Test func testImprovisesOtherNotesThanTraining() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var options = try options("x.safetensors")
    options.count = 20
    let training = try ScaleDataSet(options: options, pieces: [])
    options.preset = .test
    let test = try ScaleDataSet(options: options, pieces: [])
    for index in 0..<3 {
      #expect(training.plan.sample(index).content == test.plan.sample(index).content)
      #expect(try SampleWorker(training).sample(index).chroma != SampleWorker(test).sample(index).chroma)
    }
  }

  @Test func featuresShowTheScale() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var options = try options("seed.safetensors")
    options.preset = .seed
    let set = try ScaleDataSet(options: options, pieces: [])
    #expect(set.count == 1920)
    let worker = try SampleWorker(set)
    for index in [0, 7, 14, 21] {
      let example = try worker.sample(index)
      #expect((34...37).contains(example.frames) && example.label == index)
      var mean = [Float](repeating: 0, count: 12)
      for (place, value) in example.chroma.enumerated() { mean[place % 12] += value }
      let scale = SeedPreset.scale(index)
      let members = Set(scale.family.intervals.map { ($0 + scale.tonic.rawValue) % 12 })
      let inside = members.reduce(0) { $0 + mean[$1] }
      #expect(inside > 0.75 * mean.reduce(0, +), "\(scale.name): \(mean)")
    }
  }

  @Test func badRequestsAreOneSentence() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var none = try options("x.safetensors")
    none.soundFonts = []
    #expect(throws: DataSetError.noSoundFonts) { try ScaleDataSet.generate(none) { _ in } }
    var shard = try options("x.safetensors")
    shard.shard = .init(index: 4, count: 3)
    #expect(throws: DataSetError.badShard(index: 4, count: 3)) { try ScaleDataSet.generate(shard) { _ in } }
    #expect(throws: DataSetError.noPieces(split: "training")) {
      _ = try ScaleDataSet(options: try options("x.safetensors"), pieces: [])
    }
    var lost = try options("nowhere/x.safetensors")
    lost.preset = .seed
    lost.count = 4
    #expect(throws: ModelError.self) { try ScaleDataSet.generate(lost) { _ in } }
    lost.formats = [.csv]
    #expect(throws: DataSetError.self) { try ScaleDataSet.generate(lost) { _ in } }
    lost.formats = [.pt]
    #expect(throws: DataSetError.self) { try ScaleDataSet.generate(lost) { _ in } }
    var negatives = try options("x.safetensors")
    negatives.negativesFolder = folder
    #expect(throws: DataSetError.negatives(folder: folder.path)) {
      _ = try ScaleDataSet(options: negatives, pieces: pieces())
    }
  }

  /// What is wrong with a file or an option shows before anything is read or rendered.
  @Test func badFilesAndOptionsAreFoundAtOnce() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    func error(_ change: (inout ScaleDataSet.Options) -> Void) throws -> (any Error)? {
      var options = try options("x.safetensors")
      change(&options)
      var lines: [String] = []
      let error = #expect(throws: (any Error).self) { try ScaleDataSet.generate(options) { lines.append($0) } }
      #expect(lines.isEmpty)
      return error
    }
    let missing = folder.appending(path: "missing.sf2")
    #expect(try error { $0.soundFonts.append(missing) } as? SoundFontError == .missing(path: missing.path))
    #expect(try error { $0.threads = 0 } as? DataSetError == .badThreads(0))
    #expect(try error { $0.output = folder } as? DataSetError == .outputIsFolder(path: folder.path))
    let table = folder.appending(path: "x.csv")
    let twice = try error {
      $0.output = table
      $0.formats = [.safetensors, .csv]
    }
    #expect(twice as? DataSetError == .sameOutput(path: table.path))
    let cache = folder.appending(path: "pieces.bin")
    #expect(try error { $0.libraryCache = cache } as? SourceError == .missingCache(path: cache.path))
    let sounds = folder.appending(path: "sounds")
    try FileManager.default.createDirectory(at: sounds, withIntermediateDirectories: true)
    try Data("no sound".utf8).write(to: sounds.appending(path: "a.wav"))
    #expect(try error { $0.negativesFolder = sounds } is SoundFileError)
  }

  /// A failure in the midst of the work leaves nothing behind.
  @Test func failureLeavesNoFile() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var options = try options("x.safetensors")
    options.preset = .seed
    options.count = 40
    options.threads = 1
    options.formats = Set(ScaleDataSet.Format.allCases)
    // The second question is asked when some samples are written.
    var questions = 0
    func isInterrupted() -> Bool {
      questions += 1
      return questions == 2
    }
    #expect(throws: DataSetError.interrupted) {
      try ScaleDataSet.generate(options, isInterrupted: isInterrupted) { _ in }
    }
    #expect(questions == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func otherFilesAreRefused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "no.safetensors")
    try Data("no data set".utf8).write(to: url)
    #expect(throws: ModelError.self) { try DataSetReader(contentsOf: url) }
  }
}

struct ProgressLineTests {
  @Test func saysRateAndTimeLeft() {
    #expect(ProgressLine.text(done: 100, total: 400, seconds: 50) == "100 of 400 samples, 2.0 a second, 0:02:30 left")
  }
}
