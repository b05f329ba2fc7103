// Steps between two patterns take no memory and no lock: RealtimeSanitizer watches.

import CKernels
import Music
import Testing

@testable import Improviser

struct PatternMorphRealtimeTests {
  @Test(.enabled(if: realtime_checked() == 1, "needs RealtimeSanitizer: swift test with -fsanitize=realtime"))
  func stepsNeitherAllocateNorLock() async {
    await #expect(processExitsWith: .success) {
      let morph = PatternMorph(model: try RandomThesaurusModel().model(seed: 3))
      let (start, end) = (PatternList.all.patterns[17], PatternList.all.patterns[20_000])
      // The ends are encoded once.
      var notes = morph.pattern(from: start, to: end, at: 0.5).count
      realtime_prepare()
      realtime_enter()
      for step in 0...1000 { notes += morph.pattern(from: start, to: end, at: Double(step) / 1000).count }
      realtime_exit()
      #expect(notes > 1000)
    }
  }
}
