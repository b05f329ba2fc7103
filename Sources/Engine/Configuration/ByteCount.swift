// Amounts of memory as people write them: "2 GB".

import Foundation

/// Reads and writes numbers of bytes with decimal units. To the byte, unlike `ByteText`, which rounds for people:
/// what is written is read again, and whether a limit has changed is told from its text.
enum ByteCount {
  /// What a folder of recordings may take.
  static let limits = 10_000_000...100_000_000_000_000

  private static let units: [(name: String, bytes: Double)] = [("TB", 1e12), ("GB", 1e9), ("MB", 1e6)]

  /// "2 GB", "1.5gb", "500 MB", or a number of megabytes; nil for anything else, and for what no disk holds.
  static func bytes(_ item: TOMLItem) -> Int? {
    switch item {
    case .integer(let number): bytes(Double(number), 1e6)
    case .real(let number): bytes(number, 1e6)
    case .text(let text):
      units.first { text.uppercased().hasSuffix($0.name) }.flatMap { unit in
        let number = text.dropLast(unit.name.count).trimmingCharacters(in: .whitespaces)
        return Double(number).flatMap { bytes($0, unit.bytes) }
      }
    default: nil
    }
  }

  private static func bytes(_ number: Double, _ unit: Double) -> Int? {
    let product = (number * unit).rounded()
    return product >= 0 && product < 1e18 ? Int(product) : nil
  }

  /// The largest unit in which the number is short.
  static func text(_ bytes: Int) -> String {
    let unit = units.first { Double(bytes) >= $0.bytes } ?? ("MB", 1e6)
    let number = Double(bytes) / unit.bytes
    return number == number.rounded() ? "\(Int(number)) \(unit.name)" : "\(number) \(unit.name)"
  }
}
