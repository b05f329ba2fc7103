// Tests of damaged Standard MIDI Files: a value or a typed error, never a trap.

import Foundation
import MIDI
import Music
import Testing

@Suite struct DamagedFileTests {
  private let valid = StandardMIDIFile.data(
    notes: (0..<40).map {
      Note(pitch: 40 + $0, velocity: 1 + $0 * 3, onset: Double($0) / 7, duration: 0.3, channel: $0 % 16)
    },
    programs: [0: 5])

  /// Reads `data` to the end and says what is wrong with it, if anything is.
  private func problem(in data: Data) -> StandardMIDIFileError.Problem? {
    do throws(StandardMIDIFileError) {
      let file = try StandardMIDIFile(data: data)
      #expect(file.notes().allSatisfy { $0.duration >= 0 && $0.onset.isFinite && (0...127).contains($0.pitch) })
      return nil
    } catch {
      #expect(!error.description.isEmpty)
      return error.problem
    }
  }

  @Test func theWholeFileIsRead() {
    #expect(problem(in: valid) == nil)
  }

  @Test func everyTruncationIsNoticed() {
    for length in 0..<valid.count {
      let expected: StandardMIDIFileError.Problem = length < 4 ? .notMIDI : .truncated(offset: length)
      #expect(problem(in: valid.prefix(length)) == expected)
    }
  }

  @Test func randomDamageNeverTraps() {
    var random = SplitMix64(state: 1)
    var refused = 0
    for _ in 0..<3000 {
      var data = valid
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        data[Int.random(in: 0..<data.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if problem(in: data) != nil { refused += 1 }
    }
    #expect(refused > 100)
    #expect(refused < 3000)
  }

  @Test func randomBytesNeverTrap() {
    var random = SplitMix64(state: 2)
    for _ in 0..<500 {
      let tail = (0..<60).map { _ in UInt8.random(in: 0...255, using: &random) }
      _ = problem(in: midiFile(format: Int(tail[0] % 3), tracks: [tail]))
      _ = problem(in: Data(Array("MThd".utf8) + tail))
    }
  }

  @Test func lengthsLargerThanTheFileAreRefused() {
    var data = valid
    data.replaceSubrange(4..<8, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(problem(in: data) == .truncated(offset: data.count))
    #expect(
      problem(in: midiFile(tracks: [[0, 0xF0, 0xFF, 0xFF, 0xFF, 0x7F]])) == .truncated(offset: 32))
    #expect(problem(in: midiFile(tracks: [[0xFF, 0xFF, 0xFF, 0xFF, 0x7F]])) == .numberTooLong(offset: 22))
  }

  @Test func headersThatMeanNothingAreRefused() {
    #expect(problem(in: Data()) == .notMIDI)
    #expect(problem(in: Data("RIFF, not MIDI at all".utf8)) == .notMIDI)
    #expect(problem(in: midiFile(format: 3, tracks: [[]])) == .unknownFormat(3))
    #expect(problem(in: midiFile(division: 0, tracks: [[]])) == .unknownDivision(0))
    #expect(problem(in: midiFile(division: 0xE700, tracks: [[]])) == .unknownDivision(0xE700))
    #expect(problem(in: midiFile(division: 0x8004, tracks: [[]])) == .unknownDivision(0x8004))
  }

  @Test func bytesThatCannotStandThereAreRefused() {
    #expect(problem(in: midiFile(tracks: [[0, 60, 100]])) == .unexpectedByte(60, offset: 23))
    #expect(problem(in: midiFile(tracks: [[0, 0xF4]])) == .unexpectedByte(0xF4, offset: 23))
    #expect(problem(in: midiFile(tracks: [[0, 0x90, 0x90, 1]])) == .unexpectedByte(0x90, offset: 25))
  }

  @Test func errorsNameTheFile() {
    let url = FileManager.default.temporaryDirectory.appending(path: "no such tune.mid")
    do throws(StandardMIDIFileError) {
      _ = try StandardMIDIFile(contentsOf: url)
      Issue.record("a missing file was read")
    } catch {
      #expect(error.description == "cannot read no such tune.mid: there is no such file")
    }
  }
}

/// A small generator with a seed, so that a failure repeats.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
