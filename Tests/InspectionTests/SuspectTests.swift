import Datasets
import Foundation
import Inspection
import Learning
import Networks
import Randomness
import Tensors
import Testing

/// Doubtful labels and near-duplicates against cleanlab, scikit-learn, numpy and statsmodels
/// (`scripts/reference/suspects_cleanlab.py`), and what is found of mistakes that were planted.
struct SuspectTests {
  struct Golden: Decodable {
    struct Doubts: Decodable {
      var scores: [[Double]]
      var temperature: Double
      var agreeing: Int
      var suspects: [Int]
      var losses: [Double]
      var answers: [Int]
    }

    struct Tracks: Decodable {
      var accuracy: Double
      var overTracks: Double
      var overImages: Double
    }

    var doubts: Doubts
    var correlations: [Double]
    var tracks: Tracks
  }

  private static func golden() throws -> Golden {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Golden")
    return try JSONDecoder().decode(
      Golden.self, from: Data(contentsOf: folder.appendingPathComponent("suspects.json")))
  }

  // MARK: Labels

  private static let images = 240

  /// The formula of the script: four heaps in ten dimensions, and a scatter that looks random.
  private func features(_ image: Int) -> [Float] {
    (0..<10).map { column in
      let scatter = Double((image * image * 7 + column * column * 13 + image * column * 5) % 101)
      let heap = image % 4 == column % 4 ? 1.0 : 0.0
      return Float(heap + 1.9 * (scatter / 101 - 0.5))
    }
  }

  private func label(_ image: Int) -> Int {
    image % 11 == 5 ? (image + 1) % 4 : image % 4
  }

  @Test func heldOutScoresAndSuspectsAreThoseOfScikitLearnAndCleanlab() throws {
    let golden = try Self.golden().doubts
    let folds = (0..<3).map { fold in (0..<Self.images).filter { $0 / 4 % 3 == fold } }
    func rows(_ fold: Int) -> Tensor {
      Tensor([folds[fold].count, 10], folds[fold].flatMap(features))
    }
    var probe = LabelProbe(features: 10, classes: 4, folds: 3)
    for fold in folds.indices {
      probe.add(rows(fold), labels: folds[fold].map(label), fold: fold, on: pool)
    }
    var scores = [Float](repeating: 0, count: 4 * Self.images)
    for fold in folds.indices {
      let judge = try #require(probe.classifier(without: fold, on: pool))
      #expect(judge.known == [true, true, true, true])
      let found = judge.map.outputs(rows(fold), on: Device(threads: 2)).elements
      for (row, image) in folds[fold].enumerated() {
        for output in 0..<4 { scores[4 * image + output] = found[4 * row + output] }
      }
    }
    for (row, expected) in golden.scores.enumerated() {
      for output in 0..<4 {
        #expect(isNear(Double(scores[4 * 24 * row + output]), expected[output], within: 1e-5))
      }
    }
    let doubts = LabelDoubts(
      images: Array(0..<Self.images), labels: (0..<Self.images).map(label), scores: scores,
      classes: 4)
    #expect(isNear(doubts.temperature, golden.temperature, within: 1e-4))
    #expect(doubts.count == 240 && doubts.agreeing == golden.agreeing)
    #expect(doubts.suspects.map(\.image) == golden.suspects)
    #expect(doubts.suspects.map(\.answer) == golden.answers)
    for (doubt, loss) in zip(doubts.suspects, golden.losses) {
      #expect(isNear(doubt.loss, loss, within: 1e-3))
      #expect(abs(doubt.loss + log(doubt.ofLabel)) < 1e-9)
    }
    let byLoss = doubts.sorted(by: .loss)
    #expect(byLoss.map(\.loss) == doubts.suspects.map(\.loss).sorted(by: >))
    #expect(doubts.sorted(by: .margin).map(\.margin) == doubts.suspects.map(\.margin).sorted(by: >))
  }

  private static func load(
    classes: Int, perClass: Int, size: Int, seed: Int = 3
  ) -> DataSet? {
    var signs = SyntheticSigns()
    (signs.classes, signs.perClass, signs.testPerClass) = (classes, perClass, 5)
    (signs.balanced, signs.seed, signs.size) = (true, seed, size)
    return try? DataSet.load(.synthetic(signs), cache: nil)
  }

