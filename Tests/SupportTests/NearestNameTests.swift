import RankineSupport
import Testing

struct NearestNameTests {
  private let models = ["deep-smoothed-rank", "uniform", "stl"]

  @Test func aMisspeltNameGetsTheNearestOne() {
    #expect(nearestName(to: "unifrom", among: models) == "uniform")
    #expect(nearestName(to: "Uniform", among: models) == "uniform")
    #expect(nearestName(to: "deep-smooth-rank", among: models) == "deep-smoothed-rank")
    #expect(nearestName(to: "gradnorm", among: models) == nil)
  }

  @Test func aThirdOfTheLettersMayBeWrongAndAlwaysOne() {
    #expect(nearestName(to: "abcdef", among: ["abcdxy"]) == "abcdxy")
    #expect(nearestName(to: "abcdef", among: ["abcxyz"]) == nil)
    #expect(nearestName(to: "x", among: ["y"]) == "y")
    #expect(nearestName(to: "x", among: ["yz"]) == nil)
    #expect(nearestName(to: "", among: ["y"]) == "y")
  }

  @Test func twoSwappedLettersAreOneSlip() {
    #expect(nearestName(to: "slt", among: ["stl"]) == "stl")
    #expect(nearestName(to: "lts", among: ["stl"]) == nil)
  }

  @Test func theFirstOfEquallyNearNamesWins() {
    #expect(nearestName(to: "rat", among: ["cat", "bat"]) == "cat")
    #expect(nearestName(to: "rat", among: ["bat", "cat", "rat"]) == "rat")
  }

  @Test func aSuggestionOffersTheNearestNameElseTheChoices() {
    #expect(suggestion(for: "slt", among: models) == "did you mean \"stl\"?")
    #expect(
      suggestion(for: "xxxxxxx", among: models)
        == "choose from: deep-smoothed-rank, uniform, stl")
    #expect(suggestion(for: "x", among: [String]()) == "there are none to choose from")
  }

  @Test func aLongListOfChoicesIsCutAtTwelve() {
    let names = (10..<40).map { "column\($0)" }
    #expect(
      suggestion(for: "age", among: names)
        == "choose from: " + names.prefix(12).joined(separator: ", "))
  }
}
