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
  /// Who wrote the piece, as the source names them; nil when it does not.
  public var composer: String?
  /// The folder of the collection in which the piece lies, or the ensemble that plays it; nil where there is none.
  public var genre: String?

  /// A sequence of events.
  public init(
    events: [NoteEvent], scale: Scale? = nil, group: String, source: String, name: String, part: NotePart = .whole,
    composer: String? = nil, genre: String? = nil
  ) {
    self.events = events
    self.scale = scale
    self.group = group
    self.source = source
    self.name = name
    self.part = part
    self.composer = composer
    self.genre = genre
  }

  /// The part of the data to which the sequence belongs.
  public var split: Split { Split(group: group) }
}
