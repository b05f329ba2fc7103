// Asking for the vectors that are missing.

import Testing
import Training

@Suite struct LatentQuestionsTests {
  /// The vectors' first numbers, or the sentence of the refusal; and everything that was shown.
  private func ask(
    _ names: [String], given: [String], answers: [String], terminal: Bool
  ) throws -> (vectors: [Float]?, sentence: String?, shown: String) {
    var reader = LatentVectorReader(model: try LatentModelFixture.random(latent: 2), prior: LatentPrior(seed: 1))
    var (rest, shown) = (answers[...], "")
    let questions = LatentQuestions(
      isTerminal: terminal, nextLine: { rest.popFirst() }, show: { shown += $0 })
    do throws(LatentQuestionError) {
      let vectors = try questions.vectors(names, given: given, reader: &reader)
      return (vectors.map { $0.numbers[0] }, nil, shown)
    } catch {
      return (nil, "\(error)", shown)
    }
  }

  @Test func asksForWhatIsMissing() throws {
    let asked = try ask(["A", "B", "C"], given: ["1 0"], answers: ["2 0", "3 0", "4 0"], terminal: true)
    #expect(asked.vectors == [1, 2, 3])
    #expect(asked.shown.contains("Vector B (2 numbers") && asked.shown.contains("Vector C"))
    #expect(!asked.shown.contains("Vector A"))
  }

  @Test func asksAgainAfterABadAnswer() throws {
    let asked = try ask(["A"], given: [], answers: ["1", "1 x", "5 0"], terminal: true)
    #expect(asked.vectors == [5])
    #expect(asked.shown.components(separatedBy: "Vector A (").count == 4)
    #expect(asked.shown.contains("has 1 number") && asked.shown.contains("\"x\""))
  }

  @Test func endOfTheAnswers() throws {
    let person = try ask(["A", "B"], given: [], answers: ["1 0"], terminal: true)
    #expect(person.sentence?.hasPrefix("Nothing was made, since vector B was not given") == true)
    let pipe = try ask(["A", "B"], given: [], answers: ["1 0"], terminal: false)
    #expect(pipe.sentence?.hasPrefix("Vector B is missing, as an argument and as a line of standard input") == true)
    #expect(pipe.shown.isEmpty)
    let single = try ask(["1"], given: [], answers: [], terminal: false)
    #expect(single.sentence?.hasSuffix("give a pattern's name, a MIDI file or \"random\".") == true)
  }

  @Test func readsLinesOfAPipe() throws {
    let pipe = try ask(["A", "B"], given: [], answers: ["random", ""], terminal: false)
    #expect(pipe.vectors?.count == 2 && pipe.shown.isEmpty)
    let bad = try ask(["A", "B"], given: ["1 0"], answers: ["1 2 3", "2 0"], terminal: false)
    #expect(bad.sentence == "Vector B: The vector has 3 numbers; the model's latent vectors have 2.")
  }

  @Test func namesTheWrongArgument() throws {
    let wrong = try ask(["A", "B"], given: ["1 0", "nan 1"], answers: [], terminal: true)
    #expect(wrong.sentence?.hasPrefix("Vector B: The vector holds nan") == true)
    let many = try ask(["A", "B"], given: ["1", "0", "1"], answers: [], terminal: true)
    let sentence = "There are 3 vectors, and 2 are wanted (A B); put the numbers of one vector between quotes."
    #expect(many.sentence == sentence)
  }
}
