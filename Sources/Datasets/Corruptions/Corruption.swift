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

  public init(_ kind: any CorruptionKind, strength: Double, seed: Int = 0) {
    (self.kind, self.strength, self.seed) = (kind.name, strength, seed)
  }

  public static let kinds: [any CorruptionKind] = [
    RotationCorruption(), ShiftCorruption(), ScaleCorruption(), BlurCorruption(),
    BrightnessCorruption(), DarknessCorruption(), ContrastCorruption(), GaussianNoiseCorruption(),
    ImpulseNoiseCorruption(), MotionBlurCorruption(), PixelateCorruption(), SpatterCorruption(),
    JPEGCorruption(),
  ]

  /// The seven of the GTSRB test sets that papers on merging and adapting models use
  /// (huggingface.co/datasets/tanganke/gtsrb), in their order.
  public static let common: [any CorruptionKind] = [
    MotionBlurCorruption(), ImpulseNoiseCorruption(), GaussianNoiseCorruption(),
    PixelateCorruption(), SpatterCorruption(), ContrastCorruption(), JPEGCorruption(),
  ]

  public static func kind(named name: String) -> (any CorruptionKind)? {
    kinds.first { $0.name == name }
  }

  /// What a recipe from a file may not hold.
  var fault: String? {
    guard let kind = Self.kind(named: kind) else { return "the corruption is unknown" }
    return kind.range.contains(strength) ? nil : "the strength of the corruption is out of range"
  }

  /// `rotate 15 degrees`, `motion_blur, severity 3`.
  public var description: String {
    Self.kind(named: kind).map { $0.words(strength) } ?? kind
  }
}

/// One way of spoiling images; a file has one.
public protocol CorruptionKind: Sendable {
  /// What commands and session files call it.
  var name: String { get }
  /// What it does, for a list of choices.
  var summary: String { get }
  /// The option that takes strengths of it; nil if it has severities alone.
  var option: String? { get }
  /// What the strength measures, for an axis: `rotation (degrees)`.
  var measure: String { get }
  var range: ClosedRange<Double> { get }
  /// The strengths of severities 1 to 5; nil for a kind without.
  ///
  /// They are those of CIFAR-10-C for images of 32 × 32 (Hendrycks and Dietterich 2019,
  /// github.com/hendrycks/robustness, make_cifar_c.py).
  var severities: [Double]? { get }
  /// The strength in words.
  func words(_ strength: Double) -> String

  /// - Parameters:
  ///   - image: Bytes [height, width, channels].
  ///   - strength: Within `range`.
  ///   - random: The image's own stream.
  func corrupted(
    _ image: [UInt8], _ shape: ImageShape, strength: Double, using random: inout RandomStream
  ) -> [UInt8]
}

extension CorruptionKind {
  public var severities: [Double]? { nil }
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
