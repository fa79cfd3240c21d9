/// Images that lie as arrays of bytes in a few files: MNIST and its kin, CIFAR, NumPy's archives.
public struct ArrayFiles: Codable, Hashable, Sendable {
  public enum Form: String, Codable, Hashable, Sendable {
    /// LeCun's IDX files, plain or compressed by gzip.
    case idx
    /// CIFAR-10 or CIFAR-100 in binary form.
    case cifar
    /// An npz archive.
    case npz
  }

  public var form: Form
  public var path: String
  /// nil: as the images are.
  public var size: Int?
  /// Copies of all images, each with its pixels in an order of its own (the first in the files')
  /// and with classes of its own; nil for the images alone.
  ///
  /// With a task for each copy this is permuted MNIST (Goodfellow et al. 2013; van de Ven and
  /// Tolias 2019).
  public var permutations: Int?
  /// What the orders are drawn from.
  public var seed = 0

  public init(_ form: Form, path: String) {
    self.form = form
    self.path = path
  }

  /// The same files at another path.
  public func moved(to path: String) -> ArrayFiles {
    var other = self
    other.path = path
    return other
  }
}
