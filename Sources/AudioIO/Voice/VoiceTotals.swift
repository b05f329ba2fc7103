// Counters of the voice, summed over the lives of the client.
internal import Realtime
internal import Synchronization

/// What a session counted about its voice, and the sum of such.
struct VoiceTotals: Equatable, Sendable {
  var dropped = 0
  var late = 0
  var underruns = 0
  var longMessages = 0
  var droppedMessages = 0
  var droppedOutput = 0

  static func + (a: VoiceTotals, b: VoiceTotals) -> VoiceTotals {
    VoiceTotals(
      dropped: a.dropped + b.dropped, late: a.late + b.late, underruns: a.underruns + b.underruns,
      longMessages: a.longMessages + b.longMessages, droppedMessages: a.droppedMessages + b.droppedMessages,
      droppedOutput: a.droppedOutput + b.droppedOutput)
  }
}

extension ProcessContext {
  /// The voice's counters now. Any thread.
  var voiceTotals: VoiceTotals {
    VoiceTotals(
      dropped: tally.dropped.load(ordering: .relaxed) + events.dropped, late: tally.late.load(ordering: .relaxed),
      underruns: tally.underruns.load(ordering: .relaxed),
      longMessages: tally.longMessages.load(ordering: .relaxed), droppedMessages: received.dropped,
      droppedOutput: tally.droppedOutput.load(ordering: .relaxed))
  }
}
