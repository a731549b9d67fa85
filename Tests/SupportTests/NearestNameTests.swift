import RankineSupport
import Testing

@Test func aMisspeltNameGetsTheNearestOne() {
  let models = ["deep-smoothed-rank", "uniform", "stl"]
  #expect(nearestName(to: "unifrom", among: models) == "uniform")
  #expect(nearestName(to: "Uniform", among: models) == "uniform")
  #expect(nearestName(to: "gradnorm", among: models) == nil)
  #expect(suggestion(for: "slt", among: models) == "did you mean \"stl\"?")
  #expect(suggestion(for: "xxxxxxx", among: models) == "choose from: deep-smoothed-rank, uniform, stl")
}
