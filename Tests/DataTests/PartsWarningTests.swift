import RankineData
import Testing

@Test func aPartInWhichNoTwoRowsCanBeOrderedIsNamed() {
  let ill = OutcomeValues(
    name: "ill", type: BinaryOutcome(), values: [0, 1, 0, 0, .nan, 1], levels: ["no", "yes"])
  let age = OutcomeValues(name: "age", type: ContinuousOutcome(), values: [3, 1, 4, 1, 5, 9])
  let parts = Parts(training: [0, 1], validation: [5, 2], test: [2, 3, 4])
  #expect(
    parts.warnings(for: [ill, age]) == [
      "task \"ill\": no two of the 3 test rows can be ordered (one class, or no event), so it has no "
        + "concordance there"
    ])
  #expect(Parts(training: [0, 1], validation: [], test: []).warnings(for: [ill]).isEmpty)
}
