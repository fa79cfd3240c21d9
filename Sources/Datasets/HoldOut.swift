/// Which tracks are taken out of the training images to choose options by.
public struct HoldOut: Codable, Hashable, Sendable {
  /// Of each class's tracks, above 0 and below 1.
  public var share: Double
  public var seed: Int

  public init(share: Double, seed: Int) {
    self.share = share
    self.seed = seed
  }
}

extension DataSet {
  /// `validation` as a data set of its own, that a session can load again.
  public func holdingOut(_ holdOut: HoldOut) -> DataSet {
    let divided = validation(share: holdOut.share, seed: holdOut.seed)
    return DataSet(
      source: .heldOut(of: source, holdOut), classNames: classNames, train: divided.train,
      test: divided.test, digest: divided.digest, transform: transform)
  }
}
