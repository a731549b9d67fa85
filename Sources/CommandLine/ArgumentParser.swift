import RankineSupport

/// Sorts the words of a command line by the argument they belong to.
///
/// Understood are `--name value`, `--name=value`, flags, `-h`, and `--`, after which every word is
/// an operand. A word after an option is its value unless it begins with two dashes; write
/// `--name=--value` for such a value.
struct ArgumentParser {
  let declared: [any ArgumentDeclaration]
  private var texts: [String: [String]] = [:]
  private var operands: [String] = []

  init(_ declared: [any ArgumentDeclaration]) { self.declared = declared }

  /// - Throws: `UsageError` for a word that fits no argument, or an argument that is missing,
  ///   malformed or given twice.
  static func parse(
    _ words: some Sequence<String>, declared: [any ArgumentDeclaration]
  ) throws -> ParsedArguments {
    var parser = ArgumentParser(declared)
    try parser.sort(Array(words))
    try parser.assignOperands()
    return try ParsedArguments(parser.texts, declared: declared)
  }

  /// How many words at the start of a command line are options with their values.
  ///
  /// - Throws: `UsageError` for an option that is not among the declared ones.
  static func optionPrefix(
    of words: [String], declared: [any ArgumentDeclaration]
  ) throws -> Int {
    var parser = ArgumentParser(declared)
    var position = 0
    while position < words.count, isOption(words[position]), words[position] != "--" {
      position = try parser.takeOption(words, at: position)
    }
    return position
  }

  private mutating func sort(_ words: [String]) throws {
    var position = 0
    while position < words.count {
      if words[position] == "--" {
        operands += words[(position + 1)...]
        return
      } else if Self.isOption(words[position]) {
        position = try takeOption(words, at: position)
      } else {
        operands.append(words[position])
        position += 1
      }
    }
  }

  /// A lone dash and negative numbers are operands.
  private static func isOption(_ word: String) -> Bool {
    word.count > 1 && word.hasPrefix("-") && Double(word) == nil
  }

  /// Reads one option and its value, and returns the position after them.
  private mutating func takeOption(_ words: [String], at position: Int) throws -> Int {
    let word = words[position] == "-h" ? "--help" : words[position]
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let spelling = String(parts[0])
    guard let option = declared.first(where: { !$0.kind.isOperand && "--" + $0.name == spelling })
    else { throw unknownOption(spelling) }
    let attached = parts.count > 1 ? String(parts[1]) : nil

    guard let placeholder = option.kind.placeholder else {
      if let attached {
        throw UsageError(
          .unexpectedValue, in: spelling, "takes no value, got \"\(attached)\"",
          hint: "write \(spelling) alone")
      }
      texts[option.name, default: []].append("")
      return position + 1
    }
    if texts[option.name] != nil, !option.kind.isRepeated {
      throw UsageError(.repeatedOption, in: spelling, "is given twice", hint: "keep one of them")
    }
    if let attached {
      texts[option.name, default: []].append(attached)
      return position + 1
    }
    guard position + 1 < words.count, !words[position + 1].hasPrefix("--") else {
      throw UsageError(
        .missingValue, in: spelling, "expected a value",
        hint: "write \(spelling) \(placeholder) or \(spelling)=\(placeholder)")
    }
    texts[option.name, default: []].append(words[position + 1])
    return position + 2
  }

  private mutating func assignOperands() throws {
    let names = declared.filter(\.kind.isOperand).map(\.name)
    guard operands.count <= names.count else {
      let takes = names.isEmpty ? "it takes no operand" : "it takes \(names.joined(separator: " "))"
      throw UsageError(
        .unexpectedArgument, "unexpected \"\(operands[names.count])\"",
        hint: takes + "; options begin with --")
    }
    for (name, text) in zip(names, operands) { texts[name] = [text] }
  }

  private func unknownOption(_ spelling: String) -> UsageError {
    let names = declared.filter { !$0.kind.isOperand }.map { "--" + $0.name }
    return UsageError(
      .unknownOption, "there is no option \(spelling)",
      hint: suggestion(for: spelling, among: names))
  }
}
