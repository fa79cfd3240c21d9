/// How far the loading of a data set has come.
public struct LoadProgress: Hashable, Sendable {
  /// Images decoded or drawn so far.
  public var images: Int
  public var total: Int

  public init(images: Int, total: Int) {
    self.images = images
    self.total = total
  }
}
