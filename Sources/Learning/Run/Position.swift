/// Where a run stands between two steps; all counts from 0.
public struct Position: Codable, Hashable, Sendable {
  public var task = 0
  /// Within the task.
  public var stage = 0
  public var epoch = 0
  public var batch = 0
}

/// What a run does next.
public enum Phase: String, Codable, Hashable, Sendable {
  case beginTask
  case train
  case endEpoch
  case endStage
  /// Measuring test accuracy, some images at a time.
  case evaluate
  case nextStage
  case finished
}
