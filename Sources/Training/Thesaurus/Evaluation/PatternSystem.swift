// What is measured: something that makes, repeats and joins patterns.

import Improviser
import Music

/// A system whose figures stand in one column of the table.
protocol PatternSystem {
  /// As the table calls it.
  var name: String { get }
  /// Numbers that were trained; nil where none were.
  var parameters: Int? { get }
  /// Whether nothing but allowed patterns can come out.
  var isAllowedByConstruction: Bool { get }
  /// Whether it can read a pattern.
  func reads(_ pattern: ThesaurusPattern) -> Bool
  /// Patterns drawn at random.
  func samples(_ count: Int, using random: inout SplitMix64) throws -> [PatternSample]
  /// For each pattern, all of which it can read, whether it comes out exactly as it went in.
  func reconstructs(_ patterns: [ThesaurusPattern]) throws -> [Bool]
  /// The same of what the network means before a search among allowed patterns; nil where there is no search.
  func reconstructsPlainly(_ patterns: [ThesaurusPattern]) -> [Bool]?
  /// A row of `count` patterns from one to another, both of which it can read.
  func row(
    from start: ThesaurusPattern, to end: ThesaurusPattern, path: LatentPath, count: Int,
    using random: inout SplitMix64
  ) throws -> [PatternSample]
  /// The divergence of the latent vectors of patterns from the prior, nats a pattern; nil without a latent space.
  func divergence(of patterns: [ThesaurusPattern]) throws -> Double?
}

extension PatternSystem {
  var parameters: Int? { nil }
  var isAllowedByConstruction: Bool { true }
  func reads(_ pattern: ThesaurusPattern) -> Bool { true }
  func reconstructsPlainly(_ patterns: [ThesaurusPattern]) -> [Bool]? { nil }
  func divergence(of patterns: [ThesaurusPattern]) throws -> Double? { nil }
}