  /// Four tracks of each of 16 classes.
  private static let signs = load(classes: 16, perClass: 120, size: 32)
  private static let few = load(classes: 6, perClass: 60, size: 16)

  /// Of the 1,920 training images every 48th is called the next class.
  private func mislabelled() throws -> (data: DataSet, planted: Set<Int>) {
    let signs = try #require(Self.signs)
    let planted = Set(signs.train.labels.indices.filter { $0 % 48 == 7 })
    let train = ImageSet(
      shape: signs.train.shape, pixels: signs.train.pixels,
      labels: signs.train.labels.enumerated().map { planted.contains($0) ? ($1 + 1) % 16 : $1 },
      tracks: signs.train.tracks)
    return (
      DataSet(
        source: signs.source, classNames: signs.classNames, train: train, test: signs.test), planted
    )
  }

  private func doubts(
    _ data: DataSet, _ split: DataSet.Split = .train, _ features: LabelSearch.Features = .gradients,
    threads: Int = 2
  ) -> LabelDoubts {
    var search = LabelSearch(data, split: split, features: features, folds: 4)
    let device = Device(threads: threads)
    while search.done < search.total { search.advance(on: device) }
    return search.result
  }

  @Test func plantedLabelsAreFoundAmongTheFirst() throws {
    let (data, planted) = try mislabelled()
    let doubts = doubts(data)
    let first = doubts.sorted(by: .loss).prefix(planted.count)
    let precision = first.count { planted.contains($0.image) }
    #expect(planted.count == 40 && doubts.count == 1920)
    #expect(precision >= 34, "\(precision) of the first 40 were planted")
    // They look like what they were.
    let right = first.filter { planted.contains($0.image) && ($0.label + 15) % 16 == $0.answer }
    #expect(right.count >= 32, "\(right.count)")
  }

  @Test func suspectsAreTheSameOnAnyNumberOfThreads() throws {
    let few = try #require(Self.few)
    #expect(doubts(few, threads: 1) == doubts(few, threads: 3))
  }

  @Test func labelsOfTestImagesAreJudgedByTheTrainingImages() throws {
    let signs = try #require(Self.signs)
    let planted = Set(signs.test.labels.indices.filter { $0 % 6 == 1 })
    let test = ImageSet(
      shape: signs.test.shape, pixels: signs.test.pixels,
      labels: signs.test.labels.enumerated().map { planted.contains($0) ? ($1 + 2) % 16 : $1 })
    let data = DataSet(
      source: signs.source, classNames: signs.classNames, train: signs.train, test: test)
    let found = doubts(data, .test).sorted(by: .loss).map(\.image)
    let precision = found.prefix(planted.count).count(where: planted.contains)
    #expect(precision >= planted.count * 8 / 10, "\(precision) of \(planted.count)")
  }

  /// A network that was trained on other pictures of the same signs: no label of these is known to it.
  @Test func featuresOfANetworkWillDo() throws {
    let (data, planted) = try mislabelled()
    let others = try #require(Self.load(classes: 16, perClass: 120, size: 32, seed: 8))
    let architecture = try Preset.simpleCNN2.architecture(
      input: .image(height: 32, width: 32, channels: 3), outputs: 16)
    let strategy = Strategies.plain
    var run = try Run(
      strategy,
      options: OptionValues(
        strategy.options, given: ["epochs": .integer(3), "batch": .integer(16)]),
      network: Network(architecture, initialization: .xavier, random: RandomStream(seed: 1)),
      data: others, tasks: TaskSequence(tasks: [Array(0..<16)]), seed: 1)
    run.advance(others, on: Device(threads: 2))
    let found = doubts(data, .train, .networks([run.network])).sorted(by: .loss)
    let precision = found.prefix(planted.count).count { planted.contains($0.image) }
    #expect(precision >= 26, "\(precision) of the first 40 were planted")
  }

