// The mixture as the improviser uses it.

extension NotePredictor: NotePrediction {}
