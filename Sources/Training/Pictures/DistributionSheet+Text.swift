// The distances of two collections as a table for people.
import Foundation

extension DistributionSheet {
  /// A line for each feature; empty without another collection.
  public var distanceTable: String {
    guard let heading = comparison else { return "" }
    let rows = NoteFeature.allCases.map { feature -> String in
      let title = feature.title.padding(toLength: 20, withPad: " ", startingAt: 0)
      guard let distance = distance(feature) else { return "  \(title)   no such notes on one side" }
      return "  \(title) \(decimals(distance.divergence, 4)) bits   \(decimals(distance.overlap, 3))"
    }
    let columns = "  " + "".padding(toLength: 20, withPad: " ", startingAt: 0) + " divergence    overlap"
    return ([heading, columns] + rows).joined(separator: "\n")
  }
}
