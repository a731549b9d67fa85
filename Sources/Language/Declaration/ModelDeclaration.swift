import RankineSupport

/// A model with hyperparameters: a value that turns into a `Model`.
public protocol ModelDeclaration: Sendable {
  var model: Model { get }

  /// What can be set by name, in the order in which help lists it.
  static var hyperparameters: [Hyperparameter<Self>] { get }
}

extension ModelDeclaration {
  public static var hyperparameters: [Hyperparameter<Self>] { [] }

  /// The single-task variant: the same declaration, fitted once per task with that task alone.
  public func independentTasks() -> Model { model.independentTasks() }

  /// The pooled variant: one score that serves all tasks.
  public func pooled() -> Model { model.pooled() }

  /// Sets a hyperparameter from text.
  ///
  /// - Throws: `ModelError` (`unknown-hyperparameter`) suggesting the nearest name, or
  ///   (`bad-hyperparameter`) saying what the text should be.
  public mutating func set(_ name: String, to text: String) throws(ModelError) {
    guard let parameter = Self.hyperparameters.first(where: { $0.name == name }) else {
      throw ModelError(
        "unknown-hyperparameter", at: "\(name)=\(text)",
        "\(Self.self) has no hyperparameter \"\(name)\"",
        hint: suggestion(for: name, among: Self.hyperparameters.map(\.name)))
    }
    do throws(Misuse) {
      try parameter.write(&self, text)
    } catch {
      throw ModelError(error, at: "\(name)=\(text)")
    }
  }

  /// Sets hyperparameters from texts of the form `name=value`, in their order.
  ///
  /// - Throws: `ModelError` (`bad-setting`) for a text without an equals sign, and what
  ///   `set(_:to:)` throws.
  public mutating func apply(_ settings: [String]) throws(ModelError) {
    for setting in settings {
      guard let equals = setting.firstIndex(of: "=") else {
        throw ModelError(
          "bad-setting", at: setting, "a setting has the form name=value",
          hint: suggestion(for: setting, among: Self.hyperparameters.map(\.name)))
      }
      try set(
        String(setting[..<equals]), to: String(setting[setting.index(after: equals)...]))
    }
  }

  /// The present values by name, in the order of declaration.
  public var settings: [(name: String, value: String)] {
    Self.hyperparameters.map { ($0.name, $0.read(self)) }
  }
}
