extension OpDefinition {
  /// Σ over all pairs of a scalar body; see `pairReduce`.
  static let pairReduce = OpDefinition(
    "pair-reduce", arity: nil,
    inferShape: { operands, attribute throws(GraphError) in
      guard case .pair(let pair) = attribute else { throw .missingAttribute("pair-reduce") }
      let count = pair.body.rowCount + pair.body.columnCount + pair.body.scalarCount
      guard operands.count == count, pair.body.rowCount > 0, pair.body.columnCount > 0 else {
        throw GraphError("bad-pair-sum", "a body of \(count) variables was given \(operands.count)")
      }
      let parts = PairOperands(operands.map(\.shape), pair.body)
      let lead = Shape(Array(parts.rows[0].dimensions.dropLast()))
      guard parts.rows.allSatisfy({ $0 == parts.rows[0] }),
        parts.columns.allSatisfy({ $0 == parts.columns[0] }),
        parts.scalars.allSatisfy({ $0 == lead }), parts.rows[0].rank >= 1,
        Shape(Array(parts.columns[0].dimensions.dropLast())) == lead
      else {
        throw GraphError(
          "shape-mismatch",
          "pair sum of rows \(parts.rows), columns \(parts.columns), scalars \(parts.scalars)",
          hint: "rows are [tasks…, batch], columns [tasks…, sample], scalars [tasks…]")
      }
      switch pair.sum {
      case .all: return lead
      case .rows: return parts.rows[0]
      case .columns: return parts.columns[0]
      }
    },
    interpret: { operands, node throws(GraphError) in
      guard case .pair(let pair) = node.attribute else { throw .missingAttribute("pair-reduce") }
      return sumOverPairs(pair, PairOperands(operands, pair.body), node.extents)
    },
    pullback: { operands, result, cotangent in
      guard case .pair(let pair) = result.node.attribute else { return operands.map { _ in nil } }
      return PairPullback(pair, operands, cotangent).cotangents
    })
}

/// The operands of a pair sum by their roles.
package struct PairOperands<Element> {
  package let rows: [Element]
  package let columns: [Element]
  package let scalars: [Element]

  package init(rows: [Element], columns: [Element], scalars: [Element]) {
    (self.rows, self.columns, self.scalars) = (rows, columns, scalars)
  }

  package init(_ operands: [Element], _ body: PairBody) {
    rows = Array(operands[..<body.rowCount])
    columns = Array(operands[body.rowCount..<(body.rowCount + body.columnCount)])
    scalars = Array(operands[(body.rowCount + body.columnCount)...])
  }
}

private func sumOverPairs(
  _ pair: PairReduction, _ operands: PairOperands<NumericArray>, _ extents: [Int]
) -> NumericArray {
  var result = NumericArray(repeating: 0, extents)
  let rowExtents = operands.rows[0].extents
  let (lead, rowCount) = (Array(rowExtents.dropLast()), rowExtents[rowExtents.count - 1])
  let columnCount = operands.columns[0].extents[rowExtents.count - 1]
  forEachIndex(in: lead) { task in
    let scalars = operands.scalars.map { $0[task] }
    for i in 0..<rowCount {
      let rows = operands.rows.map { $0[task + [i]] }
      for j in 0..<columnCount {
        let columns = operands.columns.map { $0[task + [j]] }
        let value = pair.body.evaluate(rows: rows, columns: columns, scalars: scalars)
        switch pair.sum {
        case .all: result[task] += value
        case .rows: result[task + [i]] += value
        case .columns: result[task + [j]] += value
        }
      }
    }
  }
  return result
}

extension PairBody {
  /// The value of the expression at numbers.
  package func evaluate(rows: [Double], columns: [Double], scalars: [Double]) -> Double {
    var values: [Double] = []
    for instruction in instructions {
      switch instruction {
      case .variable(.row(let i)): values.append(rows[i])
      case .variable(.column(let i)): values.append(columns[i])
      case .variable(.scalar(let i)): values.append(scalars[i])
      case .constant(let bits): values.append(Double(bitPattern: bits))
      case .apply(let op, let operands):
        values.append(op.definition.evaluate?(operands.map { values[$0] }) ?? .nan)
      }
    }
    return values[values.count - 1]
  }
}
