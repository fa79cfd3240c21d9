/// Where a data set came from: enough to load it again.
public enum DataSource: Codable, Hashable, Sendable {
  /// GTSRB archives or an unpacked tree; images resized to `size` × `size`.
  case gtsrb(path: String, size: Int)
  /// A folder per class; images resized to `size` × `size`.
  case folder(path: String, size: Int)
  case synthetic(SyntheticSigns)
}
