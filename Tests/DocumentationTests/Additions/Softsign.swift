/// x/(1 + |x|), which is linear near 0 and tends to ±1 more slowly than tanh.
public func softsign(_ x: Tensor) -> Tensor { x / (1 + abs(x)) }
