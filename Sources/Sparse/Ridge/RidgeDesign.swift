/// (X'X/n + ρ I)⁻¹ of one design for every ρ, from the smaller of its two Gram matrices.
struct RidgeDesign {
  private let design: DesignMatrix
  private let form: TridiagonalForm
  /// Whether the form is that of XX'/n.
  private let isDual: Bool

  init(_ design: DesignMatrix) {
    self.design = design
    let (n, p) = (design.rowCount, design.columnCount)
    isDual = p > n
    if isDual {
      var rows = Array(repeating: Array(repeating: 0.0, count: n), count: n)
      for j in 0..<p {
        let x = design.column(j)
        for i in 0..<n {
          rows[i].withUnsafeMutableBufferPointer { row in
            if let first = row.baseAddress { addMultiple(x[i] / Double(n), x, to: first, n) }
          }
        }
      }
      form = TridiagonalForm(rows)
    } else {
      var rows = Array(repeating: Array(repeating: 0.0, count: p), count: p)
      for i in 0..<p {
        for j in 0...i {
          let entry = dot(design.column(i), design.column(j), n) / Double(n)
          (rows[i][j], rows[j][i]) = (entry, entry)
        }
      }
      form = TridiagonalForm(rows)
    }
  }

  /// (X'X/n + ρ I)⁻¹ v.
  func solve(_ v: [Double], ridge: Double) -> [Double] {
    guard isDual else { return form.solve(v, shift: ridge) }
    // (v − X'(XX'/n + ρ I)⁻¹ X v/n)/ρ.
    var image = Array(repeating: 0.0, count: design.rowCount)
    design.add(v, columns: Array(v.indices), to: &image)
    let inner = form.solve(image, shift: ridge)
    var back = v
    design.multiplyTransposed(inner, columns: nil, into: &back)
    for j in back.indices { back[j] = (v[j] - back[j] / Double(design.rowCount)) / ridge }
    return back
  }
}
