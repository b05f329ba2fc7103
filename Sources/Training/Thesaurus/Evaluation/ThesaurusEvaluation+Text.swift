// The figures of the Thesaurus as tables.

import Foundation

extension ThesaurusEvaluation {
  /// Tables for a reader; shares have their 95 % interval (Wilson) beside them.
  public var text: String {
    let shown = [sampleTable, reconstructionTable, wayTable, rollTable].map(\.text)
    let histograms = columns.flatMap { column in
      column.cells.sorted { $0.key < $1.key }.map { name, figures in
        "\(column.name), \(name): " + figures.histogram.enumerated().map { "\($1) × \($0)" }.joined(separator: ", ")
      }
    }
    let time = "Decoding a step, processor time: median \(decimals(decoding.median, 1)) µs, 99.9 % within "
      + "\(decimals(decoding.nearlyWorst, 1)) µs, longest \(decimals(decoding.worst, 1)) µs of \(decoding.steps)."
    let interval = "Beside each share stands its 95 % confidence interval (Wilson)."
    let steps = "Steps by changed notes\n" + histograms.joined(separator: "\n") + "\n"
    return (shown + [steps, time + "\n" + interval + "\n"]).joined(separator: "\n")
  }

  private var sampleTable: FigureTable {
    var table = FigureTable(title: "Samples of the prior (\(model))", columns: columns.map(\.name))
    table.add("numbers trained", columns.map { $0.parameters.map(String.init) ?? "" })
    table.add("samples", columns.map { "\($0.samples.divided.total)" })
    table.add("obey an equal division", columns.map { construction($0, $0.samples.divided) })
    table.add("and the rules of added notes", columns.map { construction($0, $0.samples.allowed) })
    table.add("allowed before the search", columns.map { $0.samples.plain.map(shown) ?? "" })
    table.add("notes of no training pattern", columns.map { shown($0.samples.novel) })
    table.add("pitches of no training pattern", columns.map { shown($0.samples.novelScales) })
    table.add("different patterns", columns.map { shown($0.samples.distinct) })
    table.add("changed notes between two", columns.map { $0.samples.meanDistance.map { decimals($0, 2) } ?? "" })
    table.add("entropy, progressions (≤ 3.46)", columns.map { decimals($0.samples.progressionEntropy, 2) + " bits" })
    table.add("entropy, operations (≤ 2.81)", columns.map { decimals($0.samples.operationEntropy, 2) + " bits" })
    table.remarks = [
      "* by construction: only allowed patterns can come out, so that the share is no merit. Antiphon's decoder",
      "  searches the most probable of all allowed patterns; \"before the search\" is what its network means by",
      "  itself: the likeliest progression and the notes above one half.",
      "  New and different are counted among samples that obey all rules. As many of the random patterns are new as",
      "  were held out; the nearest neighbour draws training patterns. \"Notes\" are notes in their order; as sets of",
      "  pitches, which is what is played in, most new patterns are known.",
    ]
    if let seedTraining, let seedLoss {
      table.remarks += [
        "  The seed's network trained on the \(seedTraining.count) of \(seedTraining.total) training patterns that fit "
          + "its roll, to a loss of \(decimals(seedLoss, 1)) nats; a",
        "  roll counts as valid by its first notes, as far as they make an ascent, whatever comes after.",
      ]
    }
    return table
  }

  private var reconstructionTable: FigureTable {
    var table = FigureTable(title: "Exact reconstruction", columns: columns.map(\.name))
    for (index, part) in Self.parts.enumerated() {
      table.add("\(part) (\(patterns[index]))", columns.map { shown($0.reconstruction[index]) })
      table.add("  before the search", columns.map { column in
        column.plainReconstruction.isEmpty ? "" : shown(column.plainReconstruction[index])
      })
    }
    table.remarks = ["  The seed's network is asked for the patterns that fit its roll only."]
    return table
  }

  private var wayTable: FigureTable {
    let ways = PatternMeasurement.Way.allCases.map(\.rawValue)
    var table = FigureTable(
      title: "\(Self.row) patterns from one held-out pattern to another (ends included)", columns: columns.map(\.name))
    for way in ways {
      let cells = columns.map { $0.cells[way] }
      let lines = columns.map { $0.lines[way] }
      table.add(way, columns.map { _ in "" }, isHeading: true)
      table.add("  changed notes a step, mean", cells.map { $0.map { decimals($0.meanStep, 2) } ?? "" })
      table.add("  changed notes a step, largest", cells.map { $0.map { "\($0.largestStep)" } ?? "" })
      table.add("  steps of at most 3", cells.map { $0.map { shown($0.smooth) } ?? "" })
      table.add("  allowed between the ends", zip(columns, lines).map { column, figures in
        figures.map { construction(column, $0.allowed) } ?? ""
      })
      table.add("  allowed before the search", lines.map { $0?.plain.map(shown) ?? "" })
      table.add("  monotone rows", cells.map { $0.map { shown($0.monotone) } ?? "" })
      table.add("  notes back, a row", cells.map { $0.map { decimals($0.meanReturn, 2) } ?? "" })
      table.add("  changed of 37 notes a step, mean", lines.map { $0.map { decimals($0.meanStep, 2) } ?? "" })
      table.add("  the same, monotone rows", lines.map { $0.map { shown($0.monotone) } ?? "" })
    }
    table.remarks = [
      "  Changed notes: the edit distance of two cells, at most 5. Monotone: the distance to the start never falls",
      "  and that to the end never rises; \"notes back\" is by how much they do. What the seed's network decodes may",
      "  have no cell: its steps are counted in notes of the roll, of which a new progression changes nearly all.",
    ]
    return table
  }

  private var rollTable: FigureTable {
    var table = FigureTable(
      title: "The seed's metrics, on rolls of 37 notes and 63 pitches",
      columns: ["the seed's figure"] + columns.map(\.name))
    table.add("fit the roll", [""] + columns.map { shown($0.rolls.fitting) })
    table.add("KL, nats", ["6.3"] + columns.map { $0.rolls.divergence.map { decimals($0, 2) } ?? "" })
    table.add("sparseness", ["0.0159"] + columns.map { decimals($0.rolls.sparseness, 4) })
    table.add("pitch coverage", ["0.279"] + columns.map { decimals($0.rolls.coverage, 3) })
    table.add("difference", ["0.954"] + columns.map { shown($0.rolls.difference) })
    table.remarks = [
      "  KL: what a latent vector says of its pattern; low is no merit by itself, for at 0 it says nothing. An exact",
      "  reconstruction of one of 31,954 patterns needs ln 31,954 = 10.4 nats at least.",
      "  The seed's network scales its noise by the very number whose exponential it takes for the variance: its",
      "  noise is nearly nothing, and its figure no divergence.",
      "  Sparseness: 1/63 = 0.0159 by construction where every row holds a note; ours ends where the pattern ends.",
      "  Pitch coverage: how many pitches a pattern has; right is that of the training patterns, not the highest.",
      "  Difference: rolls that equal no training roll; noise reaches 1, so that it says nothing without validity.",
    ]
    return table
  }

  private func construction(_ column: Column, _ share: Share) -> String {
    shown(share) + (column.isAllowedByConstruction ? " *" : "")
  }

  private func shown(_ share: Share) -> String {
    guard let value = share.value, let interval = share.interval else { return "" }
    let (low, high) = (decimals(100 * interval.lowerBound, 1), decimals(100 * interval.upperBound, 1))
    return "\(decimals(100 * value, 1)) % (\(low)–\(high))"
  }
}
