// Draws one script in several formats.
public import Foundation

/// Pictures that come in several formats under one name.
public enum PictureSet {
  /// Draws `script` to `base` with the extension of each format. What stood there is replaced only by a whole picture.
  ///
  /// - Parameters:
  ///   - script: gnuplot commands without terminal and output.
  ///   - base: the files' name without extension, in a folder that exists.
  ///   - width: pixels.
  ///   - height: pixels.
  ///   - searchPath: folders in which gnuplot is sought, separated by colons.
  /// - Returns: one sentence for each picture that could not be drawn; a single one when gnuplot is missing, which
  ///   names no file, so that the complaints about many pictures can be joined.
  public static func draw(
    _ script: String, base: URL, formats: [PictureFormat] = PictureFormat.allCases, width: Int = 900,
    height: Int = 600, searchPath: String = Gnuplot.systemPath
  ) -> [String] {
    guard Gnuplot.program(searchPath: searchPath) != nil else {
      return formats.isEmpty ? [] : [Gnuplot.isMissing]
    }
    return formats.compactMap { format in
      do throws(PictureError) {
        try Gnuplot.draw(
          script, to: base.appendingPathExtension(format.rawValue), width: width, height: height,
          searchPath: searchPath)
        return nil
      } catch {
        return error.description
      }
    }
  }
}
