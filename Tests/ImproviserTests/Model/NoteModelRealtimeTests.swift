// After its initialiser a state takes no memory and no lock: RealtimeSanitizer watches.
import CKernels
import Foundation
import Testing

@testable import Improviser

struct NoteModelRealtimeTests {
  @Test(.enabled(if: realtime_checked() == 1, "needs RealtimeSanitizer: swift test with -fsanitize=realtime"))
  func stepsNeitherAllocateNorLock() async {
    await #expect(processExitsWith: .success) {
      let model = try NoteModel(contentsOf: goldenFile("notes.safetensors"))
      let (state, copy) = (NoteModelState(model), NoteModelState(model))
      let note = event(interval: 3, pitch: 60, duration: 3, velocity: 8)
      func step() -> Double {
        state.advance(note, scale: nil)
        copy.copy(from: state)
        return state.score(note).total + state.scoreOfEnd()
      }
      // Loads what the runtime looks up once, as a first note does.
      var sum = step()
      realtime_prepare()
      realtime_enter()
      for _ in 0..<100 { sum += step() }
      state.reset()
      realtime_exit()
      #expect(sum.isFinite)
    }
  }
}
