// Notes as boxes over time, several pieces below one another.
import Foundation
public import Improviser

/// A sheet of piano rolls.
public struct PianoRoll: Picture {
  /// A note; times in beats.
  public struct Box: Hashable, Sendable {
    /// Beats from the start of the piece.
    public var onset: Double
    /// Beats.
    public var duration: Double
    /// MIDI pitch.
    public var pitch: Int
    /// MIDI velocity.
    public var velocity: Int
    /// The number of the voice, from 0: a track, a channel, a staff.
    public var voice: Int

    /// A note as it is drawn.
    public init(onset: Double, duration: Double, pitch: Int, velocity: Int, voice: Int = 0) {
      (self.onset, self.duration, self.pitch) = (onset, duration, pitch)
      (self.velocity, self.voice) = (velocity, voice)
    }
  }

  /// A piece with its title.
  public struct Piece: Hashable, Sendable {
    /// Stands above the roll.
    public var title: String
    /// The notes.
    public var boxes: [Box]

    /// A piece of boxes.
    public init(title: String, boxes: [Box]) { (self.title, self.boxes) = (title, boxes) }

    /// A sequence in one voice.
    public init(title: String, events: [NoteEvent]) {
      var tick = 0
      let beat = Double(NoteVocabulary.ticksPerBeat)
      boxes = events.map { event in
        tick += event.interval
        return Box(
          onset: Double(tick) / beat, duration: Double(event.duration) / beat, pitch: event.pitch,
          velocity: event.velocity)
      }
      self.title = title
    }
  }

  /// What the colour of a box says.
  public enum Colouring: String, CaseIterable, Sendable {
    /// The velocity, from light to dark.
    case velocity
    /// The voice.
    case voice
  }

  private let pieces: [Piece]
  private let beats: Double
  private let colouring: Colouring

  /// The first `beats` beats of each piece.
  public init(_ pieces: [Piece], beats: Double = 32, colouring: Colouring = .velocity) {
    self.pieces = pieces
    self.beats = beats
    self.colouring = colouring
  }

  public var height: Int { 70 + 230 * max(1, pieces.count) }

  private func shown(_ piece: Piece) -> [Box] { piece.boxes.filter { $0.onset < beats } }

  /// A line for each note that is drawn.
  public var csv: String {
    let rows = pieces.flatMap { piece in
      shown(piece).map { box in
        [TableText.field(piece.title), TableText.number(box.onset), TableText.number(box.duration)]
          + [box.pitch, box.velocity, box.voice].map { "\($0)" }
      }
    }
    return TableText.lines([["piece", "onset_beats", "duration_beats", "pitch", "velocity", "voice"]] + rows)
  }

  public var script: String {
    let (bottom, top) = (52 / Double(height), 1 - 30 / Double(height))
    return """
      \(PictureStyle.axes)
      \(PictureStyle.darkening)
      set multiplot layout \(max(1, pieces.count)),1 \
      margins 0.07,\(colouring == .velocity ? 0.9 : 0.98),\(bottom),\(top) \
      spacing 0,\(40 / Double(height))
      set style fill solid noborder
      set xrange [0:\(beats)]
      set xtics \(Self.step(of: beats))
      set cbrange [0:127]
      set cbtics (0, 32, 64, 96, 127)
      unset key

      """ + pieces.enumerated().map { panel($0.element, isLast: $0.offset == pieces.count - 1) }.joined()
      + "unset multiplot\n"
  }

  private func panel(_ piece: Piece, isLast: Bool) -> String {
    let boxes = shown(piece)
    let colours = PictureStyle.colours.map { Int($0.dropFirst(), radix: 16) ?? 0 }
    let rows = boxes.map { box in
      let (start, end) = (box.onset, min(beats, box.onset + box.duration))
      // A gap of a pixel or so, so that repeated notes stay apart.
      let gap = min(beats / 900, (end - start) / 4)
      let colour = colouring == .velocity ? box.velocity : colours[box.voice % colours.count]
      let numbers = [(start + end) / 2, Double(box.pitch), start, end - gap]
      return numbers.map(TableText.number).joined(separator: " ")
        + " \(Double(box.pitch) - 0.42) \(Double(box.pitch) + 0.42) \(colour)"
    }
    let (lowest, highest) = (boxes.map(\.pitch).min() ?? 60, boxes.map(\.pitch).max() ?? 72)
    // At least an octave and a half, so that a narrow melody does not become fat.
    let spare = max(2, (20 - (highest - lowest)) / 2)
    let range = max(0, lowest - spare)...min(127, highest + spare)
    let look = colouring == .velocity ? "lc palette" : "lc rgb variable"
    return """
      $roll << EOD
      \(rows.isEmpty ? "0 -9 0 0 -9 -9 0" : rows.joined(separator: "\n"))
      EOD
      set label 1 \(Gnuplot.quoted(PictureStyle.shortened(piece.title, 90))) at graph 0,1.07 left font ',11'
      set yrange [\(range.lowerBound):\(range.upperBound)]
      set ytics (\(PictureStyle.tics(PitchName.tics(range))))
      set xlabel \(isLast ? "'beats'" : "''") offset 0,0.4
      set format x \(isLast ? "'%g'" : "''")
      \(isLast && colouring == .velocity ? colourBar : "unset colorbox")
      plot $roll using 1:2:3:4:5:6:7 with boxxyerror \(look)

      """
  }

  /// One bar for all panels, beside the lowest.
  private var colourBar: String {
    """
    set colorbox user origin 0.915,\(52 / Double(height)) size 0.015,\(130 / Double(height))
    set label 2 'velocity' at screen 0.91,\((52 + 145) / Double(height)) left font ',9'
    """
  }

  /// Beats between two tics: about sixteen of them.
  static func step(of beats: Double) -> Int {
    [1, 2, 4, 8, 16, 32, 64, 128, 256].first { beats / Double($0) <= 17 } ?? Int(beats / 16)
  }
}
