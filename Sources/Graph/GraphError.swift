import RankineSupport

/// A computation that does not fit together: shapes, axes, operands or bindings.
///
/// The place is the scope that was being declared, such as `shared[0]`.
public struct GraphError: UserError {
  public let code: String
  public var place: String
  public let message: String
  public let hint: String?

  package init(_ code: String, at place: String = "", _ message: String, hint: String? = nil) {
    (self.code, self.place, self.message, self.hint) = (code, place, message, hint)
  }
}