  /// A class whose only track is held out is known to nobody: nobody judges it.
  @Test func classOfASingleTrackIsNotJudged() throws {
    let signs = try #require(Self.few)
    let first = try #require(signs.train.labels.firstIndex(of: 2))
    let kept = signs.train.labels.indices.filter {
      signs.train.labels[$0] != 2 || signs.train.tracks[$0] == signs.train.tracks[first]
    }
    let data = DataSet(
      source: signs.source, classNames: signs.classNames,
      train: ImageSet(
        shape: signs.train.shape, pixels: kept.flatMap { Array(signs.train.image(at: $0)) },
        labels: kept.map { signs.train.labels[$0] }, tracks: kept.map { signs.train.tracks[$0] }),
      test: signs.test)
    let found = doubts(data)
    #expect(found.count == kept.count - 30)
    #expect(
      found.thresholds[2] == nil && found.suspects.allSatisfy { $0.answer != 2 || $0.label != 2 })
  }

  @Test func tracksStayTogetherInFolds() throws {
    let set = try #require(Self.signs).train
    let folds = LabelFolds(set, count: 4).members
    #expect(folds.flatMap(\.self).sorted() == Array(set.labels.indices))
    let tracks = folds.map { Set($0.map { set.tracks[$0] }) }
    #expect(tracks.reduce(0) { $0 + $1.count } == Set(set.tracks).count)
    // Four tracks of each class, one in every fold.
    #expect(folds.allSatisfy { Set($0.map { set.labels[$0] }) == Set(0..<16) && $0.count == 480 })
  }

  // MARK: Near-duplicates

  private func picture(_ seed: Int) -> [UInt8] {
    (0..<300).map { UInt8(($0 * $0 * 3 + $0 * seed + $0 % 7 * 20) % 256) }
  }

  @Test func correlationsAreThoseOfNumPy() throws {
    let golden = try Self.golden().correlations
    for (pair, expected) in zip([(1, 1), (1, 2), (3, 67), (10, 11)], golden) {
      #expect(
        isNear(correlation(picture(pair.0)[...], picture(pair.1)[...]), expected, within: 1e-12))
    }
    let gray = [UInt8](repeating: 9, count: 300)
    #expect(correlation(gray[...], gray[...]) == 1 && correlation(gray[...], picture(1)[...]) == 0)
  }

  /// Copies among drawn signs: the same, darker with less contrast, with noise; one under another
  /// label, one among the test images, one in its own track.
  @Test func plantedDuplicatesAreAllFoundAndNoneElse() throws {
    let signs = try #require(Self.few)
    var (pixels, labels, tracks) = (signs.train.pixels, signs.train.labels, signs.train.tracks)
    func copy(_ image: Int, _ change: (Int, Int) -> Int = { byte, _ in byte }) -> [UInt8] {
      signs.train.image(at: image).enumerated().map { UInt8(change(Int($1), $0)) }
    }
    let count = signs.train.count
    pixels +=
      copy(10) + copy(50) { byte, _ in 20 + byte / 2 }
      + copy(100) { byte, place in min(255, byte + place % 3) } + copy(200)
    labels += [3, labels[50], labels[100], labels[200]]
    tracks += [9000, 9001, 9002, tracks[200]]
    let test = ImageSet(
      shape: signs.test.shape, pixels: signs.test.pixels + copy(300),
      labels: signs.test.labels + [labels[300]], tracks: signs.test.tracks + [9003])
    let data = DataSet(
      source: signs.source, classNames: signs.classNames,
      train: ImageSet(shape: signs.train.shape, pixels: pixels, labels: labels, tracks: tracks),
      test: test)
    var search = NearDuplicateSearch(data, splits: [.train, .test], least: 0.995)
    while search.done < search.total { search.advance(on: Device(threads: pool.threadCount)) }
    let found = search.result
    func pair(_ a: Int, _ b: Int, _ split: DataSet.Split = .train) -> NearDuplicate? {
      found.first {
        $0.first == .init(split: .train, image: a) && $0.second == .init(split: split, image: b)
      }
    }
    #expect(pair(10, count)?.concern == .labels && pair(10, count)?.correlation == 1)
    #expect(pair(50, count + 1)?.concern == .tracks)
    #expect(pair(100, count + 2) != nil)
    #expect(pair(200, count + 3) == nil)
    #expect(pair(300, signs.test.count, .test)?.concern == .splits)
    #expect(found.first?.concern == .labels && !search.isCut)
    // Exactly the pairs that all pairs have, on any number of threads.
    for least in [0.995, 0.97, 0.9] {
      #expect(Set(duplicates(data, least)) == Set(allPairs(data, least)), "at \(least)")
      #expect(duplicates(data, least) == duplicates(data, least, threads: 1))
    }
    #expect(duplicates(data, 0.9).count > 20)
  }

  private func duplicates(_ data: DataSet, _ least: Double, threads: Int = 2) -> [NearDuplicate] {
    let pool = ThreadPool(threadCount: threads)
    var search = NearDuplicateSearch(data, splits: [.train, .test], least: least)
    while search.done < search.total { search.advance(on: Device(threads: pool.threadCount)) }
    return search.result
  }

  /// Every pair compared with every other, without sketches.
  private func allPairs(_ data: DataSet, _ least: Double) -> [NearDuplicate] {
    let all = DataSet.Split.allCases.flatMap { split in
      data[split].labels.indices.map { NearDuplicate.Place(split: split, image: $0) }
    }
    return pool.map(all.count) { index in
      let (a, setA) = (all[index], data[all[index].split])
      return all[(index + 1)...].compactMap { b -> NearDuplicate? in
        let setB = data[b.split]
        let sameLabel = setA.labels[a.image] == setB.labels[b.image]
        if a.split == b.split, sameLabel, setA.tracks[a.image] == setB.tracks[b.image] {
          return nil
        }
        let r = correlation(setA.image(at: a.image), setB.image(at: b.image))
        guard r >= least else { return nil }
        return NearDuplicate(
          first: a, second: b, correlation: r,
          concern: !sameLabel ? .labels : a.split != b.split ? .splits : .tracks)
      }
    }.flatMap(\.self)
  }

  // MARK: Tracks

  @Test func errorOverTracksIsThatOfStatsmodels() throws {
    let golden = try Self.golden().tracks
    let tracks = (0..<12).flatMap { track in [Int](repeating: track, count: 5 + track) }
    let frames = (0..<12).flatMap { track in Array(0..<5 + track) }
    let isRight = zip(tracks, frames).map { ($0 * 5 + $1 * ($0 % 3)) % 7 < 4 }
    let shape = ImageShape(height: 1, width: 1, channels: 1)
    let set = ImageSet(
      shape: shape, pixels: [UInt8](repeating: 0, count: tracks.count),
      labels: tracks.map { _ in 1 }, tracks: tracks,
      sizes: tracks.indices.map { ImageSize(width: 15 + $0 / 10, height: 40) })
    let answers = Predictions(
      images: Array(tracks.indices), labels: set.labels,
      scores: isRight.flatMap { $0 ? [Float(0), 1] : [1, 0] }, outputs: 2,
      tasks: TaskSequence(tasks: [[0, 1]]))
    let accuracy = TrackAccuracy(answers, in: set)
    #expect(isNear(accuracy.all.share, golden.accuracy, within: 1e-12))
    #expect(isNear(try #require(accuracy.errorOverTracks), golden.overTracks, within: 1e-9))
    #expect(isNear(accuracy.errorOverImages, golden.overImages, within: 1e-9))
    #expect(accuracy.tracks.map(\.count.share) == accuracy.tracks.map(\.count.share).sorted())
    #expect(
      accuracy.tracks.allSatisfy { $0.mostTakenFor == ($0.count.right < $0.count.images ? 0 : nil) }
    )
    // Frame 15 is in the longest track only.
    #expect(accuracy.frames.count == 16 && accuracy.frames[0].images == 12)
    #expect(accuracy.frames[15].images == 1)
    #expect(accuracy.sizes.reduce(0) { $0 + $1.count.images } == tracks.count)
    #expect(accuracy.sizes.count == 8 && accuracy.sizes[0].sizes.lowerBound == 15)
    #expect(
      zip(accuracy.sizes, accuracy.sizes.dropFirst()).allSatisfy {
        $0.sizes.upperBound < $1.sizes.lowerBound
      })
  }
}
