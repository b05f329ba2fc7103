// Which patterns of the Thesaurus train the model and which are held out.

public import Music

/// A fixed division of all patterns by rule: the same on every machine, at every seed, for every training.
///
/// - Whole classes are never seen: of each progression the one operation whose place in `PatternOperation.allCases` is
///   the progression's own place plus five, counted around the seven. So each operation is held out somewhere, and each
///   is seen with other progressions.
/// - Of the other patterns those whose `LineKey` hashes below 17.5 % train (about 15 % of all), the next 5.8 % validate
///   (about 5 % of all), and the rest are held out.
/// - Patterns that play the same notes under two names, as tritone/interpolation/2 with 2 and 4 and
///   ditone/interpolation/1 with 2 do, are on one side: they share the hash, and where one of them belongs to an unseen
///   class, none of them trains or validates. Nothing that is held out is a copy of what trained.
///
/// Immutable; any thread.
public struct PatternSplit: Sendable {
  /// The split that every training and every measurement uses; made when it is first asked for, in a fraction of
  /// a second.
  public static let standard = PatternSplit(of: PatternList.all.patterns)

  /// What the model learns from.
  public let training: [ThesaurusPattern]
  /// What is measured while it learns.
  public let validation: [ThesaurusPattern]
  /// Held out, of classes of which others trained.
  public let unseenPatterns: [ThesaurusPattern]
  /// Held out, of classes of which none trained.
  public let unseenClasses: [ThesaurusPattern]
  private let learned: Set<LineKey>
  private let learnedScales: Set<PitchSet>

  /// Of 1000 patterns of the classes that are seen.
  private static let (trainingShare, validationShare): (UInt64, UInt64) = (175, 58)
  private static let shift = 5

  /// Whether no pattern of a progression and operation trains the model.
  public static func isHeldOut(_ progression: Progression, _ operation: PatternOperation) -> Bool {
    let operations = PatternOperation.allCases
    return operations[(progression.index + shift) % operations.count] == operation
  }

  /// Whether the pattern belongs to a class of which none trains the model.
  public static func isUnseenClass(_ pattern: ThesaurusPattern) -> Bool {
    isHeldOut(pattern.progression, pattern.operation)
  }

  /// Whether the notes of the pattern, not only its name, are those of no pattern in `training`.
  public func isNovel(_ pattern: ThesaurusPattern) -> Bool { !learned.contains(LineKey(pattern)) }

  /// Whether also the pitches of the pattern, in whatever order, are those of no pattern in `training` on the same
  /// tonic. There are far fewer such scales than patterns: most are played in many orders.
  public func isNovelScale(_ pattern: ThesaurusPattern) -> Bool {
    !learnedScales.contains(PatternScale(pattern: pattern).pitches)
  }

  /// Divides patterns, which keep their order.
  init(of patterns: [ThesaurusPattern]) {
    let keys = patterns.map(LineKey.init)
    let unseen = Set(zip(patterns, keys).filter { Self.isUnseenClass($0.0) }.map(\.1))
    var parts: (training: [ThesaurusPattern], validation: [ThesaurusPattern]) = ([], [])
    var heldOut: (patterns: [ThesaurusPattern], classes: [ThesaurusPattern]) = ([], [])
    var learned: Set<LineKey> = []
    for (pattern, key) in zip(patterns, keys) {
      let place = key.stableHash % 1000
      if Self.isUnseenClass(pattern) {
        heldOut.classes.append(pattern)
      } else if unseen.contains(key) || place >= Self.trainingShare + Self.validationShare {
        heldOut.patterns.append(pattern)
      } else if place >= Self.trainingShare {
        parts.validation.append(pattern)
      } else {
        parts.training.append(pattern)
        learned.insert(key)
      }
    }
    (training, validation) = parts
    (unseenPatterns, unseenClasses) = heldOut
    self.learned = learned
    learnedScales = Set(parts.training.map { PatternScale(pattern: $0).pitches })
  }
}
