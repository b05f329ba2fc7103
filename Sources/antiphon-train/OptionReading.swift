// Reads options that several commands share.
import ArgumentParser
import Foundation
import Music
import Training

/// Options as people type them.
enum OptionReading {
  /// The command line as files record it: of absolute paths only the name, since the folders are this machine's own,
  /// and without --resume, which changes nothing of the outcome.
  static var commandLine: String {
    let words = CommandLine.arguments.dropFirst().filter { $0 != "--resume" }.map { word in
      let name = word.hasPrefix("/") ? URL(fileURLWithPath: word).lastPathComponent : word
      return name.contains(" ") ? "\"\(name)\"" : name
    }
    return (["antiphon-train"] + words).joined(separator: " ")
  }

  /// The direction of --direction.
  static func direction(_ name: String) throws -> PatternDirection {
    guard let direction = PatternDirection(rawValue: name.lowercased()) else {
      throw ValidationError("--direction is \"\(name)\"; choose up, down or both.")
    }
    return direction
  }

  /// The note of --tonic.
  static func tonic(_ name: String) throws -> PitchClass {
    guard let tonic = PitchClass(name: name) else {
      throw ValidationError("--tonic is \"\(name)\", which is no note; write C, F# or Bb, for example.")
    }
    return tonic
  }

  /// Applies --families and --classes.
  static func apply(families: String?, classes: Int?, to options: inout TrainingOptions) throws {
    if let classes {
      guard classes == 24 else {
        throw ValidationError("--classes is \(classes); only 24 exists.")
      }
      guard families == nil else { throw ValidationError("--classes 24 names its families; leave --families out.") }
      options.useMajorMinor()
    }
    if let families {
      options.families = try families.split(separator: ",").map { name in
        if let family = ScaleFamily(name: String(name)) { return family }
        let known = ScaleFamily.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--families names \"\(name)\", which is no family; choose from \(known).")
      }
    }
  }
}
