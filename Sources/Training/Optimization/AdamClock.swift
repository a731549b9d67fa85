/// 1/(1 − β₁ᵗ) and 1/(1 − β₂ᵗ) for t = 1, 2, …, in Double.
struct AdamClock {
  private var power1 = 1.0
  private var power2 = 1.0

  var correction1: Double { 1 / (1 - power1) }
  var correction2: Double { 1 / (1 - power2) }

  mutating func advance() {
    power1 *= AdamRule.beta1
    power2 *= AdamRule.beta2
  }
}
