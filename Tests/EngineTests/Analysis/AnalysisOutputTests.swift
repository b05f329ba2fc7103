// What an analysis looks like as JSON, CSV and text.
import Foundation
import Testing

@testable import Engine

@Suite struct AnalysisOutputTests {
  @Test func jsonHasTheDocumentedKeysInTheirOrder() {
    #expect(
      someResult().json == """
        {"file":"a.wav","tonic":2,"family":"dorian","name":"D dorian","confidence":0.912,"alternatives":[\
        {"tonic":9,"family":"natural_minor","name":"A natural minor","confidence":0.05},\
        {"tonic":null,"family":"none","name":"no scale","confidence":0.01}],"tuningCents":-3.3,"segments":[\
        {"start":0,"end":1.5,"tonic":null,"family":"none","confidence":1},\
        {"start":1.5,"end":12.5,"tonic":2,"family":"dorian","confidence":0.8}]}
        """)
  }

  @Test func keysAreNamedMajorAndMinor() {
    let json = someResult(naming: .keys).json
    #expect(json.contains("\"family\":\"minor\",\"name\":\"A minor\""))
    #expect(!json.contains("natural"))
  }

  @Test func anyFileNameAndAnyNumberMakeOneLineOfValidJSON() throws {
    var result = someResult(file: "a \"b\" \\ \n\t\u{1} ♭.wav")
    result.tuningCents = .nan
    result.whole.confidence = .infinity
    result.segments[0].confidence = -.nan
    let json = result.json
    #expect(!json.contains("\n") && !json.lowercased().contains("nan") && !json.contains("inf"))
    let parsed = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(parsed["file"] as? String == result.file)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (-0.0001, "0"), (0.1 + 0.2, "0.3"), (123456.789, "123456.789"), (7.0, "7"),
    (-40.25, "-40.25"), (Double.nan, "0"), (-Double.infinity, "0"), (1e300, "1e+300"),
  ]) func numbersAreShortAndNeverNaN(value: Double, text: String) {
    #expect(JSONText.number(value) == text)
  }

  @Test func csvRowsHaveAsManyFieldsAsTheHeader() {
    let result = someResult()
    #expect(result.csvSegments == ["a.wav,0,1.5,,none,no scale,1", "a.wav,1.5,12.5,2,dorian,D dorian,0.8"])
    #expect(result.csvSteps.first == "a.wav,0.186,,none,1,-20,0" + String(repeating: ",0.25", count: 12))
    let commas = AnalysisResult.csvStepHeader.count { $0 == "," }
    #expect(result.csvSteps.allSatisfy { $0.count { $0 == "," } == commas })
  }

  @Test func csvQuotesWhatNeedsIt() {
    #expect(someResult(file: "a,\"b\".wav").csvSegments[0].hasPrefix("\"a,\"\"b\"\".wav\",0,"))
  }

  @Test func textNamesTheWholeAndEverySegment() {
    let lines = someResult().text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "a.wav: 0:12.5 heard, tuning -3.3 cents, level -18 dBFS")
    #expect(lines[1] == "  whole: D dorian 91 %  (A natural minor 5 %, no scale 1 %)")
    #expect(lines[3] == "  0:01.5 – 0:12.5  D dorian  80 %")
  }
}
