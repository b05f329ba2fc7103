// What is wrong with a file of options.

/// A sentence with the file and, where it is known, the line.
struct TrainingFileError: Error, Equatable, CustomStringConvertible {
  let description: String
}
