import RankineSupport

/// A program that cannot be bound to the data at hand.
package struct RuntimeError: UserError {
  package let code: String
  package let place: String
  package let message: String
  package let hint: String?

  package init(_ code: String, at place: String, _ message: String, hint: String? = nil) {
    (self.code, self.place, self.message, self.hint) = (code, place, message, hint)
  }
}
