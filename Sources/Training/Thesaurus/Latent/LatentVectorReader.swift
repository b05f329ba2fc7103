// Reads latent vectors as people write them.

import Foundation
public import Improviser
import MIDI
import Music

/// Reads numbers, names of patterns, MIDI files and "random". One thread at a time.
public struct LatentVectorReader {
  /// The largest absolute value of a number that is read.
  public static let largest: Float = 1000

  /// Whose latent vectors they are.
  public let model: ThesaurusModel
  /// Where random vectors come from.
  public private(set) var prior: LatentPrior

  /// Reads vectors of `model`; random ones are drawn from `prior`.
  public init(model: ThesaurusModel, prior: LatentPrior) {
    self.model = model
    self.prior = prior
  }

  /// Reads one vector: numbers with spaces or commas between them, in brackets or not; the name of a pattern, with or
  /// without a tonic and "thesaurus:" before it; the path of a MIDI file; "random" or nothing for a draw of the
  /// prior. A pattern gives the mean of its encoding.
  ///
  /// What could be two of these is the first of: "random", numbers, a file, a name.
  public mutating func read(_ text: String) throws(LatentVectorError) -> LatentVector {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    if text.isEmpty || text.lowercased() == "random" { return random() }
    let words = Self.words(text)
    let numbers = words.filter { Float($0) != nil }.count
    if numbers == words.count, numbers > 0 { return try vector(words) }
    let ending = (text as NSString).pathExtension.lowercased()
    if ["mid", "midi"].contains(ending) || FileManager.default.fileExists(atPath: text) { return try file(text) }
    if numbers > 0 { return try vector(words) }
    return try named(text)
  }

  /// A vector of the prior.
  public mutating func random() -> LatentVector {
    LatentVector(numbers: prior.vector(model.latent), origin: .random)
  }

  private static func words(_ text: String) -> [String] {
    let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
    let inner = isBracketed ? text.dropFirst().dropLast() : text[...]
    return inner.split { $0 == "," || $0 == ";" || $0.isWhitespace }.map(String.init)
  }

  private func vector(_ words: [String]) throws(LatentVectorError) -> LatentVector {
    var numbers: [Float] = []
    for word in words {
      guard let number = Float(word) else { throw .word(word) }
      // A number that no Float holds reads as infinite, though it was not written so.
      let isWrittenInfinite = word.lowercased().contains("inf")
      if number.isNaN || number.isInfinite && isWrittenInfinite { throw .notFinite(word) }
      guard abs(number) <= Self.largest else { throw .large(word) }
      numbers.append(number)
    }
    guard numbers.count == model.latent else { throw .length(numbers.count, expected: model.latent) }
    return LatentVector(numbers: numbers, origin: .numbers)
  }

  private func named(_ text: String) throws(LatentVectorError) -> LatentVector {
    let (tonic, name) = try Self.parts(text)
    do {
      let pattern = try ThesaurusPattern(name: name)
      return encoded(pattern, tonic: tonic, file: nil)
    } catch {
      if case .form = error { throw .unknown(text, length: model.latent) }
      throw .name(error)
    }
  }

  /// The tonic before "thesaurus:", or without that as the first word, and the name after it.
  private static func parts(_ text: String) throws(LatentVectorError) -> (tonic: PitchClass?, name: String) {
    guard let prefix = text.range(of: "thesaurus:", options: .caseInsensitive) else {
      let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
      guard words.count == 2, let tonic = PitchClass(name: words[0]) else { return (nil, text) }
      return (tonic, words[1])
    }
    let name = String(text[prefix.upperBound...])
    let before = text[..<prefix.lowerBound].trimmingCharacters(in: .whitespaces)
    guard !before.isEmpty else { return (nil, name) }
    guard let tonic = PitchClass(name: before) else { throw .tonic(before) }
    return (tonic, name)
  }

  private func file(_ path: String) throws(LatentVectorError) -> LatentVector {
    let url = URL(fileURLWithPath: path)
    let kind = (try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path))?[.type]
    if let kind = kind as? FileAttributeType, kind != .typeRegular { throw .notAFile(path) }
    let notes: [Note]
    do {
      notes = try StandardMIDIFile(contentsOf: url).notes()
    } catch {
      var named = error
      named.file = path
      throw .midi(named)
    }
    guard !notes.isEmpty else { throw .silent(path) }
    // Legato notes may overlap; notes that begin together are a chord.
    for (note, next) in zip(notes, notes.dropFirst()) where next.onset - note.onset < 0.001 {
      throw .chords(path, seconds: note.onset)
    }
    let line = notes.map(\.pitch)
    guard let found = PatternFinder.find(line) else {
      throw .noPattern(path, nearest: PatternFinder.nearest(to: line))
    }
    return encoded(found.pattern, tonic: PitchClass(wrapping: found.start), file: path)
  }

  private func encoded(_ pattern: ThesaurusPattern, tonic: PitchClass?, file: String?) -> LatentVector {
    LatentVector(numbers: model.encode(pattern).mean, origin: .pattern(pattern, file: file), tonic: tonic)
  }
}
