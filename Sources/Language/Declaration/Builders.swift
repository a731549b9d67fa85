/// Collects layers; `if`, `else` and `for` work as in code.
@resultBuilder
public enum LayerBuilder {
  public static func buildExpression(_ layer: some Layer) -> [any Layer] { [layer] }
  public static func buildExpression(_ layers: [any Layer]) -> [any Layer] { layers }
  public static func buildBlock(_ parts: [any Layer]...) -> [any Layer] { Array(parts.joined()) }
  public static func buildOptional(_ part: [any Layer]?) -> [any Layer] { part ?? [] }
  public static func buildEither(first part: [any Layer]) -> [any Layer] { part }
  public static func buildEither(second part: [any Layer]) -> [any Layer] { part }
  public static func buildArray(_ parts: [[any Layer]]) -> [any Layer] { Array(parts.joined()) }
}

/// Collects losses; `if`, `else` and `for` work as in code.
@resultBuilder
public enum LossBuilder {
  public static func buildExpression(_ loss: some Loss) -> [any Loss] { [loss] }
  public static func buildExpression(_ losses: [any Loss]) -> [any Loss] { losses }
  public static func buildBlock(_ parts: [any Loss]...) -> [any Loss] { Array(parts.joined()) }
  public static func buildOptional(_ part: [any Loss]?) -> [any Loss] { part ?? [] }
  public static func buildEither(first part: [any Loss]) -> [any Loss] { part }
  public static func buildEither(second part: [any Loss]) -> [any Loss] { part }
  public static func buildArray(_ parts: [[any Loss]]) -> [any Loss] { Array(parts.joined()) }
}

/// Collects the members of an average; `if`, `else` and `for` work as in code.
@resultBuilder
public enum MemberBuilder {
  public static func buildExpression(_ model: Model) -> [Model] { [model] }
  public static func buildExpression(_ declaration: some ModelDeclaration) -> [Model] {
    [declaration.model]
  }
  public static func buildBlock(_ parts: [Model]...) -> [Model] { Array(parts.joined()) }
  public static func buildOptional(_ part: [Model]?) -> [Model] { part ?? [] }
  public static func buildEither(first part: [Model]) -> [Model] { part }
  public static func buildEither(second part: [Model]) -> [Model] { part }
  public static func buildArray(_ parts: [[Model]]) -> [Model] { Array(parts.joined()) }
}

/// Collects the parts of a model; `if` and `else` work as in code.
@resultBuilder
public enum ModelBuilder {
  public static func buildExpression(_ part: Shared) -> [ModelPart] { [.shared(part)] }
  public static func buildExpression(_ part: EachTask) -> [ModelPart] { [.eachTask(part)] }
  public static func buildExpression(_ part: Objective) -> [ModelPart] { [.objective(part)] }
  public static func buildExpression(_ part: Rounds) -> [ModelPart] { [.rounds(part)] }
  public static func buildExpression(_ parts: [ModelPart]) -> [ModelPart] { parts }
  public static func buildBlock(_ parts: [ModelPart]...) -> [ModelPart] { Array(parts.joined()) }
  public static func buildOptional(_ part: [ModelPart]?) -> [ModelPart] { part ?? [] }
  public static func buildEither(first part: [ModelPart]) -> [ModelPart] { part }
  public static func buildEither(second part: [ModelPart]) -> [ModelPart] { part }
  public static func buildArray(_ parts: [[ModelPart]]) -> [ModelPart] { Array(parts.joined()) }
}
