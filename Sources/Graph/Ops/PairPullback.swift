/// The cotangents of a pair sum: pair sums of the derivatives of its body.
///
/// With body b(rᵢ, cⱼ, u) and cotangent ȳ, which is a number for `.all`, ȳᵢ for `.rows` and ȳⱼ for
/// `.columns`:
///
///     r̄ᵢ = Σⱼ ȳ ∂b/∂r,   c̄ⱼ = Σᵢ ȳ ∂b/∂c,   ū = Σᵢⱼ ȳ ∂b/∂u
///
/// Where ȳ does not vary along the sum it stays outside; else it becomes one more variable.
struct PairPullback {
  let cotangents: [Tensor?]

  init(_ pair: PairReduction, _ operands: [Tensor], _ cotangent: Tensor) {
    let body = OpenedBody(pair.body)
    let inputs = body.rows + body.columns + body.scalars
    let slopes = derivatives(of: body.value, along: inputs)
    let parts = PairOperands(operands, pair.body)
    let sums: [PairReduction.Sum] =
      body.rows.map { _ in .rows } + body.columns.map { _ in .columns }
      + body.scalars.map { _ in .all }
    cotangents = zip(slopes, sums).map { slope, sum in
      slope.map {
        Self.sum(of: $0, sum, from: pair.sum, weightedBy: cotangent, of: body, over: parts)
      }
    }
  }

  private static func sum(
    of slope: Tensor, _ sum: PairReduction.Sum, from source: PairReduction.Sum,
    weightedBy weight: Tensor, of body: OpenedBody, over operands: PairOperands<Tensor>
  ) -> Tensor {
    var (rows, columns) = (body.rows, body.columns)
    var (rowValues, columnValues) = (operands.rows, operands.columns)
    var value = slope
    let isOutside = source == .all || source == sum
    if !isOutside {
      let variable = slope.graph.input("cotangent", .scalar)
      value = variable * slope
      if source == .rows {
        rows.append(variable)
        rowValues.append(weight)
      } else {
        columns.append(variable)
        columnValues.append(weight)
      }
    }
    let total = pairReduce(
      of: value, sum, rows: rows, columns: columns, scalars: body.scalars,
      over: PairOperands(rows: rowValues, columns: columnValues, scalars: operands.scalars))
    guard isOutside else { return total }
    return source == sum ? total * weight : total * weight.appendingAxes(of: total.shape)
  }
}

/// A pair sum of an expression on a scalar graph, in which variables that it does not read are left
/// out (a first row and column stay, as they give the sizes).
package func pairReduce(
  of value: Tensor, _ sum: PairReduction.Sum, rows: [Tensor], columns: [Tensor], scalars: [Tensor],
  over operands: PairOperands<Tensor>
) -> Tensor {
  let needed = value.graph.ancestors(of: [value])
  func used(_ variables: [Tensor], keepingFirst: Bool) -> [Int] {
    let used = variables.indices.filter { needed[variables[$0].id] }
    return used.isEmpty && keepingFirst ? [0] : used
  }
  let r = used(rows, keepingFirst: true), c = used(columns, keepingFirst: true)
  let u = used(scalars, keepingFirst: false)
  let graph = operands.rows[0].graph
  do {
    let body = try PairBody(
      value, rows: r.map { rows[$0] }, columns: c.map { columns[$0] },
      scalars: u.map { scalars[$0] })
    return pairReduce(
      body, sum, rows: r.map { operands.rows[$0] }, columns: c.map { operands.columns[$0] },
      scalars: u.map { operands.scalars[$0] })
  } catch {
    graph.report(error)
    return graph.constant(.nan)
  }
}
