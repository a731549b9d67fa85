import RankineGraph

extension BalancingScope {
  /// Numbers [tasks], 0 at first, that take an Adam step after the parameters have moved.
  ///
  /// - Parameter slope: their gradient, given their values and the losses after the step.
  /// - Returns: the values before this step.
  func adamAfterStep(
    _ name: String, learningRate: Double,
    slope: @escaping (_ current: Tensor, _ newLosses: Tensor) -> Tensor
  ) -> Tensor {
    let (beta1, beta2, epsilon) = (0.9, 0.999, 1e-8)
    let values = graph.input("balancing." + name, taskShape)
    func moment(_ suffix: String, _ beta: Double, _ value: @escaping (Tensor) -> Tensor)
      -> (Tensor) -> Tensor
    {
      let sum = graph.input("balancing." + name + suffix, taskShape)
      let next = { newLosses in beta * sum + (1 - beta) * value(slope(values, newLosses)) }
      _ = stateAfterStep(name + suffix, initial: 0) { _, newLosses in next(newLosses) }
      let (_, mass) = state(name + suffix + "Mass", initial: 0) { beta * $0 + (1 - beta) }
      return { newLosses in next(newLosses) / mass }
    }
    let mean = moment("FirstMoment", beta1) { $0 }
    let power = moment("SecondMoment", beta2) { square($0) }
    return stateAfterStep(name, initial: 0) { current, newLosses in
      current - learningRate * mean(newLosses) / (sqrt(power(newLosses)) + epsilon)
    }
  }

  /// Adam's step for a rule's own weights along a gradient [tasks]; its bias corrections are running
  /// sums of their own, which loses no digits.
  func adamStep(along gradient: Tensor, learningRate: Double) -> Tensor {
    let (beta1, beta2, epsilon) = (0.9, 0.999, 1e-8)
    func average(_ name: String, _ value: Tensor, _ beta: Double) -> Tensor {
      let (_, sum) = state(name, initial: 0) { beta * $0 + (1 - beta) * value }
      let (_, mass) = state(name + "Mass", initial: 0) { beta * $0 + (1 - beta) }
      return sum / mass
    }
    let mean = average("firstMoment", gradient, beta1)
    let power = average("secondMoment", square(gradient), beta2)
    return learningRate * mean / (sqrt(power) + epsilon)
  }
}
