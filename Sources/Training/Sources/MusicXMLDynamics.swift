// How loud the notes of a MusicXML score are.

/// The dynamics marks of a score, and the velocities that follow from them.
///
/// A mark counts for its whole part until the next one. A wedge leads evenly to the mark at its end, or one level up or
/// down where there is none. A part without marks follows those of the whole score: a singer follows the piano.
struct MusicXMLDynamics {
  /// The velocity where nothing is said, that of mf.
  static let usual = 80
  /// Velocity between one level and the next.
  private static let step = 16
  private static let range = 16...120
  /// A mark so near behind the end of a wedge is its goal.
  private static let reach = 1.01

  private static let levels: [String: Int] = [
    "pppppp": 16, "ppppp": 16, "pppp": 16, "ppp": 20, "pp": 33, "p": 49, "mp": 64, "mf": 80, "f": 96, "ff": 112,
    "fff": 120, "ffff": 120, "fffff": 120, "ffffff": 120, "fp": 49, "pf": 96, "n": 16,
  ]
  /// Marks that raise the notes beneath them alone.
  private static let accents: Set<String> = ["sf", "sfz", "sffz", "fz", "rf", "rfz", "sfp", "sfpp", "fp", "sfzp"]

  private struct Mark {
    var position: Double
    var velocity: Int
  }

  private struct Wedge {
    var start: Double
    var end: Double
    var isRising: Bool
  }

  private struct PartMarks {
    var marks: [Mark] = []
    var wedges: [Wedge] = []
    var accents: [Double] = []
    var open: [String: (start: Double, isRising: Bool)] = [:]
  }

  private var parts: [Int: PartMarks] = [:]

  /// Notes a mark such as "mf"; other words are ignored.
  mutating func mark(_ name: String, at position: Double, part: Int) {
    if let velocity = Self.levels[name] {
      parts[part, default: PartMarks()].marks.append(Mark(position: position, velocity: velocity))
    }
    if Self.accents.contains(name) { parts[part, default: PartMarks()].accents.append(position) }
  }

  /// Notes the beginning or the end of a wedge; `number` tells wedges at one time apart.
  mutating func wedge(_ type: String, number: String, at position: Double, part: Int) {
    switch type {
    case "crescendo", "diminuendo":
      parts[part, default: PartMarks()].open[number] = (position, type == "crescendo")
    case "stop":
      guard let open = parts[part]?.open.removeValue(forKey: number), open.start < position else { return }
      parts[part]?.wedges.append(Wedge(start: open.start, end: position, isRising: open.isRising))
    default:
      break
    }
  }

  /// Gives every note its velocity.
  func apply(to notes: inout [MusicXMLContent.Note]) {
    let lines = parts.mapValues(Line.init)
    let all = Line(
      parts.sorted { $0.key < $1.key }.map(\.value).reduce(into: PartMarks()) {
        $0.marks += $1.marks
        $0.wedges += $1.wedges
        $0.accents += $1.accents
      })
    for index in notes.indices {
      let line = lines[notes[index].part] ?? all
      notes[index].velocity = line.velocity(at: notes[index].onset)
    }
  }

  /// The loudness of a part over time: straight between its points, which are in the order of time.
  private struct Line {
    private var points: [Mark] = []
    private var accents: Set<Int> = []

    init(_ part: PartMarks) {
      let marks = part.marks.sorted { $0.position < $1.position }
      accents = Set(part.accents.map(Self.place))
      var wedges = part.wedges.sorted { $0.start < $1.start }[...]
      var level = MusicXMLDynamics.usual
      func close(_ wedge: Wedge, to goal: Int) {
        points.append(Mark(position: wedge.start, velocity: level))
        points.append(Mark(position: max(wedge.end, wedge.start), velocity: goal))
        level = goal
      }
      func freeGoal(_ wedge: Wedge) -> Int {
        let goal = level + (wedge.isRising ? MusicXMLDynamics.step : -MusicXMLDynamics.step)
        return min(max(goal, MusicXMLDynamics.range.lowerBound), MusicXMLDynamics.range.upperBound)
      }
      for mark in marks {
        while let wedge = wedges.first, wedge.start < mark.position {
          wedges.removeFirst()
          let leadsHere = mark.position <= wedge.end + MusicXMLDynamics.reach
          let isRight = wedge.isRising ? mark.velocity > level : mark.velocity < level
          var wedge = wedge
          wedge.end = min(wedge.end, mark.position)
          close(wedge, to: leadsHere && isRight ? mark.velocity : freeGoal(wedge))
        }
        points.append(Mark(position: mark.position, velocity: level))
        points.append(mark)
        level = mark.velocity
      }
      for wedge in wedges { close(wedge, to: freeGoal(wedge)) }
      // Wedges that overlap give points out of order; the sort is stable, so marks keep their places.
      points.sort { $0.position < $1.position }
    }

    func velocity(at position: Double) -> Int {
      var (low, high) = (0, points.count)
      while low < high {
        let middle = (low + high) / 2
        if points[middle].position <= position { low = middle + 1 } else { high = middle }
      }
      var velocity = low > 0 ? Double(points[low - 1].velocity) : Double(MusicXMLDynamics.usual)
      if low > 0, low < points.count {
        let (before, after) = (points[low - 1], points[low])
        let share = (position - before.position) / (after.position - before.position)
        velocity += share * Double(after.velocity - before.velocity)
      }
      if accents.contains(Self.place(position)) { velocity += Double(MusicXMLDynamics.step) }
      return min(max(Int(velocity.rounded()), MusicXMLDynamics.range.lowerBound), MusicXMLDynamics.range.upperBound)
    }

    /// Positions are sums of fractions; those within a hundredth of a quarter are one.
    private static func place(_ position: Double) -> Int { Int((position * 96).rounded()) }
  }
}
