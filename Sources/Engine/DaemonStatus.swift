// The reply to `antiphon status`, put together from the parts of the daemon.

import AudioIO
import Control
import Foundation
import ScaleDetector

/// Everything that the status is made of; any thread may ask.
struct DaemonStatus: Sendable {
  let configuration: DaemonConfiguration
  let input: JackClient
  let listener: Listener
  let answering: Answering
  let recorder: Recorder
  let osc: OSCHost
  let keeper: ConfigurationKeeper?
  /// When the daemon started, by the monotonic clock.
  let start: Double

  /// The status now.
  func status(clients: Int) -> Status {
    let audio = input.status
    let ear = listener.statistics
    let side = answering.status(audio)
    let refusal = audio.isRealtimeRefused || answering.isRealtimeRefused ? RealtimeRights.refusal : nil
    let recording = recorder.summary
    var status = Status(
      version: antiphonVersion,
      uptime: MonotonicTime.now - start,
      audio: Status.Audio(
        input: InputSummary(audio), client: audio.clientName, xruns: audio.xruns, droppedFrames: audio.drops,
        gaps: audio.gaps, restarts: audio.restarts, callbackMedianMicroseconds: audio.callbackMedian,
        callbackMeanMicroseconds: audio.callbackMean, callbackWorstMicroseconds: audio.callbackWorst,
        realtime: audio.isRealtime),
      analysis: Status.Analysis(
        load: ear.load, readouts: ear.readouts, rebuilds: ear.rebuilds, classes: configuration.classes.rawValue),
      model: Status.Model(
        name: configuration.model.deletingPathExtension().lastPathComponent, path: configuration.model.path),
      dialogue: answering.dialogue,
      voice: side.voice,
      midi: side.midi,
      clients: clients,
      warnings: audio.warnings + side.warnings + [ear.problem, refusal, recording.message, osc.problem, keeper?.problem].compactMap { $0 })
    (status.recording, status.osc, status.configuration) = (recording, osc.summary, keeper?.status)
    return status
  }
}
