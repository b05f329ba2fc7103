// Vectors as people write them.

import Foundation
import Improviser
import MIDI
import Music
import Testing
import Training

@Suite struct LatentVectorReaderTests {
  private func reader(latent: Int = 3, seed: UInt64 = 1) throws -> LatentVectorReader {
    LatentVectorReader(model: try LatentModelFixture.random(latent: latent), prior: LatentPrior(seed: seed))
  }

  /// Why a text is refused.
  private func refusal(_ text: String) throws -> LatentVectorError? {
    var reader = try reader()
    do throws(LatentVectorError) {
      _ = try reader.read(text)
      return nil
    } catch {
      return error
    }
  }

  /// A MIDI file with notes of half a second, one after another unless their onsets say otherwise.
  private func file(_ pitches: [Int], onsets: [Double]? = nil) throws -> String {
    let onsets = onsets ?? pitches.indices.map { Double($0) / 2 }
    let notes = zip(pitches, onsets).map { Note(pitch: $0, onset: $1, duration: 0.5) }
    let url = FileManager.default.temporaryDirectory.appending(path: "line-\(UUID().uuidString).mid")
    try StandardMIDIFile.data(notes: notes).write(to: url)
    return url.path
  }

  @Test(arguments: ["-0.5 1 2e-1", "-0.5,1,0.2", " -0.5,  1;0.2\n", "[-0.5, 1, 0.2]", "-.5\t+1 .2"])
  func numbers(text: String) throws {
    var reader = try reader()
    let vector = try reader.read(text)
    #expect(vector.numbers == [-0.5, 1, 0.2])
    #expect(vector.origin == .numbers)
  }

  @Test(arguments: ["", "  ", "random", " Random "])
  func randomOnesAreDrawnInOrder(text: String) throws {
    var (first, second) = (try reader(), try reader())
    let vectors = [try first.read(text), try first.read(text)]
    #expect(vectors.map(\.numbers) == [second.random().numbers, second.random().numbers])
    #expect(vectors[0].numbers != vectors[1].numbers)
    #expect(vectors[0].origin == .random)
  }

  @Test(arguments: [
    ("1 2", LatentVectorError.length(2, expected: 3)), ("5", .length(1, expected: 3)),
    ("1 2 3 4", .length(4, expected: 3)), ("1 two 3", .word("two")), ("1 nan 3", .notFinite("nan")),
    ("1 2 -inf", .notFinite("-inf")), ("1 2 1e4", .large("1e4")), ("1 2 1e99", .large("1e99")),
    ("hello", .unknown("hello", length: 3)), ("x thesaurus:tritone/interpolation/1:1", .tonic("x")),
  ])
  func refusesWhatIsNoVector(text: String, error: LatentVectorError) throws {
    #expect(try refusal(text) == error)
  }

  @Test func sentences() throws {
    let length = "\(LatentVectorError.length(3, expected: 16))"
    #expect(length == "The vector has 3 numbers; the model's latent vectors have 16.")
    let name = try #require(try refusal("tritonne/interpolation/1:3"))
    #expect("\(name)".contains("did you mean tritone"))
    let folder = try #require(try refusal(FileManager.default.temporaryDirectory.path))
    #expect("\(folder)".contains("is a folder"))
    let missing = try #require(try refusal("/nowhere/line.mid"))
    #expect("\(missing)".contains("/nowhere/line.mid") && "\(missing)".hasSuffix("no such file."))
  }

  @Test(arguments: [
    ("tritone/interpolation/1:3", nil), ("thesaurus:tritone/interpolation/1:3", nil),
    ("D thesaurus:tritone/interpolation/1:3", 2), ("Eb tritone/interpolation/1:3", 3),
  ] as [(String, Int?)])
  func names(text: String, tonic: Int?) throws {
    var reader = try reader()
    let vector = try reader.read(text)
    let pattern = try ThesaurusPattern(name: "tritone/interpolation/1:3")
    #expect(vector.pattern == pattern)
    #expect(vector.tonic?.rawValue == tonic)
    #expect(vector.numbers == reader.model.encode(pattern).mean)
  }

  @Test func filesOfPatterns() throws {
    var reader = try reader()
    let pattern = try ThesaurusPattern(name: "ditone/infra-interpolation/2:3")
    let path = try file(pattern.whole.map { $0 + 62 })
    defer { try? FileManager.default.removeItem(atPath: path) }
    let vector = try reader.read(path)
    #expect(vector.origin == .pattern(pattern, file: path))
    #expect(vector.tonic?.rawValue == 2)
  }

  @Test func filesThatAreNoPattern() throws {
    let line = try file([60, 62, 64, 65, 67, 69, 71, 72])
    let chord = try file([60, 64, 67], onsets: [0, 0, 1])
    let text = FileManager.default.temporaryDirectory.appending(path: "text-\(UUID().uuidString)").path
    try Data("no music".utf8).write(to: URL(fileURLWithPath: text))
    defer { for path in [line, chord, text] { try? FileManager.default.removeItem(atPath: path) } }
    guard case .noPattern(line, let nearest) = try refusal(line) else {
      Issue.record("a major scale is taken for a pattern")
      return
    }
    #expect(nearest.count == 3)
    #expect("\(LatentVectorError.noPattern(line, nearest: nearest))".contains(nearest[0].name))
    #expect(try refusal(chord) == .chords(chord, seconds: 0))
    guard case .midi = try refusal(text) else {
      Issue.record("a text is taken for a MIDI file")
      return
    }
  }
}
