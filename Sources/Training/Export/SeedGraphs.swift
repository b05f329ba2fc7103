// The graphs of the networks of the student projects.
import Improviser

/// What `SeedLSTM` computes: words as ones among zeros, LSTM layers, and a score for each word.
enum SeedLSTMGraph {
  /// Makes the graph for a vocabulary of so many classes, "other" included.
  static func make(_ weights: [NetworkGraph.Weight], classes: Int) throws(TrainingError) -> NetworkGraph {
    var graph = NetworkGraph(
      name: "SeedLSTM", summary: "Predicts the next note or chord of a vocabulary.", weights: weights)
    let token = graph.input(
      "token", .integer, NetworkGraph.cells,
      "place of the note or chord heard last in the vocabulary, \(classes - 1) for any other; "
        + "\(classes) before the first")
    let condition = graph.condition("lstm.condition")
    let heard = graph.oneHot(token, classes: classes, as: "heard")
    let x = try graph.withCondition(heard, condition)
    let top = try graph.layers(x, "lstm")
    let scores = try graph.linear(top.y, "pitch.weight", "pitch.bias", as: "scores")
    graph.output(
      scores, "token_logits", .float, NetworkGraph.cells + [.fixed(classes)],
      "scores of the notes and chords of the vocabulary, and of any other")
    graph.outputs(top.states)
    return graph
  }
}

/// What `PitchRegression` computes: four numbers a note, LSTM layers, one number, and chances around it.
enum PitchRegressionGraph {
  private static let (middle, unit) = (Float(64), Float(24))

  /// Makes the graph.
  static func make(_ weights: [NetworkGraph.Weight]) throws(TrainingError) -> NetworkGraph {
    var graph = NetworkGraph(
      name: "PitchRegression", summary: "Gives the next pitch as a number.", weights: weights)
    let heard = graph.heard()
    let condition = graph.condition("lstm.condition")
    let tables: [[Float]] = [
      (0...NoteVocabulary.pitchCount).map { (Float($0) - middle) / unit },
      (0..<NoteVocabulary.intervalCount).map { NoteVocabulary.beats(ofClass: $0) },
      (0..<NoteVocabulary.timeCount).map { NoteVocabulary.beats(ofClass: $0) },
      (0..<NoteVocabulary.velocityCount).map { Float(NoteVocabulary.velocity(ofClass: $0)) / 127 },
    ]
    let order: [NoteAttribute] = [.pitch, .interval, .duration, .velocity]
    let numbers = zip(order, tables).map { attribute, table in
      graph.number(of: heard[attribute.rawValue], table, as: attribute.name + "_number")
    }
    let all = graph.concatenate(numbers, axis: 2, as: "numbers")
    let known = graph.product(all, graph.isNote(heard[NoteAttribute.pitch.rawValue]), as: "heard")
    let x = try graph.withCondition(known, condition)
    let top = try graph.layers(x, "lstm")
    let number = try graph.linear(top.y, "pitch.weight", "pitch.bias", as: "number")
    let scaled = graph.product(number, graph.number(unit), as: "scaled")
    let expected = graph.sum(scaled, graph.number(middle), as: "expected")
    let borders = (1..<NoteVocabulary.pitchCount).map { Float($0) - 0.5 }
    graph.scores(try graph.logistic(expected, "pitch.log_scale", borders: borders, as: "pitch"), .pitch)
    graph.output(expected, "expected_pitch", .float, NetworkGraph.cells + [.fixed(1)], "the number itself")
    graph.outputs(top.states)
    return graph
  }
}

/// What `MusicNetLSTM` computes: 130 numbers a note, LSTM layers, and three heads that know nothing of each other.
enum MusicNetLSTMGraph {
  /// Makes the graph.
  static func make(_ weights: [NetworkGraph.Weight]) throws(TrainingError) -> NetworkGraph {
    var graph = NetworkGraph(
      name: "MusicNetLSTM", summary: "Predicts the interval, pitch and duration of the next note, each by itself.",
      weights: weights)
    let heard = graph.heard([.interval, .pitch, .duration])
    let condition = graph.condition("lstm.condition")
    let isNote = graph.isNote(heard[1])
    let interval = graph.number(
      of: heard[0], (0..<NoteVocabulary.intervalCount).map { NoteVocabulary.beats(ofClass: $0) }, as: "interval_beats")
    let duration = graph.number(
      of: heard[2], (0..<NoteVocabulary.timeCount).map { NoteVocabulary.beats(ofClass: $0) }, as: "duration_beats")
    let pitch = graph.oneHot(heard[1], classes: NoteVocabulary.pitchCount, as: "pitch_ones")
    let all = graph.concatenate([pitch, interval, duration], axis: 2, as: "numbers")
    let x = try graph.withCondition(graph.product(all, isNote, as: "heard"), condition)
    let top = try graph.layers(x, "lstm")

    let borders = zip(NoteVocabulary.times, NoteVocabulary.times.dropFirst()).map { below, above in
      Float((below == 0 ? 0.5 : Double(below * above).squareRoot()) / Double(NoteVocabulary.ticksPerBeat))
    }
    let step = try graph.linear(top.y, "interval.weight", "interval.bias", as: "step")
    let steps = try graph.logistic(step, "interval.log_scale", borders: borders, as: "interval")
    let length = try graph.linear(top.y, "duration.weight", "duration.bias", as: "length")
    let lengths = try graph.logistic(length, "duration.log_scale", borders: Array(borders.dropFirst()), as: "duration")
    // The class "nothing follows" and a duration of nothing are impossible.
    graph.scores(graph.impossible(steps, before: 0, after: 1, as: "interval_all"), .interval)
    graph.scores(try graph.linear(top.y, "pitch.weight", "pitch.bias", as: "pitch_scores"), .pitch)
    graph.scores(graph.impossible(lengths, before: 1, after: 0, as: "duration_all"), .duration)
    graph.outputs(top.states)
    return graph
  }
}
