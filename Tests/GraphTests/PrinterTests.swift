import RankineGraph
import Testing

struct PrinterTests {
  let graph = Graph()

  private var loss: Tensor {
    let x = graph.input("x", [.batch, 2]), w = graph.input("task.0.weight", [3, 2])
    let scores = matmul(x, w, transposeB: true)
    return square(scores).sum() / graph.extent(.batch)
  }

  @Test func textHasALinePerInstructionAndPerOutput() {
    #expect(
      Printer([("loss", loss)], of: graph).text == """
        %0 = leaf(x) : [batch, 2]
        %1 = leaf(task.0.weight) : [3, 2]
        %2 = matmul(NT) %0 %1 : [batch, 3]
        %3 = multiply %2 %2 : [batch, 3]
        %4 = sum(0,1) %3 : []
        %5 = extent(batch) : []
        %6 = divide %4 %5 : []
        return loss = %6
        """)
  }

  @Test func onlyWhatTheOutputsNeedIsShownAndNumbered() {
    _ = exp(graph.input("unused", [7]))
    let y = graph.constant(2) * graph.constant(-0.0)
    #expect(
      Printer([("y", y), ("again", y)], of: graph).text == """
        %0 = constant(2.0) : []
        %1 = constant(-0.0) : []
        %2 = multiply %0 %1 : []
        return y = %2
        return again = %2
        """)
  }

  @Test func everyAttributeIsShown() {
    let x = graph.input("x", [2, 3]), rows = graph.indices("rows", [.batch])
    let draws = graph.uniform([.batch], stream: 4, counter: graph.constant(1))
    let parts: [Tensor] = [
      x.largest(over: [1]), x.transposed([1, 0]), x.sliced(1, from: 1, count: 2),
      concatenate([x, x], along: 1), x.gathered(by: rows),
      draws.scatteredAdd(by: rows, along: 0, extent: 5), x.reshaped(to: [6]),
    ]
    let text = Printer(parts.map { ("y", $0) }, of: graph).text
    for line in [
      "leaf(rows, index) : [batch]", "uniform(4) %2 : [batch]", "largest(1) %0 : [2]",
      "transpose(1,0) %0 : [3, 2]", "slice(1: 1..<3) %0 : [2, 2]", "concatenate(1) %0 %0 : [2, 6]",
      "gather(0) %0 %1 : [batch, 3]", "scatter-add(0) %3 %1 : [5]", "reshape %0 : [6]",
    ] {
      #expect(text.contains("= \(line)\n"), "\(line)")
    }
  }

  @Test func theDrawingNamesShapesAndEscapesQuotes() {
    let y = exp(graph.input("a \"b\" \\c", [.batch]))
    #expect(
      Printer([("the \"y\"", y)], of: graph).dot == #"""
        digraph rankine {
          rankdir=BT; node [shape=box, fontname="monospace"];
          n0 [label="leaf(a \"b\" \\c)\n[batch]"];
          n1 [label="exp\n[batch]"];
          n0 -> n1;
          out0 [label="the \"y\"", shape=ellipse];
          n1 -> out0;
        }
        """#)
  }

  @Test func formulasNameSharedValuesOnce() {
    #expect(
      LatexPrinter([("loss_k", loss)], of: graph).text == #"""
        \begin{aligned}
        t_{1} &= \mathit{x} \mathit{task.0.weight}^{\top} \\
        \mathit{loss\_k} &= \frac{\sum_{0,1} t_{1} \odot t_{1}}{|\mathrm{batch}|}
        \end{aligned}
        """#)
  }

  @Test func formulasSpellOperationsInMathematics() {
    let x = graph.input("x%", []), y = graph.input("y", [])
    let cases: [(Tensor, String)] = [
      (-(x - y), #"-(\mathit{x\%} - \mathit{y})"#), (sqrt(x), #"\sqrt{\mathit{x\%}}"#),
      (sigmoid(x), #"\sigma\!\left(\mathit{x\%}\right)"#), (abs(x), #"\left|\mathit{x\%}\right|"#),
      (greater(x, y), #"\mathbf{1}\{\mathit{x\%} > \mathit{y}\}"#),
      (equal(x, y), #"\mathbf{1}\{\mathit{x\%} = \mathit{y}\}"#),
      (-(-x), #"-\left(-\mathit{x\%}\right)"#),
      (x * (-y), #"\mathit{x\%} \odot \left(-\mathit{y}\right)"#),
      (softplus(x + 1), #"\operatorname{softplus}\!\left((\mathit{x\%} + 1.0)\right)"#),
    ]
    for (value, formula) in cases {
      #expect(
        LatexPrinter([("f", value)], of: graph).text
          == "\\begin{aligned}\n\\mathit{f} &= \(formula)\n\\end{aligned}")
    }
  }

  @Test func formulasWriteOutTheBodyOfAPairSum() {
    let graph = Graph(), body = Graph()
    let f = graph.input("f", [.batch]), g = graph.input("g", [.sample])
    let r = body.input("r", .scalar), c = body.input("c", .scalar)
    let perRow = pairReduce(
      of: greater(r, c) * sigmoid(r - c), .rows, rows: [r], columns: [c], scalars: [],
      over: PairOperands(rows: [f * 2], columns: [g], scalars: []))
    #expect(
      LatexPrinter([("y", perRow)], of: graph).text == #"""
        \begin{aligned}
        \mathit{y} &= \sum_{j} \left(\mathbf{1}\{\left(\mathit{f} \odot 2.0\right)_{i} > \mathit{g}_{j}\} \#
        \odot \sigma\!\left((\left(\mathit{f} \odot 2.0\right)_{i} - \mathit{g}_{j})\right)\right)
        \end{aligned}
        """#)
  }
}
