/// A property of a declaration that can be set by name from text.
public struct Hyperparameter<Declaration>: Sendable {
  /// The key of `--set key=value`.
  public let name: String
  /// One line for help.
  public let summary: String
  /// What its text looks like: `a whole number`.
  public let kind: String
  /// The value as text.
  public let read: @Sendable (Declaration) -> String
  let write: @Sendable (inout Declaration, String) throws(Misuse) -> Void

  /// - Parameters:
  ///   - name: the key of `--set key=value`.
  ///   - summary: one line for help.
  ///   - path: the property that it sets.
  public init<Value: HyperparameterValue>(
    _ name: String, _ summary: String, _ path: WritableKeyPath<Declaration, Value> & Sendable
  ) {
    self.name = name
    self.summary = summary
    kind = Value.hyperparameterKind
    read = { $0[keyPath: path].hyperparameterText }
    write = { declaration, text throws(Misuse) in
      guard let value = Value(hyperparameterText: text) else {
        throw Misuse(
          "bad-hyperparameter", "\(name) is \(Value.hyperparameterKind), not \"\(text)\"",
          hint: "for example \(name)=\(declaration[keyPath: path].hyperparameterText)")
      }
      declaration[keyPath: path] = value
    }
  }

  /// A hyperparameter of a part of the declaration, under the same name.
  ///
  /// - Parameter path: the part.
  public init<Part>(
    _ inner: Hyperparameter<Part>, of path: WritableKeyPath<Declaration, Part> & Sendable
  ) {
    (name, summary, kind) = (inner.name, inner.summary, inner.kind)
    read = { inner.read($0[keyPath: path]) }
    write = { declaration, text throws(Misuse) in
      try inner.write(&declaration[keyPath: path], text)
    }
  }
}

/// A type that a hyperparameter may have.
public protocol HyperparameterValue: Sendable {
  /// What its text looks like: `a whole number`.
  static var hyperparameterKind: String { get }
  /// The value that the text means; nil where it means none.
  init?(hyperparameterText text: String)
  /// Text that gives the value back.
  var hyperparameterText: String { get }
}
