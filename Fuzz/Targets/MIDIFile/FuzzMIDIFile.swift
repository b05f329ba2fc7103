// Standard MIDI Files: any bytes give a sound file or an error with a sentence.

import Foundation
import FuzzSupport
import MIDI
import Music

/// The input is the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  FuzzInput.process(start, size) { bytes in
    do throws(StandardMIDIFileError) {
      check(try StandardMIDIFile(data: Data(bytes)))
    } catch {
      FuzzInput.check(!error.description.isEmpty, "an error says what is wrong")
    }
  }
}

private func check(_ file: StandardMIDIFile) {
  FuzzInput.check(file.duration.isFinite && file.duration >= 0, "the length is a time")
  var last = 0.0
  for event in file.events {
    FuzzInput.check(event.time.isFinite && event.time >= last && event.quarters.isFinite, "events are in order")
    last = event.time
  }
  let notes = file.notes()
  for note in notes {
    FuzzInput.check(note.duration >= 0 && note.onset >= 0 && note.end.isFinite, "a note has its place in time")
    FuzzInput.check((0...127).contains(note.pitch) && (1...127).contains(note.velocity), "a note is in range")
  }
  FuzzInput.check(file.scoreNotes().count == notes.count, "the score has the same notes")
  _ = file.program(onChannel: 0, at: file.duration / 2)
  FuzzInput.check(file.tempoMap.quarters(atSeconds: file.duration).isFinite, "the tempo map goes both ways")
  for data in [
    StandardMIDIFile.data(notes: notes),
    StandardMIDIFile.data(tracks: file.tracks(), tempoMap: file.tempoMap, timeSignatures: file.timeSignatures),
  ] {
    do throws(StandardMIDIFileError) {
      let again = try StandardMIDIFile(data: data)
      FuzzInput.check(again.notes().count == notes.count, "what is written is read with all notes")
    } catch {
      FuzzInput.check(false, "what is written is read: \(error)")
    }
  }
}
