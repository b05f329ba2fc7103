// Measures one system: its samples, its reconstructions and its ways between patterns.

import Improviser
import Music

/// What all systems are asked, on the same patterns.
struct PatternMeasurement {
  let split: PatternSplit
  let options: ThesaurusEvaluation.Options
  private let trainingRolls: Set<PatternRoll>

  init(split: PatternSplit, options: ThesaurusEvaluation.Options) {
    self.split = split
    self.options = options
    trainingRolls = Set(split.training.compactMap(PatternRoll.init))
  }

  /// The figures of a system.
  ///
  /// - Parameter progress: called with what is being done; true interrupts.
  func column(_ system: any PatternSystem, progress: (String) -> Bool) throws -> ThesaurusEvaluation.Column {
    func show(_ what: String) throws {
      if progress("\(system.name), \(what)") { throw TrainingError("The evaluation was interrupted.") }
    }
    try show("samples")
    var random = SplitMix64(seed: options.seed, index: 1)
    let samples = try system.samples(options.samples, using: &random)
    let figures = SampleFigures(samples, split: split, random: &random)
    try show("reconstructions")
    let parts = [split.training, split.unseenPatterns, split.unseenClasses]
    let shares = try parts.map { Share(try system.reconstructs($0.filter(system.reads))) }
    let plainly = parts.compactMap { system.reconstructsPlainly($0.filter(system.reads)).map { Share($0) } }
    var (cells, lines): ([String: PathFigures], [String: PathFigures]) = ([:], [:])
    for way in Way.allCases {
      guard let rows = try rows(of: system, by: way, show) else { continue }
      // What may be no pattern has no cell to compare.
      if system.isAllowedByConstruction { cells[way.rawValue] = PathFigures(rows, distance: PathFigures.cells) }
      lines[way.rawValue] = PathFigures(rows, distance: PathFigures.lines)
    }
    let divergence = try system.divergence(of: split.training.filter(system.reads))
    return ThesaurusEvaluation.Column(
      name: system.name, parameters: system.parameters, isAllowedByConstruction: system.isAllowedByConstruction,
      samples: figures, reconstruction: shares, plainReconstruction: plainly, cells: cells, lines: lines,
      rolls: RollFigures(samples, training: trainingRolls, divergence: divergence))
  }

  /// Rows between pairs of held-out patterns drawn at random; nil where the system has no such way.
  private func rows(
    of system: any PatternSystem, by way: Way, _ show: (String) throws -> Void
  ) throws -> [[PatternSample]]? {
    let heldOut = (split.unseenPatterns + split.unseenClasses).filter(system.reads)
    // The pairs are the same for every system, whatever it draws itself.
    var (random, own) = (SplitMix64(seed: options.seed, index: 2), SplitMix64(seed: options.seed, index: 4))
    guard heldOut.count > 1, !way.isSpaced || system is ModelSystem else { return nil }
    var rows: [[PatternSample]] = []
    for _ in 0..<options.pairs {
      try show("ways, \(way.rawValue)")
      let (start, end) = (random.choose(heldOut), random.choose(heldOut))
      if way.isSpaced, let model = system as? ModelSystem {
        rows.append(model.walk(from: start, to: end, path: way.path, count: ThesaurusEvaluation.row))
      } else {
        rows.append(
          try system.row(from: start, to: end, path: way.path, count: ThesaurusEvaluation.row, using: &own))
      }
    }
    return rows
  }

  /// The ways that are measured.
  enum Way: String, CaseIterable {
    case linear
    case spherical
    case linearSpaced = "linear, evenly spaced"
    case sphericalSpaced = "spherical, evenly spaced"

    var path: LatentPath { self == .linear || self == .linearSpaced ? .linear : .spherical }
    var isSpaced: Bool { self == .linearSpaced || self == .sphericalSpaced }
  }
}
