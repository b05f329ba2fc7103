// The ways in which a plot cannot be drawn, each with one sentence for the user.

/// Why there is no plot. `description` says what is wrong and what to do.
public enum PlotError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file name ends neither in .png nor in .svg.
  case unknownExtension(path: String)
  /// The plot cannot be written there; `reason` says why.
  case unwritable(path: String, reason: String)
  /// gnuplot is not on the PATH.
  case noGnuplot
  /// gnuplot ran and drew nothing; `reason` is the last line that it said.
  case failed(path: String, reason: String)

  public var description: String {
    switch self {
    case .unknownExtension(let path):
      "\(path): a plot is written as .png or .svg; give it a name that ends so."
    case .unwritable(let path, let reason):
      "\(path): the plot cannot be written (\(reason)); choose another place."
    case .noGnuplot:
      "No plot was drawn because gnuplot is not installed; install it with `sudo apt install gnuplot-nox`."
    case .failed(let path, let reason):
      "\(path): gnuplot could not draw the plot (\(reason)); check that `gnuplot` runs by itself."
    }
  }
}
