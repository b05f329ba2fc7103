// Times the steps of a morph between two patterns.
import Foundation
import Improviser
import Music

/// What single steps cost in microseconds of the thread's processor time: what a knob takes from whoever plays. By the
/// clock on the wall the worst of so many would be that of the other programs on the machine.
struct MorphTimes {
  /// Steps that are timed, and after how many of them there are two new patterns.
  private static let steps = 100_000
  private static let between = 1000

  /// The decoding of one place between two patterns.
  private(set) var step: [Double] = []
  /// The same with two patterns that were not the ends before: they are encoded first.
  private(set) var newEnds: [Double] = []

  init(_ model: ThesaurusModel) {
    let morph = PatternMorph(model: model)
    let patterns = PatternList.all.patterns
    var generator = SeededGenerator(seed: 1)
    step.reserveCapacity(Self.steps)
    while step.count < Self.steps {
      let pick = { (place: Double) in patterns[Int(place * Double(patterns.count))] }
      let (start, end) = (pick(generator.uniform()), pick(generator.uniform()))
      newEnds.append(Self.microseconds { _ = morph.pattern(from: start, to: end, at: 0.5) })
      for index in 1...Self.between {
        let place = Double(index) / Double(Self.between + 1)
        step.append(Self.microseconds { _ = morph.pattern(from: start, to: end, at: place) })
      }
    }
    step.sort()
    newEnds.sort()
  }

  /// Two lines for people.
  var text: String {
    [("a step of a morph", step), ("the first step between two new patterns", newEnds)]
      .map { name, times in
        let (median, worst) = (times[times.count / 2], times[times.count - 1])
        let rare = times[times.count * 999 / 1000]
        return "\(name): median \(Self.written(median)) µs, 999 of 1000 below \(Self.written(rare)) µs, "
          + "worst \(Self.written(worst)) µs of \(times.count)"
      }.joined(separator: "\n")
  }

  private static func microseconds(_ body: () -> Void) -> Double {
    let before = now
    body()
    return now - before
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }

  private static func written(_ value: Double) -> String { String(format: "%.1f", value) }
}
