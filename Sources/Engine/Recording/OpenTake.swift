// The take that is being written.

import AudioIO
import Foundation

/// A take with its files. One thread owns it.
final class OpenTake {
  /// The zero of its files, in seconds of the monotonic clock.
  let start: Double
  /// The path of its files without their endings.
  let path: String
  /// The MIDI file.
  private(set) var file: TakeFile
  /// What was played and answered.
  var take: Take
  /// The sound; nil while there is none.
  var sound: TakeSound?
  /// When the last note or sound was.
  var lastActivity: Double
  /// When the files are written next.
  var nextSync: Double
  /// Whether something came since the MIDI file was written.
  var hasNews = false

  /// Makes no file yet.
  ///
  /// - Parameters:
  ///   - start: the zero of the files, and `time` the first note or sound, in seconds of the monotonic clock.
  ///   - now: the present.
  init(folder: RecordingFolder, name: String, take: Take, start: Double, time: Double, now: Double) {
    path = folder.file(name)
    file = TakeFile(folder: folder, name: name)
    self.take = take
    self.start = start
    lastActivity = time
    nextSync = now
  }

  /// The file to show: that of the notes, or of the sound while there are no notes.
  var shownPath: String { file.bytes > 0 ? file.path : sound?.path ?? file.path }
  /// Bytes of all its files.
  var bytes: Int { file.bytes + (sound?.bytes ?? 0) }

  /// The time in the files, in seconds, of a time of the monotonic clock.
  func seconds(of time: Double) -> Double { sound?.seconds(of: time) ?? time - start }

  /// Writes the notes, if there are new ones, and brings the sound to the disk.
  ///
  /// - Parameter isLasting: waits for the disk.
  func sync(now: Double, isLasting: Bool) throws(RecordingError) {
    if hasNews && take.hasNotes {
      try file.write(take.data(end: seconds(of: now)), isLasting: isLasting)
      hasNews = false
    }
    if isLasting { try sound?.sync() }
  }

  /// Completes the files. All is tried, whatever fails; the first failure is reported.
  func close(now: Double, isLasting: Bool) throws(RecordingError) {
    var problem: RecordingError?
    hasNews = true  // held notes end now
    do throws(RecordingError) { try sync(now: now, isLasting: isLasting) } catch { problem = error }
    do throws(RecordingError) { try sound?.close() } catch { problem = problem ?? error }
    sound = nil
    if let problem { throw problem }
  }
}
