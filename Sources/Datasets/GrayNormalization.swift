extension Transform.Normalization {
  /// The notebook's figures for images of so many channels: where there are not three, the mean of
  /// the three for every channel, as for gray images made of them.
  public static func gtsrb(channels: Int) -> Transform.Normalization {
    let (three, count) = (Transform.Normalization.gtsrb, 3)
    guard channels != count else { return three }
    return Transform.Normalization(
      mean: [three.mean.reduce(0, +) / Float(count)],
      deviation: [three.deviation.reduce(0, +) / Float(count)])
  }
}
