import CommandLanguage
import Datasets
import Inspection
import PlainText
import Plotting
import Sessions

/// `by=` of `plot tracks`.
private enum TrackTable: String, CaseIterable {
  case track, frame, size
}

extension Command<ShellContext> {
  static var plotTracks: ShellCommand {
    let model = Parameter.positional(
      "model", .object(.run, .checkpoint, .network), "A run, a checkpoint or a network.")
    let form = Parameter.option(
      "by", .choice(of: TrackTable.self), default: .track,
      "What a row of the table is: a track, a frame's number, or images of about one size.")
    let split = Parameter.optional(
      "split", .choice(of: DataSet.Split.self),
      "The split to take images from (default: test, if its images have tracks of several frames).")
    let count = Parameter.option(
      "n", .integer(1...100_000), default: 20, "How many tracks to list, the least accurate first.")
    return ShellCommand(
      "plot tracks", "Draws a model's accuracy by frame and by size, and lists the hardest tracks.",
      category: .plots, effect: .looks,
      parameters: [model, ModelImages.tasks, form, split, count, HeadChoice.parameter]
        + PlotAppearance.options(of: .panels),
      formats: .tableAndPicture,
      examples: [
        Example("plot tracks kd split=train n=5", "The five tracks that it gets wrong most."),
        Example(
          "plot tracks kd split=train by=frame > frames.csv", "Accuracy by frame, in a file."),
        Example("plot tracks kd on=T.1 split=train > tracks.png", "Of task 1, as a picture."),
      ],
      seeAlso: ["show track", "show mistakes", "evaluate", "explain"],
      discussion: """
        Frames of a track show one sign, so they are right or wrong together: thirty frames tell little \
        more than one. The error over tracks counts each track as one draw (cluster-robust, Liang and \
        Zeger 1986); beside it stands what the error would be if every image were drawn by itself.

        GTSRB's test images are single ones. To see tracks that a model was not trained on, hold some \
        out first: 'split signs as dev', tasks of dev, a run on these.
        """
    ) { context, arguments in
      let name = arguments[model].name
      let split = try arguments[split] ?? context.splitWithTracks(of: arguments[model], arguments)
      let asked = try context.askedImages(of: arguments[model], arguments, split: split)
      let set = asked.data[asked.split]
      guard !set.tracks.isEmpty else {
        throw SuspectProblem.tracksUnknown(
          data: try context.dataName(of: arguments[model], arguments), asked.split)
      }
      let accuracy = TrackAccuracy(try context.predictions(of: asked), in: set)
      var output = CommandOutput(
        "\(name): \(percentText(100 * accuracy.all.share)) of \(grouped(accuracy.all.images)) "
          + "\(asked.split.adjective) images of \(counted(accuracy.tracks.count, "track"))",
        notes: [independence(accuracy)], warnings: asked.notes + trained(asked.split))
      switch arguments[form] {
      case .track:
        output.table = tracks(accuracy, asked.data, asked.split, limit: arguments[count])
        let perfect = accuracy.tracks.count { $0.count.right == $0.count.images }
        output.lines.append("\(grouped(perfect)) tracks are right in every frame")
      case .frame: output.table = frames(accuracy)
      case .size: output.table = sizes(accuracy)
      }
      output.figure = .panels(figure(accuracy, name, context.styles(of: [name])[0]))
      output.record =
        [
          "model": name, "split": asked.split.rawValue, "images": accuracy.all.images,
          "accuracy": 100 * accuracy.all.share,
          "error_over_tracks": OrNull(accuracy.errorOverTracks.map { 100 * $0 }),
          "error_over_images": 100 * accuracy.errorOverImages,
          "tracks": accuracy.tracks.map(TrackRecord.init),
          "frames": accuracy.frames.enumerated().map { CountRecord(frame: $0, $1) },
          "sizes": accuracy.sizes.map { CountRecord(sizes: $0.sizes, $0.count) },
        ] as ResultRecord
      return output
    }
  }
}

extension ShellContext {
  /// The name of the data set that a model is asked about.
  fileprivate func dataName(of reference: ObjectReference, _ arguments: Arguments) throws -> String
  {
    let tasks = try arguments[ModelImages.tasks].map { try self.tasks($0.name) }
    return try tasks?.data ?? model(reference, on: tasks, head: arguments.head).data
  }

  /// The test split, unless its images have no tracks, or are single ones.
  fileprivate func splitWithTracks(
    of reference: ObjectReference, _ arguments: Arguments
  ) throws -> DataSet.Split {
    let data = try data(dataName(of: reference, arguments))
    return data.test.tracksByClass.contains { $0.images.count > 1 } ? .test : .train
  }
}

