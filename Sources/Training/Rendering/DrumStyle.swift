// Drum patterns of several styles, as steps of a bar.
public import Music

/// A drum pattern: one row a sound, `x` loud, `o` soft, `.` nothing.
public struct DrumStyle: Sendable {
  /// A short name.
  public let name: String
  /// Steps a quarter note.
  let resolution: Int
  /// General MIDI percussion key and its steps, all of one bar's length.
  let rows: [(key: Int, steps: String)]

  /// Every style.
  public static let all: [DrumStyle] = [
    DrumStyle(name: "rock", resolution: 4, rows: [
      (36, "x.....x.x......."), (38, "....x.......x..."), (42, "x.o.x.o.x.o.x.o."),
    ]),
    DrumStyle(name: "four on the floor", resolution: 4, rows: [
      (36, "x...x...x...x..."), (39, "....x.......x..."), (46, "..x...x...x...x."), (42, "o.o.o.o.o.o.o.o."),
    ]),
    DrumStyle(name: "funk", resolution: 4, rows: [
      (36, "x..x..x...x..x.."), (38, "....x..o.o..x..o"), (42, "xoxoxoxoxoxoxoxo"),
    ]),
    DrumStyle(name: "breakbeat", resolution: 4, rows: [
      (36, "x.x.......xx...."), (38, "....x..x.x..x..x"), (51, "x.x.x.x.x.x.x.x."),
    ]),
    DrumStyle(name: "swing", resolution: 3, rows: [
      (51, "x..x.ox..x.o"), (44, "...x.....x.."), (36, "o.....o....."),
    ]),
    DrumStyle(name: "shuffle", resolution: 3, rows: [
      (36, "x.....x.x..."), (38, "...x.....x.."), (42, "x.ox.ox.ox.o"),
    ]),
    DrumStyle(name: "waltz", resolution: 2, rows: [
      (36, "x....."), (38, "..o.o."), (42, "x.x.x."),
    ]),
    DrumStyle(name: "bossa nova", resolution: 4, rows: [
      (36, "x..xx..xx..xx..x"), (37, "x..x..x...x..x.."), (42, "xoxoxoxoxoxoxoxo"),
    ]),
    DrumStyle(name: "latin", resolution: 4, rows: [
      (56, "x...x...x...x..."), (63, "..xx..xx..xx..xx"), (64, "x...o...x...o..."), (75, "x..x..x...x.x..."),
    ]),
    DrumStyle(name: "march", resolution: 4, rows: [
      (38, "x.xxx.xxx.xxxxxx"), (36, "x...o...x...o..."), (49, "x..............."),
    ]),
    DrumStyle(name: "half-time", resolution: 4, rows: [
      (36, "x.........x....."), (38, "........x......."), (51, "x...x...x...x..."), (43, ".............xx."),
    ]),
    DrumStyle(name: "shaker and claps", resolution: 4, rows: [
      (70, "xooxxooxxooxxoox"), (39, "....x.......x..."), (54, "..x...x...x...x."),
    ]),
  ]

  /// The pattern played with small human deviations, a fill or a silent step now and then.
  ///
  /// - Returns: notes on channel 9 from 0 to `seconds`.
  public func notes(beatsPerMinute: Double, seconds: Double, using generator: inout SplitMix64) -> [Note] {
    let step = 60 / max(beatsPerMinute, 20) / Double(resolution)
    let stepsPerBar = rows.first?.steps.count ?? 1
    let patterns = rows.map { (key: $0.key, steps: Array($0.steps.utf8)) }
    var notes: [Note] = []
    for index in 0..<max(0, Int(seconds / step)) {
      let isFill = (index / stepsPerBar) % 4 == 3 && index % stepsPerBar >= stepsPerBar * 3 / 4
      for (key, steps) in patterns where !generator.chance(0.03) {
        let mark = steps[index % stepsPerBar]
        guard mark != UInt8(ascii: ".") else { continue }
        let loudness = mark == UInt8(ascii: "x") ? 100.0 : 55.0
        let velocity = Int(min(max(loudness + 8 * generator.nextGaussian(), 1), 127))
        let onset = max(0, Double(index) * step + 0.004 * generator.nextGaussian())
        notes.append(Note(pitch: key, velocity: velocity, onset: onset, duration: step, channel: 9))
      }
      if isFill && generator.chance(0.4) {
        let key = generator.choose([38, 41, 45, 47, 48, 50])
        let velocity = generator.integer(60...115)
        notes.append(Note(pitch: key, velocity: velocity, onset: Double(index) * step, duration: step, channel: 9))
      }
    }
    return notes
  }
}
