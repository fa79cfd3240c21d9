import CommandLanguage
import Datasets
import PlainText
import Sessions

extension Command<ShellContext> {
  static var relabel: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let images = Parameter.positional(
      "images", ValueKind.integers(0...Int.max), "Numbers of images: 17, 17..20 or [3, 17..20].")
    let label = Parameter.required("class", .classes, "The class that they are of: 14 or Stop.")
    let splitOption = Parameter.numberedSplit
    return ShellCommand(
      "relabel", "Makes a data set in which some images are of another class.", category: .data,
      effect: .changes, searchWords: ["correct"], parameters: [data, images, label, splitOption],
      result: .data, formats: .table,
      examples: [
        Example("relabel signs 17 class=1 as better", "One image."),
        Example(
          "relabel signs [3, 17..20] class=0 split=test as tested", "Some of the test images."),
      ],
      seeAlso: ["select", "rename classes", "show image", "digest"],
      discussion: """
        The old data set stays as it is, and runs go on with it. The images keep their numbers. The \
        digest is another one, since labels count in it; a session file keeps the list of changes.
        """
    ) { context, arguments in
      let name = arguments[data].name
      let set = try context.data(name)
      let split = arguments[splitOption]
      let classes = try context.classes(arguments[label], of: set, at: label)
      guard let new = classes.first, classes.count == 1 else {
        throw SelectionProblem.severalClasses(classes.count)
      }
      let labels = set[split].labels
      let wanted = Set(arguments[images]).sorted()
      if let beyond = wanted.first(where: { $0 >= labels.count }) {
        throw ModelProblem.noImage(
          beyond, split, count: labels.count, parameter: images.name,
          other: set[split.other].count)
      }
      let changed = wanted.filter { labels[$0] != new }
      guard !changed.isEmpty else {
        throw SelectionProblem.nothingToRelabel(name: set.numberedName(new))
      }
      let result = set.relabelled(
        Dictionary(uniqueKeysWithValues: changed.map { ($0, new) }), of: split)
      let resultName = arguments.resultName ?? "data"
      context.session.set(resultName, to: .data(result))
      let rows = changed.map { image -> [Table.Cell] in
        [
          .integer(image), .integer(labels[image]), .text(set.className(labels[image])),
          .integer(new), .text(set.className(new)),
        ]
      }
      let columns: [Table.Column] = [
        .image(of: split), Table.Column("was", key: "old_class"),
        Table.Column("called", key: "old_name"), Table.Column("is", key: "class"),
        Table.Column("called", key: "name"),
      ]
      let shown = 20
      var output = CommandOutput(
        context.described(resultName), table: Table(columns, rows: Array(rows.prefix(shown))))
      for form in ["csv", "json"] { output.tablesOfForms[form] = Table(columns, rows: rows) }
      if rows.count > shown {
        output.notes.append("\(grouped(rows.count - shown)) more; '> FILE.csv' has all")
      }
      let same = wanted.count - changed.count
      if same > 0 {
        output.notes.append(
          "\(counted(same, "\(split.adjective) image is", "\(split.adjective) images are")) of class \(set.numberedName(new)) already"
        )
      }
      if !arguments.isGiven(splitOption), let first = changed.first(where: { $0 < set.test.count })
      {
        output.notes.append(
          "these are training images; 'show mistakes', 'predict' and 'confusion' number test images: "
            + "'relabel \(name) \(first) class=\(new) split=test'")
      }
      return output
    }
  }
}
