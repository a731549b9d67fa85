import RankineRuntime
import RankineSupport
import Testing

@testable import RankineCompiler
@testable import RankineGraph

struct Net {
  let g = Graph()
  var params: [Tensor] = []
  let loss: Tensor
  let program: Program
  init(p: Int, h: Int, m: Int, K: Dimension, k: Int) {
    let g = self.g
    func leaf(_ n: String, _ s: Shape) -> Tensor { g.input(n, s) }
    let W0 = leaf("W0", [.fixed(h), .fixed(p)]), b0 = leaf("b0", [.fixed(h)])
    let W1 = leaf("W1", [K, .fixed(m), .fixed(h)]), b1 = leaf("b1", [K, .fixed(m)])
    let W2 = leaf("W2", [K, .fixed(m), .fixed(m)]), b2 = leaf("b2", [K, .fixed(m)])
    let W3 = leaf("W3", [K, 1, .fixed(m)]), b3 = leaf("b3", [K, 1])
    func net(_ x: Tensor) -> Tensor {
      let h0 = silu(matmul(x, W0, transposeB: true) + b0)
      let h1 = silu(matmul(h0, W1, transposeB: true) + b1.reshaped(to: [K, 1, .fixed(m)]))
      let h2 = silu(matmul(h1, W2, transposeB: true) + b2.reshaped(to: [K, 1, .fixed(m)]))
      let f = matmul(h2, W3, transposeB: true) + b3.reshaped(to: [K, 1, 1])
      return f.reshaped(to: [K, x.shape[0]])
    }
    let x = leaf("x", [.sample, .fixed(p)])
    let rows = g.indices("rows", [.batch])
    let high = leaf("high", [K, .sample]), low = leaf("low", [K, .sample])
    let stored = leaf("stored", [K, .sample])
    let f = net(x.gathered(by: rows))
    let bg = Graph()
    let r = ["a", "b", "c"].map { bg.input("r" + $0, .scalar) }
    let c = ["a", "b", "c"].map { bg.input("c" + $0, .scalar) }
    let body = greater(r[1], c[2]) * sigmoid(r[0] - c[0]) + greater(c[1], r[2]) * sigmoid(c[0] - r[0])
    let sums = pairReduce(
      of: body, .all, rows: r, columns: c, scalars: [],
      over: PairOperands(
        rows: [f * 10, high.gathered(by: rows, along: 1), low.gathered(by: rows, along: 1)],
        columns: [stored * 10, high, low], scalars: []))
    let rank = -(sums.sum()) / (g.extent(.batch) * g.extent(.sample))
    let penalty: Tensor = 0.01 * W0.norm(over: [0]).sum()
    loss = rank + penalty
    params = [W0, b0, W1, b1, W2, b2, W3, b3]
    let grads = loss.gradients(of: params)
    let c1 = leaf("c1", []), c2 = leaf("c2", [])
    var updates: [(Tensor, Tensor)] = []
    for (w, d) in zip(params, grads) {
      guard case .leaf(let l) = w.node.attribute else { continue }
      let m = leaf(l.name + ".m", w.shape), v = leaf(l.name + ".v", w.shape)
      let m2 = 0.9 * m + 0.1 * d
      let v2 = 0.999 * v + 0.001 * (d * d)
      let w2 = w - 1e-3 * (m2 * c1) / (sqrt(v2 * c2) + 1e-8)
      updates += [(m, m2), (v, v2), (w, w2)]
    }
    program = Program(
      "step", graph: g, outputs: [("loss", loss)] + params.indices.map { ("g\($0)", grads[$0]) },
      updates: updates.map { (leaf: $0.0, value: $0.1) })
  }
}

@Test func scratch() throws {
  let n = 600, p = 500, B = 64
  let net = Net(p: p, h: 64, m: 32, K: 2, k: 2)
  let lean = Program("step", graph: net.g, outputs: [("loss", net.loss)], updates: net.program.updates)
  let clock = ContinuousClock()
  var c: CompiledProgram!
  let t = try clock.measure { c = try compile(lean, keepsText: true) }
  print("compile", t)
  print(c.tape.listing)
  for s in c.stages { print(s.name, s.milliseconds, s.instructionCount) }
  let st = Storage<Float>()
  var r = CounterRandom(seed: 1)
  func fill(_ name: String, _ e: [Int], _ s: Double) {
    st.set(name, (0..<e.reduce(1, *)).map { _ in Float(r.normal() * s) }, extents: e)
  }
  fill("x", [n, p], 1); fill("high", [2, n], 1); st.set("low", st.values("high"), extents: [2, n])
  fill("stored", [2, n], 0.1)
  for (name, e, s) in [("W0", [64, p], 0.05), ("b0", [64], 0.01), ("W1", [2, 32, 64], 0.1), ("b1", [2, 32], 0.1), ("W2", [2, 32, 32], 0.1), ("b2", [2, 32], 0.1), ("W3", [2, 1, 32], 0.1), ("b3", [2, 1], 0.1)] {
    fill(name, e, s)
    st.declare(name + ".m", extents: e); st.declare(name + ".v", extents: e)
  }
  st.set("c1", 10); st.set("c2", 1000)
  st.setIndices("rows", (0..<B).map { Int32(($0 * 7) % n) })
  for threads in [1, 2] {
    let ex = try c.bind(["batch": B, "sample": n], storage: st, pool: ThreadPool(threads: threads))
    ex.run()
    print(ex.output("loss"))
    let reps = 2000
    var best = Duration.seconds(100)
    for _ in 0..<5 {
      let d = clock.measure { for _ in 0..<(reps / 5) { ex.run() } }
      best = min(best, d / (reps / 5))
    }
    print("threads", threads, "per step", best, ex.output("loss"), ex.workspaceByteCount)
  }
}
