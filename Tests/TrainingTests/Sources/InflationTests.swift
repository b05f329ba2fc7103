// Tests of decompression and of ZIP archives.

import Foundation
import Testing

@testable import Training

@Suite struct InflationTests {
  /// "hello hello hello hello\n", deflated by zlib: one block of the fixed code with a repetition.
  private let fixed: [UInt8] = [0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x27, 0xB9, 0x00]

  private func inflate(_ bytes: [UInt8], size: Int) -> String? {
    bytes.withUnsafeBytes { try? Inflation.inflate($0, size: size) }.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func repetitionsAreCopied() { #expect(inflate(fixed, size: 24) == "hello hello hello hello\n") }

  @Test func storedBlocksAreCopied() {
    #expect(inflate([1, 2, 0, 0xFD, 0xFF, 0x41, 0x42], size: 2) == "AB")
    #expect(inflate([1, 2, 0, 0xFC, 0xFF, 0x41, 0x42], size: 2) == nil)
  }

  @Test func otherSizesAndEveryShorterInputAreDamage() {
    #expect(inflate(fixed, size: 23) == nil)
    #expect(inflate(fixed, size: 25) == nil)
    for length in 0..<fixed.count { #expect(inflate(Array(fixed.prefix(length)), size: 24) == nil) }
  }

  @Test func anyBytesEnd() {
    // A linear congruential generator (Knuth's MMIX): the same bytes every time.
    var state: UInt64 = 1
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for _ in 0..<2000 {
      let bytes = (0..<next(80)).map { _ in UInt8(next(256)) }
      _ = inflate(bytes, size: next(300))
    }
  }

  @Test func membersOfArchivesAreFound() throws {
    let archive = try ZIPArchive(Data(Self.archive(["a.txt": (fixed, 24)])))
    #expect(archive.names == ["a.txt"])
    #expect(try archive.content(of: "a.txt", limit: 100).map { String(decoding: $0, as: UTF8.self) }?.count == 24)
    #expect(try archive.content(of: "b.txt", limit: 100) == nil)
    let failure = #expect(throws: ZIPArchive.Failure.self) { try archive.content(of: "a.txt", limit: 23) }
    #expect(failure?.isHuge == true)
  }

  @Test func cutArchivesAreRefused() throws {
    let whole = Self.archive(["a.txt": (fixed, 24)])
    for length in 0..<whole.count {
      #expect(throws: ZIPArchive.Failure.self) { try ZIPArchive(Data(whole.prefix(length))) }
    }
    var damaged = whole
    damaged[0] = 0
    let archive = try ZIPArchive(Data(damaged))
    #expect(throws: ZIPArchive.Failure.self) { try archive.content(of: "a.txt", limit: 100) }
  }

  /// An archive of deflated members with their sizes.
  static func archive(_ members: KeyValuePairs<String, ([UInt8], Int)>) -> [UInt8] {
    func little(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(number >> (8 * $0) & 0xFF) } }
    var (bytes, list): ([UInt8], [UInt8]) = ([], [])
    for (name, (content, size)) in members {
      let sizes = little(content.count, 4) + little(size, 4) + little(name.utf8.count, 2) + little(0, 2)
      let common = little(20, 2) + little(0, 2) + little(8, 2) + little(0, 8) + sizes
      list += little(0x0201_4B50, 4) + little(20, 2) + common + little(0, 10) + little(bytes.count, 4) + name.utf8
      bytes += little(0x0403_4B50, 4) + common + name.utf8 + content
    }
    let end = little(0x0605_4B50, 4) + little(0, 4) + little(members.count, 2) + little(members.count, 2)
    return bytes + list + end + little(list.count, 4) + little(bytes.count, 4) + little(0, 2)
  }
}
