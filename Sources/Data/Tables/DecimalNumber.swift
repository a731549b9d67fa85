/// Decimal numbers from bytes: `[+-] digits [. digits] [e [+-] digits]`, finite, nothing else.
///
/// Up to 2⁵³ in the digits and 10^±22 in the exponent, one multiplication or division of exact
/// doubles is correctly rounded; the rest goes through the standard library.
///
/// - Source: Clinger, PLDI 1990, section 3 (the fast path).
enum DecimalNumber {
  /// The number that the whole text is, or nil.
  static func parse(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return parse(bytes, 0..<bytes.count)
  }

  /// The number that a range of bytes is, or nil.
  static func parse(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    var position = range.lowerBound
    let end = range.upperBound
    guard position < end else { return nil }
    let isNegative = bytes[position] == UInt8(ascii: "-")
    if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }

    var digits: UInt64 = 0
    var digitCount = 0
    var significant = 0
    var exponent = 0
    var seenPoint = false
    while position < end {
      let byte = bytes[position]
      if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
      } else if byte &- UInt8(ascii: "0") < 10 {
        digitCount += 1
        if significant > 0 || byte != UInt8(ascii: "0") { significant += 1 }
        if significant <= 19 { digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0")) }
        if seenPoint { exponent -= 1 }
      } else {
        break
      }
      position += 1
    }
    guard digitCount > 0 else { return nil }
    if position < end {
      guard let power = parseExponent(bytes, position..<end) else { return nil }
      exponent += power
    }

    if significant <= 19, digits <= 1 << 53, abs(exponent) <= 22 {
      let magnitude =
        exponent < 0
        ? Double(digits) / powersOfTen[-exponent] : Double(digits) * powersOfTen[exponent]
      return isNegative ? -magnitude : magnitude
    }
    let number = Double(String(decoding: bytes[range], as: UTF8.self))
    return number.flatMap { $0.isFinite ? $0 : nil }
  }

  /// `e`, an optional sign and at most six digits (more cannot be finite unless all digits are 0).
  private static func parseExponent(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    guard bytes[range.lowerBound] | 0x20 == UInt8(ascii: "e") else { return nil }
    var position = range.lowerBound + 1
    guard position < range.upperBound else { return nil }
    let isNegative = bytes[position] == UInt8(ascii: "-")
    if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }
    guard position < range.upperBound, range.upperBound - position <= 6 else { return nil }
    var power = 0
    while position < range.upperBound {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      power = power * 10 + Int(digit)
      position += 1
    }
    return isNegative ? -power : power
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
