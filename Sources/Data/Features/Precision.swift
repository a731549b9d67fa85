/// The numbers to compute with.
public enum Precision: String, Codable, Sendable, CaseIterable {
  case float
  /// For checks: twice the memory, and slower.
  case double
}
