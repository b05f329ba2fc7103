// The histograms of two collections over each other, on one sheet.

/// Seven histograms of a collection, and of another one to compare it with.
public struct DistributionSheet: Picture {
  private let data: NoteDistributions
  private let other: NoteDistributions?

  /// A sheet of `data` alone, or beside `other`.
  public init(_ data: NoteDistributions, beside other: NoteDistributions? = nil) {
    self.data = data
    self.other = other
  }

  public var height: Int { 1240 }

  private var collections: [NoteDistributions] { [data] + (other.map { [$0] } ?? []) }

  /// What is compared with what.
  var comparison: String? { other.map { "\($0.name) beside \(data.name):" } }

  /// The distance of a feature; nil without another collection or without notes.
  public func distance(_ feature: NoteFeature) -> NoteDistance? {
    other.flatMap { data[feature].distance(to: $0[feature]) }
  }

  /// A line for each bin of each feature: its counts and shares in each collection.
  public var csv: String {
    let header = ["feature", "bin", "value"] + collections.flatMap {
      [TableText.field($0.name + " count"), TableText.field($0.name + " share")]
    }
    let rows = NoteFeature.allCases.flatMap { feature in
      (0..<feature.count).map { bin in
        [feature.rawValue, "\(bin)", TableText.field(feature.label(bin))] + collections.flatMap {
          ["\($0[feature].counts[bin])", TableText.number($0[feature].shares[bin])]
        }
      }
    }
    return TableText.lines([header] + rows)
  }

  /// The distances, a line for each feature.
  public var tables: [(suffix: String, text: String)] {
    guard other != nil else { return [] }
    let rows = NoteFeature.allCases.map { feature in
      let distance = distance(feature)
      return [feature.rawValue] + [distance?.divergence, distance?.overlap].map { $0.map(TableText.number) ?? "" }
    }
    return [("-distances", TableText.lines([["feature", "jensen_shannon_bits", "overlap"]] + rows))]
  }

  public var script: String {
    """
    \(PictureStyle.axes)
    set multiplot layout 4,2 margins 0.07,0.975,0.05,0.968 spacing 0.08,0.078
    set style fill solid
    set boxwidth 0.9
    set yrange [0:*]
    set format y '%g %%'
    unset key

    """ + NoteFeature.allCases.map(panel).joined() + legend + "unset multiplot\n"
  }

  private func panel(_ feature: NoteFeature) -> String {
    let shares = collections.map { $0[feature].shares }
    let rows = (0..<feature.count).map { bin in
      "\(bin) " + shares.map { TableText.number(100 * $0[bin]) }.joined(separator: " ")
    }
    let used = (0..<feature.count).filter { bin in shares.contains { $0[bin] > 0.0003 } }
    // Of the pitches only the range that can be seen; the other axes are short enough.
    let (low, high) = feature == .pitch ? (used.first ?? 0, used.last ?? 127) : (0, feature.count - 1)
    let distance = distance(feature).map {
      "divergence \(decimals($0.divergence, 3)), overlap \(decimals($0.overlap, 2))"
    }
    let tics = feature.namedBins.filter { (low...high).contains($0) }.map { (feature.label($0), Double($0)) }
    var plots = ["$\(feature) using 1:2 with boxes lc rgb '\(other == nil ? "#5B9EC9" : "#9CC7E4")'"]
    if other != nil { plots.append("$\(feature) using 1:3 with histeps lw 1.8 lc rgb '\(PictureStyle.second)'") }
    return """
      $\(feature) << EOD
      \(rows.joined(separator: "\n"))
      EOD
      set label 1 \(Gnuplot.quoted(feature.title)) at graph 0,1.07 left font ',11'
      set label 2 \(Gnuplot.quoted(distance ?? "")) at graph 1,1.07 right font ',9' tc rgb '\(PictureStyle.quiet)'
      set xrange [\(Double(low) - 0.7):\(Double(high) + 0.7)]
      set xtics (\(PictureStyle.tics(tics)))
      set xlabel \(Gnuplot.quoted(feature.axis)) offset 0,0.5
      plot \(plots.joined(separator: ", "))

      """
  }

  /// The last place of the sheet says what is what.
  private var legend: String {
    var lines = """
      unset border
      unset tics
      unset grid
      unset xlabel
      unset label
      set xrange [0:1]
      set yrange [0:1]

      """
    for (place, collection) in collections.enumerated() {
      let top = 0.82 - 0.26 * Double(place)
      let name = PictureStyle.shortened(collection.name, 40)
      let counts = "\(collection.sequences) sequence\(collection.sequences == 1 ? "" : "s"), \(collection.notes) notes"
      let look = place == 0
        ? "fc rgb '\(other == nil ? "#5B9EC9" : "#9CC7E4")' fs solid noborder"
        : "fc rgb 'white' fs solid border lc rgb '\(PictureStyle.second)' lw 1.8"
      lines += """
        set object \(place + 1) rectangle from 0.02,\(top - 0.05) to 0.09,\(top + 0.05) \(look)
        set label \(2 * place + 1) \(Gnuplot.quoted(name)) at 0.12,\(top + 0.025) font ',11'
        set label \(2 * place + 2) \(Gnuplot.quoted(counts)) at 0.12,\(top - 0.07) font ',9' \
        tc rgb '\(PictureStyle.quiet)'

        """
    }
    if other != nil {
      lines += """
        set label 9 'divergence: Jensen–Shannon, 0 equal to 1 bit disjoint' at 0.02,0.25 font ',9' \
        tc rgb '\(PictureStyle.quiet)'
        set label 10 'overlap: the area that both cover, 0 to 1' at 0.02,0.14 font ',9' tc rgb '\(PictureStyle.quiet)'

        """
    }
    return lines + "plot NaN\n"
  }
}
