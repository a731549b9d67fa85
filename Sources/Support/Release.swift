/// The release of Rankine that is running.
public enum Release {
  /// Semantic version, as `rankine --version` prints it and every run records it.
  public static let version: String = "0.1.0"
}
