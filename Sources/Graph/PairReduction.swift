/// A sum over all pairs of a row and a column.
package struct PairReduction: Hashable, Sendable {
  package enum Sum: Hashable, Sendable {
    /// Σᵢⱼ body, one number.
    case all
    /// Σⱼ body, one number per row.
    case rows
    /// Σᵢ body, one number per column.
    case columns
  }

  /// What is summed, in the variables of the operands.
  package let body: PairBody
  /// Over what.
  package let sum: Sum
}

/// Sums a scalar expression over all pairs of a row and a column, for each leading index on its own.
///
/// The B × n values of the expression are never held in memory, and the derivative of a pair sum is
/// again a pair sum, so derivatives of any order are no larger.
///
/// - Parameters:
///   - rows: tensors [lead…, B].
///   - columns: tensors [lead…, n].
///   - scalars: tensors [lead…].
/// - Returns: [lead…] for `.all`, [lead…, B] for `.rows`, [lead…, n] for `.columns`.
package func pairReduce(
  _ body: PairBody, _ sum: PairReduction.Sum, rows: [Tensor], columns: [Tensor],
  scalars: [Tensor] = []
) -> Tensor {
  precondition(!rows.isEmpty && !columns.isEmpty, "a pair sum needs a row and a column variable")
  return rows[0].graph.append(
    .pairReduce, rows + columns + scalars, .pair(PairReduction(body: body, sum: sum)))
}
