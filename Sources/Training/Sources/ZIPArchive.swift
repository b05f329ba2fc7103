// Reading members of ZIP archives.

import Foundation

/// An archive in memory: what a compressed MusicXML file is. Members are stored or deflated, without encryption and
/// below 4 GiB (APPNOTE.TXT of PKWARE, sections 4.3 and 4.4).
struct ZIPArchive {
  /// Why a member cannot be read, as the end of a sentence.
  struct Failure: Error {
    var reason: String
    /// The member is larger than allowed.
    var isHuge = false
  }

  private struct Member {
    var name: String
    var method: Int
    var compressedSize: Int
    var size: Int
    var offset: Int
  }

  private let bytes: [UInt8]
  private var members: [Member] = []

  /// The names of the members in the archive's order.
  var names: [String] { members.map(\.name) }

  /// Reads the list of members at the archive's end.
  init(_ data: Data) throws(Failure) {
    bytes = [UInt8](data)
    // The end record has 22 bytes and a comment of at most 65,535.
    let last = bytes.count - 22
    let ends = stride(from: last, through: max(0, last - 0xFFFF), by: -1)
    guard last >= 0, let end = ends.first(where: { number($0, bytes: 4) == 0x0605_4B50 }),
      let count = number(end + 10, bytes: 2), var place = number(end + 16, bytes: 4)
    else { throw Failure(reason: "it is no ZIP archive, or its end is missing") }
    for _ in 0..<count {
      guard number(place, bytes: 4) == 0x0201_4B50, let method = number(place + 10, bytes: 2),
        let compressed = number(place + 20, bytes: 4), let size = number(place + 24, bytes: 4),
        let nameLength = number(place + 28, bytes: 2), let extra = number(place + 30, bytes: 2),
        let comment = number(place + 32, bytes: 2), let offset = number(place + 42, bytes: 4),
        place + 46 + nameLength <= bytes.count
      else { throw Failure(reason: "its list of files is damaged") }
      let name = String(decoding: bytes[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self)
      members.append(
        Member(name: name, method: method, compressedSize: compressed, size: size, offset: offset))
      place += 46 + nameLength + extra + comment
    }
  }

  /// The content of a member; nil when there is none of this name.
  ///
  /// - Parameter limit: the most bytes that are decompressed.
  func content(of name: String, limit: Int) throws(Failure) -> [UInt8]? {
    guard let member = members.first(where: { $0.name == name }) else { return nil }
    guard member.size <= limit else {
      throw Failure(reason: "its member \(name) has \(member.size >> 20) MiB", isHuge: true)
    }
    let header = member.offset
    guard number(header, bytes: 4) == 0x0403_4B50, let nameLength = number(header + 26, bytes: 2),
      let extra = number(header + 28, bytes: 2)
    else { throw Failure(reason: "its member \(name) is damaged") }
    let start = header + 30 + nameLength + extra
    guard start + member.compressedSize <= bytes.count else { throw Failure(reason: "it ends inside \(name)") }
    let stored = start..<(start + member.compressedSize)
    switch member.method {
    case 0 where member.size == member.compressedSize:
      return Array(bytes[stored])
    case 8:
      let content = bytes.withUnsafeBytes { raw in
        try? Inflation.inflate(UnsafeRawBufferPointer(rebasing: raw[stored]), size: member.size)
      }
      guard let content else { throw Failure(reason: "its member \(name) is damaged") }
      return content
    default:
      throw Failure(reason: "its member \(name) is compressed in an unknown way")
    }
  }

  /// A little-endian number, nil past the end.
  private func number(_ offset: Int, bytes count: Int) -> Int? {
    guard offset >= 0, offset + count <= bytes.count else { return nil }
    return (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }
}
