// Gets the latent vectors of a command: from its arguments, and those that are missing from a person or a pipe.

/// Asks for what the arguments lack. On a terminal a bad answer is asked for again; through a pipe each line is one
/// vector, an empty one a random vector, and a bad one ends the command.
public struct LatentQuestions {
  /// Whether a person answers.
  public var isTerminal: Bool
  /// The next line without its end; nil when there is none.
  public var nextLine: () -> String?
  /// Shows a question (without the end of a line) or a complaint (with it).
  public var show: (String) -> Void

  /// Questions to a person or a pipe.
  public init(isTerminal: Bool, nextLine: @escaping () -> String?, show: @escaping (String) -> Void) {
    self.isTerminal = isTerminal
    self.nextLine = nextLine
    self.show = show
  }

  /// One vector for each of `names`: the `given` texts, then the answers.
  public func vectors(
    _ names: [String], given: [String], reader: inout LatentVectorReader
  ) throws(LatentQuestionError) -> [LatentVector] {
    guard given.count <= names.count else { throw .tooMany(given.count, names: names) }
    var vectors: [LatentVector] = []
    for (name, text) in zip(names, given) {
      do { vectors.append(try reader.read(text)) } catch { throw .argument(name, error) }
    }
    for name in names.dropFirst(given.count) {
      vectors.append(try answer(name, of: names, &reader))
    }
    return vectors
  }

  private func answer(
    _ name: String, of names: [String], _ reader: inout LatentVectorReader
  ) throws(LatentQuestionError) -> LatentVector {
    while true {
      if isTerminal {
        let count = reader.model.latent
        show("Vector \(name) (\(count) numbers, a pattern's name, a MIDI file, or nothing for a random one): ")
      }
      guard let line = nextLine() else {
        // Ctrl-D leaves the cursor behind the question.
        if isTerminal { show("\n") }
        throw isTerminal ? .ended(name) : .missing(name, names: names)
      }
      do {
        return try reader.read(line)
      } catch {
        guard isTerminal else { throw .line(name, error) }
        show("\(error)\n")
      }
    }
  }
}

/// Why a command has not all its vectors.
public enum LatentQuestionError: Error, Equatable, CustomStringConvertible {
  /// More arguments than vectors.
  case tooMany(Int, names: [String])
  /// An argument is wrong.
  case argument(String, LatentVectorError)
  /// A line of a pipe is wrong.
  case line(String, LatentVectorError)
  /// Neither an argument nor a line of standard input gives this vector.
  case missing(String, names: [String])
  /// The person ended the questions.
  case ended(String)

  /// Whether the arguments are to blame.
  public var isOfArguments: Bool {
    switch self {
    case .tooMany, .argument, .missing: true
    case .line, .ended: false
    }
  }

  public var description: String {
    switch self {
    case .tooMany(let count, let names):
      "There are \(count) vectors, and \(names.count == 1 ? "one is" : "\(names.count) are") wanted "
        + "(\(names.joined(separator: " "))); put the numbers of one vector between quotes."
    case .argument(let name, let error), .line(let name, let error):
      "Vector \(name): \(error)"
    case .missing(let name, let names):
      "Vector \(name) is missing, as an argument and as a line of standard input; give "
        + (names.count == 1
          ? "a pattern's name, a MIDI file or \"random\"."
          : "\(names.joined(separator: " ")), \"random\" where any will do.")
    case .ended(let name):
      "Nothing was made, since vector \(name) was not given; \"random\" or an empty line draws one."
    }
  }
}
