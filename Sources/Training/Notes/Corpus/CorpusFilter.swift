// Which pieces and notes of a corpus are kept.

import Foundation

/// Names that pieces and notes must match; an empty list lets everything pass. Case and accents do not count.
public struct CorpusFilter: Hashable, Sendable {
  /// Parts of composers' names.
  public var composers: [String] = []
  /// Instruments whose notes are kept: General MIDI programs 0…127, or parts of the names of programs, of a score's
  /// parts or of "Drums".
  public var instruments: [String] = []
  /// Genres by their whole names.
  public var genres: [String] = []

  /// Lets everything pass.
  public init() {}

  /// True when everything passes.
  public var isEmpty: Bool { composers.isEmpty && instruments.isEmpty && genres.isEmpty }

  /// The filters as options: --composer "Schubert" --genre "songs".
  public var description: String {
    let options = [("--composer", composers), ("--instrument", instruments), ("--genre", genres)]
    return options.flatMap { option, names in names.map { "\(option) \"\($0)\"" } }.joined(separator: " ")
  }

  /// True when composer and genre match.
  func admits(composer: String?, genre: String?) -> Bool {
    let isComposer = composers.isEmpty || composer.map { name in composers.contains { Self.has(name, $0) } } ?? false
    guard !genres.isEmpty else { return isComposer }
    guard let genre else { return false }
    return isComposer && genres.contains { Self.folded($0) == Self.folded(genre) }
  }

  /// The notes of the instruments that are kept.
  func notes(of piece: CorpusPiece) -> [CorpusNote] {
    guard !instruments.isEmpty else { return piece.notes }
    let numbers = Set(
      GeneralMIDI.names.enumerated().compactMap { number, name in
        instruments.contains { Int16($0) == Int16(number) || Int($0) == nil && Self.has(name, $0) }
          ? Int16(number) : nil
      })
    let parts = Set(
      piece.parts.compactMap { number, name in
        instruments.contains { Int($0) == nil && Self.has(name, $0) } ? number : nil
      })
    return piece.notes.filter { numbers.contains($0.instrument) || parts.contains($0.part) }
  }

  private static func has(_ name: String, _ part: String) -> Bool { folded(name).contains(folded(part)) }

  static func folded(_ name: String) -> String {
    name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
  }
}
