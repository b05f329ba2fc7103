// What was measured after each epoch.
import Foundation

/// One row of the history.
struct EpochFigures: Equatable {
  var epoch: Int
  var rate: Double
  var trainLoss: Double
  var validationLoss: Double
  /// Share of validation examples whose most probable class is right.
  var validationAccuracy: Double
  var samplesASecond: Double
}

/// The history as CSV.
enum HistoryFile {
  static func text(_ rows: [EpochFigures]) -> String {
    var text = "epoch,rate,train_loss,validation_loss,validation_accuracy,samples_per_second\n"
    for row in rows {
      text += "\(row.epoch),\(row.rate),\(row.trainLoss),\(row.validationLoss),\(row.validationAccuracy),"
      text += "\(row.samplesASecond)\n"
    }
    return text
  }
}
