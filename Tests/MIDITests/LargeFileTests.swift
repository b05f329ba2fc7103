// Tests of large and odd files.

import Foundation
import MIDI
import Testing

@Suite struct LargeFileTests {
  /// The limit is two seconds for a million notes in optimized code; code that is not is many times slower.
  #if DEBUG
    private static let (notes, seconds) = (100_000, 20.0)
  #else
    private static let (notes, seconds) = (1_000_000, 2.0)
  #endif

  /// The time that this thread has worked: other tests run beside it.
  private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// A file of `count` notes of one tick that follow one another, by running status.
  private func file(notes count: Int) -> Data {
    var content: [UInt8] = [0, 0x90, 0, 100, 1, 0, 0]
    content.reserveCapacity(count * 6 + 20)
    for index in 1..<count { content += [0, UInt8(index % 128), 100, 1, UInt8(index % 128), 0] }
    content += [0, 0xFF, 0x2F, 0]
    let size = [24, 16, 8, 0].map { UInt8(content.count >> $0 & 0xFF) }
    return Data(Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 1, 0xE0] + Array("MTrk".utf8) + size + content)
  }

  @Test func aMillionNotesAreReadInTime() throws {
    let data = file(notes: Self.notes)
    let start = processorSeconds()
    let notes = try StandardMIDIFile(data: data).notes()
    let elapsed = processorSeconds() - start
    #expect(notes.count == Self.notes)
    #expect(notes.last?.pitch == (Self.notes - 1) % 128)
    #expect(elapsed < Self.seconds)
  }

  @Test func manyHeldNotesOfOneKeyAreReadInTime() throws {
    var content: [UInt8] = [0, 0x90]
    for _ in 0..<Self.notes { content += [60, 100, 0] }
    for _ in 0..<Self.notes { content += [60, 0, 1] }
    content += [0xFF, 0x2F, 0]
    let size = [24, 16, 8, 0].map { UInt8(content.count >> $0 & 0xFF) }
    let data = Data(Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 1, 0xE0] + Array("MTrk".utf8) + size + content)
    let start = processorSeconds()
    #expect(try StandardMIDIFile(data: data).notes().count == Self.notes)
    #expect(processorSeconds() - start < Self.seconds)
  }

  @Test func largerFilesAreRefused() {
    let data = Data("MThd".utf8) + Data(count: StandardMIDIFile.largestSize)
    #expect {
      _ = try StandardMIDIFile(data: data)
    } throws: {
      "\($0)" == "the MIDI data has 32 MiB, and MIDI files of up to 32 MiB are read; split it"
    }
  }

  @Test(arguments: ["/dev/zero", "/tmp"]) func onlyRegularFilesAreRead(_ path: String) {
    #expect {
      _ = try StandardMIDIFile(contentsOf: URL(fileURLWithPath: path))
    } throws: {
      "\($0)".contains("is not a regular file")
    }
  }

  @Test func emptyTracksAreRead() throws {
    let file = try StandardMIDIFile(data: midiFile(format: 1, tracks: [[], [], []]))
    #expect(file.notes().isEmpty)
    #expect((file.duration, file.trackNames) == (0, ["", "", ""]))
    let none = Data(Array("MThd".utf8) + [0, 0, 0, 6, 0, 1, 0, 1, 1, 0xE0] + Array("MTrk".utf8) + [0, 0, 0, 0])
    #expect(try StandardMIDIFile(data: none).notes().isEmpty)
  }
}
