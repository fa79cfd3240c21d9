/// Where a data set came from: enough to load it again.
public indirect enum DataSource: Codable, Hashable, Sendable {
  /// GTSRB archives or an unpacked tree; images resized to `size` × `size`.
  case gtsrb(path: String, size: Int)
  /// A folder per class; images resized to `size` × `size`.
  case folder(path: String, size: Int)
  /// The same with classes in the order of their names as text (0, 1, 10, 2), as sessions have them
  /// that were saved when numbers were nothing else.
  case folderByText(path: String, size: Int)
  case synthetic(SyntheticSigns)
  /// Files of arrays; images as they are if there is no size, else resized to `size` × `size`.
  case arrays(ArrayFiles)
  /// The training images of another source, tracks of them held out as test images.
  case heldOut(of: DataSource, HoldOut)

  /// The same source with its files in another place.
  public func moved(to path: String) -> DataSource {
    switch self {
    case .gtsrb(_, let size): .gtsrb(path: path, size: size)
    case .folder(_, let size): .folder(path: path, size: size)
    case .folderByText(_, let size): .folderByText(path: path, size: size)
    case .synthetic: self
    case .arrays(let files): .arrays(files.moved(to: path))
    case .heldOut(let source, let holdOut): .heldOut(of: source.moved(to: path), holdOut)
    }
  }

  /// The same source with images of another size.
  public func resized(to size: Int) -> DataSource {
    switch self {
    case .gtsrb(let path, _): return .gtsrb(path: path, size: size)
    case .folder(let path, _): return .folder(path: path, size: size)
    case .folderByText(let path, _): return .folderByText(path: path, size: size)
    case .synthetic(var signs):
      signs.size = size
      return .synthetic(signs)
    case .arrays(var files):
      files.size = size
      return .arrays(files)
    case .heldOut(let source, let holdOut):
      return .heldOut(of: source.resized(to: size), holdOut)
    }
  }

  /// The same folder with its classes in the order of text; nil for what is no folder.
  public var sortedByText: DataSource? {
    switch self {
    case .folder(let path, let size): .folderByText(path: path, size: size)
    case .heldOut(let source, let holdOut):
      source.sortedByText.map { .heldOut(of: $0, holdOut) }
    case .gtsrb, .folderByText, .synthetic, .arrays: nil
    }
  }
}

/// Which tracks are taken out of the training images to choose options by.
public struct HoldOut: Codable, Hashable, Sendable {
  /// What is held out when nothing else is asked for.
  public static let standard = HoldOut(share: 0.2, seed: 0)

  /// Of each class's tracks, above 0 and below 1.
  public var share: Double
  public var seed: Int

  public init(share: Double, seed: Int) {
    self.share = share
    self.seed = seed
  }
}
