/// A setting of the simulation and what becomes of its responses: a group of rows in the tables.
public struct StudyCondition: Codable, Sendable, Hashable, Comparable {
  /// 1 to 6.
  public let setting: Int
  public let variant: StudyVariant

  /// In tables: `Setting 2, cubed`.
  public var title: String { "Setting \(setting)" + (variant == .plain ? "" : ", \(variant)") }

  /// By setting, then by variant.
  public static func < (first: StudyCondition, second: StudyCondition) -> Bool {
    (first.setting, first.variant) < (second.setting, second.variant)
  }
}

/// One fit of a study: a model on a replication of a setting.
public struct StudyCell: Codable, Sendable, Hashable {
  public let condition: StudyCondition
  /// Which data set of the setting; each has its own random numbers.
  public let replication: Int
  public let model: String

  /// The name of its file, without the ending: `setting-2-cubed-uniform-7`.
  var fileName: String {
    "setting-\(condition.setting)-\(condition.variant)-\(model)-\(replication)"
  }
}
