import Rankine

let sparseModel = Model.linear(
  solvedBy: SparseLinear {
    Support(.heterogeneous, atMost: 10)
    SupportSimilarity(0.5)
    CoefficientSimilarity(0)
    Ridge(1e-3)
  })

func printCertificate(of problem: SparseProblem, _ settings: SparseSettings) throws {
  let (fit, certificate) = try ExactSolver(problem).solve(settings, gap: 0.01)
  print(certificate.summary)
  print(fit.supports)
}
