import Testing

@testable import RankineGraph

@Test func smoke() throws {
  let g = Graph()
  let x = g.input("x", [3])
  let y = (sigmoid(x) * x).sum()
  let d = y.gradient(of: x)
  let h = y.hessianVectorProduct(along: [(of: x, tangent: x)])[0]
  let b = Bindings(["x": NumericArray([3], [1, 2, -1])])
  print(try Interpreter(b).evaluate([y, d, h]))
  print(try checkGradients(of: y, along: [x], at: b))
  print(Printer([("y", y), ("d", d), ("h", h)], of: g).text)
  let body = Graph()
  let r = body.input("r", .scalar), c = body.input("c", .scalar)
  let v = sigmoid(r - c)
  let f = g.input("f", [2, 3]), q = g.input("q", [2, 4])
  let s = pairReduce(of: v, .all, rows: [r], columns: [c], scalars: [], over: PairOperands(rows: [f], columns: [q], scalars: []))
  let loss = square(s).sum()
  let bb = Bindings(["f": NumericArray([2, 3], [1, 2, -1, 0.3, 0.2, 0.1]), "q": NumericArray([2, 4], [1, 2, -1, 0, 0, 1, 2, 3])])
  let hh = loss.gradients(of: [f, q])
  let dd = (hh[0] * hh[0]).sum() + (hh[1] * f.graph.constant(2)).sum()
  print(try checkGradients(of: loss, along: [f, q], at: bb))
  print(try checkGradients(of: dd, along: [f, q], at: bb))
  print(Printer([("y", loss), ("d", dd.gradient(of: f))], of: g).text)
}
