import Rankine

/// The higher of two rows should score higher by 1.
let hinge = PairwiseLoss("hinge") { high, low in
  relu(1 - (high.score - low.score))
}

/// Large residuals pull with a force that levels off.
let cauchy = PointwiseLoss("cauchy") { score, target in
  log(1 + square(score - target))
}

let hingeAndCauchy = Model {
  Shared { Dense(64, activation: .silu).penalized(by: GroupLasso(.path(count: 8))) }
  EachTask { Dense(1) }
  Objective {
    hinge.on(.binary, .ordinal, .censored)
    cauchy.on(.continuous)
  }
}

let weighted = Model {
  Shared { Dense(64, activation: .silu) }
  EachTask { Dense(1) }
  Objective(balancing: GradNorm(alpha: 1.5)) {
    Huber(delta: 1.345).on(.continuous)
    CrossEntropy().on(.binary)
  }
}

let eachTaskAlone = RankNetwork().independentTasks()

let average = Model.averaging(copies: 2) {
  RankNetwork()
  RankNetwork().independentTasks()
}

let judged = Model.averaging(copies: 2, weights: .byConcordance(temperature: 0.01)) {
  RankNetwork()
  RankNetwork().independentTasks()
}
