// A piece, or one part of it, as the note models read it.

public import Improviser
public import Music

/// The events of a piece with its scale and where it comes from.
public struct NoteSequence: Hashable, Sendable {
  /// The notes in order; the interval of the first is 0.
  public var events: [NoteEvent]
  /// The scale of the piece; nil when it is not certain.
  public var scale: Scale?
  /// Pieces of one group never fall into different parts of the split: a composer, or one tune and its variants.
  public var group: String
  /// The collection that the piece comes from.
  public var source: String
  /// The name within the source, to find the piece again.
  public var name: String
  /// Which notes of the piece these are.
  public var part: NotePart

  /// A sequence of events.
  public init(
    events: [NoteEvent], scale: Scale? = nil, group: String, source: String, name: String, part: NotePart = .whole
  ) {
    self.events = events
    self.scale = scale
    self.group = group
    self.source = source
    self.name = name
    self.part = part
  }

  /// The part of the data to which the sequence belongs.
  public var split: Split { Split(group: group) }
}
