import Foundation
import Shell
import Testing

/// What is shown of the images themselves: suspects, tracks, means, channels.
struct DataLookingTests {
  private static let session = """
    load synthetic classes=4 per-class=60 test-per-class=6 balanced=on size=16 seed=4 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool] size=16 as net
    begin rehearsal-kd net on=T epochs=1 batch=8 memory=12 as kd
    continue kd until=1
    step kd 3 unit=batch

    """

  /// Each command on a run, a network or a data set leaves all numbers as they are, and a run that was
  /// looked at goes on as one that was not.
  @Test func lookingChangesNoBit() throws {
    var shell = try TestShell(after: Self.session)
    let digests = try shell.state.digests
    for line in [
      "show suspects signs", "show suspects signs with=kd",
      "show suspects signs with=net sort=margin",
      "show suspects signs split=test with=kd@1", "show suspects signs kind=duplicates",
      "show suspects signs kind=dark", "show suspects signs kind=blurred split=test",
      "show track signs 2/1", "show track signs 2/1 with=kd", "show track signs 0/0 with=net on=T",
      "plot tracks kd split=train", "plot tracks net on=T.1 split=train by=size", "show mean signs",
      "plot channels signs", "plot channels signs class=[0, 3] split=test",
    ] {
      try shell.run(line)
      #expect(try shell.state.digests == digests, "\(line)")
    }
    var untouched = try TestShell(after: Self.session)
    try shell.run("continue kd")
    try untouched.run("continue kd")
    #expect(try shell.state.digests == untouched.state.digests)
  }

  @Test func suspectsAreListedInEveryForm() throws {
    var shell = try TestShell(after: Self.session)
    let folder = try TestFolder()
    let text = try shell.output(of: "show suspects signs")
    #expect(text.contains("of 240 training labels are suspect") && text.contains("(5 folds)"))
    try shell.run("show suspects signs kind=dark n=3 > '\(folder("dark.csv"))'")
    let rows = try folder.text("dark.csv").split(separator: "\n")
    #expect(
      rows[0]
        == "image,class,name,track,brightness,contrast,sharpness,relative_sharpness,width,height")
    #expect(rows.count == 4)
    let brightness = rows.dropFirst().compactMap { Double($0.split(separator: ",")[4]) }
    #expect(brightness.count == 3 && brightness == brightness.sorted())
    try shell.run("show suspects signs kind=dark once=on n=99 > '\(folder("once.csv"))'")
    // Two tracks of each class.
    #expect(try folder.text("once.csv").split(separator: "\n").count == 9)
    let pairs = try shell.output(of: "show suspects signs kind=duplicates correlation=0.9 n=2")
    #expect(pairs.hasPrefix("signs: ") && pairs.contains("correlate at least 0.9"))
    #expect(
      try shell.output(of: "show suspects signs with=kd").contains("was trained on these labels"))
  }

  @Test func tracksAreShownWithAnswers() throws {
    var shell = try TestShell(after: Self.session)
    let plain = try shell.output(of: "show track signs 'Speed limit (50km/h)/1'")
    #expect(
      plain.hasPrefix(
        "track 2/1 of 'signs': 2 Speed limit (50km/h), 30 frames of the training split"))
    let answered = try shell.output(of: "show track signs 3/0 with=kd@1")
    #expect(answered.contains("kd@1: 0 of 30 right"))
    #expect(answered.contains("has not learned class 3"))
    let tracks = try shell.output(of: "plot tracks kd split=train n=2")
    #expect(tracks.contains("points over tracks") && tracks.contains("these are training images"))
  }

  @Test func tracksAreUnknownWhereNobodyTellsThem() throws {
    var shell = try TestShell(after: Self.session)
    // Test images are of a track each.
    #expect(try shell.output(of: "plot tracks kd split=test").contains("of 24 tracks"))
    #expect(try shell.output(of: "plot tracks kd").contains("training images of "))
  }

  /// GTSRB as it is published has images of 15 to some 250 pixels.
  @Test func filesOfManySizesAreSorted() throws {
    let folder = try TestFolder()
    for split in ["train", "test"] {
      for label in 0..<2 {
        for number in 0..<12 {
          let (width, height) = (15 + 7 * number, 16 + 9 * number - 3 * label)
          let pixels = (0..<width * height * 3).map { UInt8(($0 * (label + 3) + number) % 251) }
          try folder.write(
            Array("P6\n\(width) \(height)\n255\n".utf8) + pixels,
            to: "\(split)/class\(label)/\(number / 6)_\(number).ppm")
        }
      }
    }
    var shell = try TestShell(
      after: """
        load folder '\(folder.path)' size=16 as mine
        tasks mine size=2 as M
        define model layers=[conv(4,3), relu, pool] size=16 as net
        run finetune net on=M epochs=1 batch=8 as ft
        """)
    let tiny = try shell.output(of: "show suspects mine kind=tiny n=3 format=csv")
    let rows = tiny.split(separator: "\n").map { $0.split(separator: ",").suffix(2) }
    #expect(
      rows.map(Array.init) == [["width", "height"], ["15", "13"], ["15", "16"], ["22", "25"]])
    let text = try shell.output(of: "show suspects mine kind=tiny")
    #expect(text.hasPrefix("mine: size of 24 training images from 13 to 92, median"), "\(text)")
    #expect(!text.contains("all files are of one size"))
    let small = try shell.output(of: "select mine where size=..20 as small")
    #expect(small.contains("small"), "\(small)")
  }

  @Test func countsOfChannelsAreThoseOfThePixels() throws {
    var shell = try TestShell(after: Self.session)
    let folder = try TestFolder()
    try shell.run("plot channels signs > '\(folder("c.csv"))'")
    let rows = try folder.text("c.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows.count == 256)
    for channel in 2...4 {
      #expect(rows.reduce(0) { $0 + (Int($1[channel]) ?? 0) } == 240 * 256)
    }
  }
}
