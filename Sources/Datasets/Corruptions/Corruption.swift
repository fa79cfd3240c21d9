public import Randomness
public import Tensors

/// A way of spoiling images, and how much of it: with the source, a recipe that gives the same bytes
/// again.
public struct Corruption: Codable, Hashable, Sendable {
  /// One of `kinds`, by its name.
  public var kind: String
  /// In the kind's unit.
  public var strength: Double
  /// What is drawn is drawn from it, the same for every strength.
  public var seed: Int

  public init(_ kind: CorruptionKind, strength: Double, seed: Int = 0) {
    (self.kind, self.strength, self.seed) = (kind.name, strength, seed)
  }

  public static let kinds: [CorruptionKind] = [
    .rotation, .shift, .scale, .blur,
    .brightness, .darkness, .contrast, .gaussianNoise,
    .impulseNoise, .motionBlur, .pixelate, .spatter,
    .jpeg,
  ]

  /// The seven of the GTSRB test sets that papers on merging and adapting models use
  /// (huggingface.co/datasets/tanganke/gtsrb), in their order.
  public static let common: [CorruptionKind] = [
    .motionBlur, .impulseNoise, .gaussianNoise,
    .pixelate, .spatter, .contrast, .jpeg,
  ]

  public static func kind(named name: String) -> CorruptionKind? {
    kinds.first { $0.name == name }
  }

  /// What a recipe from a file may not hold.
  var fault: String? {
    guard let kind = Self.kind(named: kind) else { return "the corruption is unknown" }
    return kind.range.contains(strength) ? nil : "the strength of the corruption is out of range"
  }

  /// `rotate 15 degrees`, `motion_blur, severity 3`.
  public var description: String {
    Self.kind(named: kind).map { $0.described(strength) } ?? kind
  }
}

/// One way of spoiling images; a file has one.
public struct CorruptionKind: Sendable {
  /// What is done to one image.
  ///
  /// - Parameters:
  ///   - image: Bytes [height, width, channels].
  ///   - strength: Within `range`.
  ///   - random: The image's own stream.
  typealias Work =
    @Sendable (
      _ image: [UInt8], _ shape: ImageShape, _ strength: Double, _ random: inout RandomStream
    ) -> [UInt8]

  /// What commands and session files call it.
  public let name: String
  /// What it does, for a list of choices.
  public let summary: String
  /// The option that takes strengths of it; nil if it has severities alone.
  public let option: String?
  /// What the strength measures, for an axis: `rotation (degrees)`.
  public let measure: String
  public let range: ClosedRange<Double>
  /// The strengths of severities 1 to 5; nil for a kind without.
  ///
  /// They are those of CIFAR-10-C for images of 32 × 32 (Hendrycks and Dietterich 2019,
  /// github.com/hendrycks/robustness, make_cifar_c.py).
  public let severities: [Double]?
  private let words: @Sendable (Double) -> String
  private let work: Work

  init(
    name: String, summary: String, option: String? = nil, measure: String,
    range: ClosedRange<Double>, severities: [Double]? = nil,
    words: @escaping @Sendable (_ strength: Double) -> String, _ work: @escaping Work
  ) {
    (self.name, self.summary, self.option, self.measure) = (name, summary, option, measure)
    (self.range, self.severities) = (range, severities)
    (self.words, self.work) = (words, work)
  }

  /// The strength in words.
  public func described(_ strength: Double) -> String { words(strength) }

  /// - Parameters:
  ///   - image: Bytes [height, width, channels].
  ///   - strength: Within `range`.
  ///   - random: The image's own stream.
  public func corrupted(
    _ image: [UInt8], _ shape: ImageShape, strength: Double, using random: inout RandomStream
  ) -> [UInt8] {
    work(image, shape, strength, &random)
  }
}

extension DataSet {
  /// The same training images, and test images that are spoiled.
  public func corrupted(by corruption: Corruption, on pool: ThreadPool) -> DataSet {
    DataSet(
      source: .corrupted(source, by: corruption), classNames: classNames, train: train,
      test: test.corrupted(test.labels.indices.map(\.self), by: corruption, on: pool),
      transform: transform, loadNotes: loadNotes)
  }

  /// Some images of a split, spoiled, in the place of the test images; in memory alone, under this
  /// data set's digest.
  ///
  /// - Parameter corruption: nil leaves them as they are.
  public func spoiled(
    _ images: [Int], of split: Split, by corruption: Corruption?, on pool: ThreadPool
  ) -> DataSet {
    let set = self[split]
    return testing(corruption.map { set.corrupted(images, by: $0, on: pool) } ?? set.subset(images))
  }

  /// One image again and again, each time spoiled in another way; as `spoiled`.
  public func spoiled(
    _ image: Int, of split: Split, by corruptions: [Corruption?], on pool: ThreadPool
  ) -> DataSet {
    let set = self[split]
    let copies = corruptions.map { corruption in
      corruption.map { set.corrupted([image], by: $0, on: pool) } ?? set.subset([image])
    }
    return testing(
      ImageSet(
        shape: set.shape, pixels: copies.flatMap(\.pixels),
        labels: copies.map { _ in set.labels[image] }))
  }

  /// The same with other test images; in memory alone, under this data set's digest.
  public func testing(_ images: ImageSet) -> DataSet {
    DataSet(
      source: source, classNames: classNames, train: train, test: images, digest: digest,
      transform: transform, loadNotes: loadNotes)
  }
}

extension ImageSet {
  /// The images at some positions. What is drawn for an image depends on its position here, not on
  /// which others are asked for, nor on threads.
  func corrupted(_ indices: [Int], by corruption: Corruption, on pool: ThreadPool) -> ImageSet {
    guard let kind = Corruption.kind(named: corruption.kind) else { return subset(indices) }
    let stream = RandomStream(seed: UInt64(bitPattern: Int64(corruption.seed)))
      .stream("corruption").stream(kind.name)
    let total = indices.count * shape.count
    let pixels = [UInt8](unsafeUninitializedCapacity: total) { buffer, count in
      count = total
      guard let base = buffer.baseAddress else { return }
      // Each image has bytes of its own.
      nonisolated(unsafe) let target = base
      pool.forEach(indices.count) { position in
        var random = stream.stream(indices[position])
        let image = kind.corrupted(
          Array(image(at: indices[position])), shape, strength: corruption.strength, using: &random)
        image.withUnsafeBufferPointer { bytes in
          guard let bytes = bytes.baseAddress else { return }
          (target + position * shape.count).update(from: bytes, count: shape.count)
        }
      }
    }
    return ImageSet(
      shape: shape, pixels: pixels, labels: indices.map { labels[$0] },
      tracks: tracks.isEmpty ? [] : indices.map { tracks[$0] })
  }
}

/// A value as the nearest byte.
func byte(nearest value: Double) -> UInt8 { UInt8(min(max(value, 0), 255).rounded()) }

/// A value as CIFAR-10-C makes a byte of it, which cuts decimals off.
func byte(below value: Double) -> UInt8 { UInt8(min(max(value, 0), 255)) }

/// A strength without superfluous decimals.
func plain(_ strength: Double) -> String {
  strength == strength.rounded() && abs(strength) < 1e6
    ? "\(Int(strength))" : "\((strength * 100).rounded() / 100)"
}
