/// Images that lie as arrays of bytes in a few files: MNIST and its kin, CIFAR, NumPy's archives.
public struct ArrayFiles: Codable, Hashable, Sendable {
  public enum Form: String, Codable, Hashable, Sendable {
    /// LeCun's IDX files, plain or compressed by gzip.
    case idx
    /// CIFAR-10 or CIFAR-100 in binary form.
    case cifar
    /// An npz archive.
    case npz

    func read(_ path: String) throws(DataSetError) -> LabelledImages {
      switch self {
      case .idx: try IDXFiles(path: path).arrays()
      case .cifar: try CIFARFiles(path: path).arrays()
      case .npz: try NPZImages(path: path).arrays()
      }
    }
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
}

extension DataSource {
  /// Files of arrays; images as they are if there is no size, else resized to `size` × `size`.
  public static func arrays(_ files: ArrayFiles) -> DataSource {
    DataSource(ArraySource(files: files))
  }
}

struct ArraySource: SourceKind {
  static let key = "arrays"

  var files: ArrayFiles

  private enum CodingKeys: String, CodingKey {
    case files = "_0"
  }

  var place: String { files.path }

  var fault: String? {
    (1...100).contains(files.permutations ?? 1) ? nil : "the permutations are out of range"
  }

  mutating func move(_ change: (String) -> String) { files.path = change(files.path) }

  mutating func resize(to size: Int) { files.size = size }

  func load(cache: ImageCache?, threads: Int, progress: LoadListener) throws -> DataSet {
    let images = try files.images()
    let set = DataSet(
      source: .arrays(files), classNames: images.classNames, train: images.train, test: images.test,
      loadNotes: images.notes)
    try progress(LoadProgress(all: set))
    return set
  }
}

extension ArrayFiles {
  /// All images, of the size and in the orders that are asked for.
  fileprivate func images() throws(DataSetError) -> LabelledImages {
    if let size { try ImageLimits.check(size: size) }
    var images = try form.read(path)
    if let size, images.train.shape != images.train.shape.square(size) {
      try images.checkMemory(images.train.shape.square(size))
      images.train = images.train.resized(to: size)
      images.test = images.test.resized(to: size)
    }
    if let permutations {
      try images.checkMemory(images.train.shape, copies: permutations)
      images.permute(copies: permutations, seed: seed)
    }
    return images
  }
}
