/// What is carried from task to task besides the network.
public struct KeptMemory: Hashable, Sendable {
  public var exemplars: Int
  /// Of one exemplar.
  public var imageBytes: Int
  /// Of statistics, further networks and the like.
  public var otherBytes: Int
  /// Whether exemplars of old classes are drawn again from all their images, which a learner that kept
  /// only this much would not have.
  public var isRedrawn = false

  /// Of a 32×32 image in three colours: what memories are compared in (Zhou et al. 2023, A model or
  /// 603 exemplars).
  public static let unit = 3072

  public var bytes: Int { exemplars * imageBytes + otherBytes }

  /// As if all of it were images of 32×32×3 bytes.
  public var inExemplars: Double { Double(bytes) / Double(Self.unit) }
}