private func trained(_ split: DataSet.Split) -> [String] {
  split == .train
    ? ["these are training images: a model is better on those that it was trained on"] : []
}

private func independence(_ accuracy: TrackAccuracy) -> String {
  let images = fixed(100 * accuracy.errorOverImages, 2)
  guard let tracks = accuracy.errorOverTracks else {
    return "of one track nothing can be said about others"
  }
  return "frames of a track are no independent samples: the accuracy's standard error is "
    + "\(fixed(100 * tracks, 2)) points over tracks, and would be \(images) over images"
}

// MARK: Tables

private func cells(_ count: TrackAccuracy.Count) -> [Table.Cell] {
  [.integer(count.images), .integer(count.right), .number(100 * count.share, decimals: 2)]
}

private func tracks(
  _ accuracy: TrackAccuracy, _ data: DataSet, _ split: DataSet.Split, limit: Int
) -> Table {
  Table(
    [
      "track", "class", "name", Table.Column("frames", key: "images"), "right", "accuracy",
      Table.Column("mostly taken for", key: "taken_for", short: "taken for"),
      Table.Column("taken for name", key: "taken_for_name", short: "name"),
      Table.Column("first \(split.adjective) image", key: "first_image", short: "first"),
    ],
    rows: accuracy.tracks.prefix(limit).map { entry in
      [
        .text(entry.track.name), .integer(entry.track.label),
        .text(data.className(entry.track.label)),
      ] + cells(entry.count) + [
        entry.mostTakenFor.map { .integer($0) } ?? .missing,
        entry.mostTakenFor.map { .text(data.className($0)) } ?? .missing,
        .integer(entry.track.images[0]),
      ]
    })
}

private func frames(_ accuracy: TrackAccuracy) -> Table {
  Table(
    ["frame", "images", "right", "accuracy"],
    rows: accuracy.frames.enumerated().filter { $0.element.images > 0 }.map {
      [.integer($0.offset)] + cells($0.element)
    })
}

private func sizes(_ accuracy: TrackAccuracy) -> Table {
  Table(
    [
      Table.Column("from pixels", key: "from_pixels"), Table.Column("to pixels", key: "to_pixels"),
      "images", "right", "accuracy",
    ],
    rows: accuracy.sizes.map {
      [.integer($0.sizes.lowerBound), .integer($0.sizes.upperBound)] + cells($0.count)
    })
}

// MARK: Records

private struct TrackRecord: Encodable {
  let track: String
  let images: Int
  let right: Int

  init(_ entry: TrackAccuracy.OfTrack) {
    (track, images, right) = (entry.track.name, entry.count.images, entry.count.right)
  }
}

private struct CountRecord: Encodable {
  var frame: Int?
  var fromPixels: Int?
  var toPixels: Int?
  let images: Int
  let right: Int

  init(frame: Int? = nil, sizes: ClosedRange<Int>? = nil, _ count: TrackAccuracy.Count) {
    self.frame = frame
    (fromPixels, toPixels) = (sizes?.lowerBound, sizes?.upperBound)
    (images, right) = (count.images, count.right)
  }
}

// MARK: Picture

/// Accuracy by frame above accuracy by size.
private func figure(_ accuracy: TrackAccuracy, _ name: String, _ style: Int) -> Panels {
  func chart(_ title: String, _ label: String, _ points: [LineChart.Point]) -> Panels.Panel {
    .init(
      .lines(
        LineChart(
          title: title, xLabel: label, yLabel: "Accuracy (%)", yRange: 0...100,
          series: [.init(name: name, points: points, style: style)])), width: 960, height: 380)
  }
  let byFrame = accuracy.frames.enumerated().filter { $0.element.images > 0 }.map {
    LineChart.Point(x: Double($0.offset), y: 100 * $0.element.share)
  }
  let bySize = accuracy.sizes.map { part in
    LineChart.Point(
      x: Double(part.sizes.lowerBound + part.sizes.upperBound) / 2, y: 100 * part.count.share)
  }
  var panels = [
    chart("\(name): accuracy by frame, far to near", "Frame of the track", byFrame)
  ]
  if !bySize.isEmpty {
    panels.append(
      chart(
        "\(name): accuracy by size", "Shorter side of the file in pixels (middle of each eighth)",
        bySize))
  }
  return Panels(rows: panels.map { [$0] })
}
