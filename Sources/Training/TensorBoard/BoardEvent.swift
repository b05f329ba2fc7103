// What TensorBoard reads: one event of a training.
import Foundation

/// An event with the fields of tensorboard/compat/proto/event.proto that a training of numbers needs.
struct BoardEvent {
  /// What an event tells.
  enum Content {
    /// That a file begins.
    case version
    /// That a training begins at the event's step: older events of this step and later ones no longer count.
    case start
    /// Numbers by their names.
    case scalars([(tag: String, value: Double)])
  }

  /// Seconds since 1970.
  var time: Double
  /// Steps of the optimiser.
  var step = 0
  var content: Content

  /// The message in the encoding of protocol buffers. Numbers of the value 0 are left out, as proto3 does.
  var data: Data {
    var event = ProtobufWriter()
    event.double(1, time)
    if step != 0 { event.integer(2, step) }
    switch content {
    case .version: event.string(3, "brain.Event:2")
    case .start:
      // SessionLog with status START.
      event.message(7) { $0.integer(1, 1) }
    case .scalars(let scalars):
      event.message(5) { summary in
        for scalar in scalars {
          summary.message(1) { value in
            value.string(1, scalar.tag)
            value.float(2, Float(scalar.value))
          }
        }
      }
    }
    return event.data
  }
}
