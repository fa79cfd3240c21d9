import CommandLanguage
import Datasets
import PlainText
import Sessions

extension Command<ShellContext> {
  static var select: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let word = Parameter.positional("where", .choice(["where"]), "The word 'where'.")
    let conditions = Parameter.phrase(
      "conditions",
      [
        .init("and", "images meet the condition before and the one behind"),
        .init("not", "images do not meet the condition behind"),
      ],
      "Conditions from the list below, with 'and' between them and 'not' before what is unwanted.")
    let tasks = Parameter.optional(
      "on", .object(.task, .tasks), "Which classes a network's outputs stand for: T.1 or T.")
    return ShellCommand(
      "select", "Makes a data set of the images that meet conditions.", category: .data,
      effect: .changes, searchWords: ["filter", "subset", "query", "Subset"],
      parameters: [data, word, conditions] + ImageConditions.all + [tasks, HeadChoice.parameter],
      result: .data, formats: .table,
      examples: [
        Example("select signs where brightness=..60 as dark", "What was filmed in the dark."),
        Example(
          "select signs where class=[0..2] and not sharpness=..1000 as clear",
          "The sharp images of three classes."),
        Example("select signs where split=test and wrong=kd as hard", "What the run gets wrong."),
        Example(
          "select signs where not train=[3, 17..20] as clean",
          "All images but some, such as those that 'show suspects' named."),
      ],
      seeAlso: ["relabel", "classes", "show batch", "evaluate", "split"],
      discussion: """
        The result is a data set like any other: 'evaluate kd on=dark', 'tasks dark', 'show batch \
        dark'. It has all classes of the old one with their numbers and names, and the same \
        transform. Its images are counted from 0; 'show image dark 3' and 'select … > FILE.csv' say \
        which number an image had. A session file keeps the list of the images, not the conditions: \
        'wrong=kd' stays what it was when the run learns on.

        Ranges have both ends in them: ..40 is 40 and below, 60.. is 60 and above. Brightness, \
        contrast and sharpness are measured at the size that the images were loaded in, before the \
        transform.
        """
    ) { context, arguments in
      let name = arguments[data].name
      let set = try context.data(name)
      let conditions = try ImageConditions.read(
        arguments[conditions], of: set, named: name, arguments, in: context)
      let chosen = try context.images(
        meeting: conditions, of: set, named: name,
        on: try arguments[tasks].map { try context.tasks($0.name) }, arguments)
      let result = set.choosing(train: chosen.train, test: chosen.test)
      let resultName = arguments.resultName ?? "data"
      context.session.set(resultName, to: .data(result))
      let counts = result.classCounts().filter { $0.train + $0.test > 0 }
      var output = CommandOutput(
        context.described(resultName),
        table: Table(
          ["class", "name", "train", "test"],
          rows: counts.map {
            [.integer($0.label), .text($0.name), .integer($0.train), .integer($0.test)]
          }),
        notes: chosen.notes, record: record(of: result, resultName, name))
      output.lines.append(
        "\(grouped(result.train.count)) of \(counted(set.train.count, "training image")) and "
          + "\(grouped(result.test.count)) of \(counted(set.test.count, "test image")) of '\(name)', "
          + "in \(counted(counts.count, "class", "classes"))")
      output.tablesOfForms["csv"] = imageTable(of: result)
      return output
    }
  }
}

/// A row for each image, with the number that it had.
private func imageTable(of data: DataSet) -> Table {
  let rows = DataSet.Split.allCases.flatMap { split in
    let (set, originals) = (data[split], data.originals(of: split))
    return set.labels.indices.map { image -> [Table.Cell] in
      [
        .text(split.rawValue), .integer(image), .integer(originals[image]),
        .integer(set.labels[image]), .text(data.className(set.labels[image])),
        set.tracks.isEmpty ? .missing : .integer(set.tracks[image]),
      ]
    }
  }
  return Table(["split", "image", "original", "class", "name", "track"], rows: rows)
}

/// - Parameter parent: The name of the data set that was chosen from.
private func record(of data: DataSet, _ name: String, _ parent: String) -> ResultRecord {
  func split(_ split: DataSet.Split) -> ResultRecord {
    ["count": data[split].count, "originals": data.originals(of: split)]
  }
  return [
    "name": name, "kind": "data", "of": parent, "digest": data.digest,
    "train": split(.train), "test": split(.test),
  ]
}
