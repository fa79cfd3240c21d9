import CommandLanguage
import Datasets
import PlainText
import Sessions

extension Command<ShellContext> {
  static var renameClasses: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let names = Parameter.optional(
      "names", .list(of: .text), "The names, in the order of the classes: [Stop, 'No entry'].")
    let file = Parameter.optional(
      "from", .path, "A file with the names: a line each, or a table with columns class and name.")
    let classes = Parameter.optional(
      "class", .classes, "Which classes names= is for, in this order (default: all, from 0).")
    return ShellCommand(
      "rename classes", "Gives the classes of a data set names of your own.", category: .data,
      effect: .changes, searchWords: ["class_names", "label names"],
      parameters: [data, names, file, classes],
      examples: [
        Example(
          "rename classes signs names=['Tempo 20', 'Tempo 30'] class=[0, 1]", "Two of the classes."),
        Example("rename classes signs from=names.csv", "All that the table names."),
      ],
      seeAlso: ["classes", "relabel", "load folder"],
      discussion: """
        Numbers, images and the digest stay, so runs go on. 'classes signs > names.csv' writes a \
        table to edit. Kaggle's columns ClassId and SignName will do too. A list or a file without a \
        heading may have more names than there are classes: 'relabel' can put images in those.
        """
    ) { context, arguments in
      let name = arguments[data].name
      let set = try context.data(name)
      let source = arguments.isGiven(file) ? file.name : names.name
      let new: [String]
      if let path = arguments[file] {
        new = try ClassNames.file(path, current: set.classNames)
      } else if let given = arguments[names]?.map(\.withoutControls) {
        if let words = arguments[classes] {
          let labels = try context.classes(words, of: set, at: classes)
          guard labels.count == given.count else {
            throw SelectionProblem.namesDoNotFit(
              names: given.count, classes: labels.count, parameter: names.name)
          }
          var all = set.classNames
          for (label, name) in zip(labels, given) { all[label] = name }
          new = all
        } else {
          new = given
        }
      } else {
        throw SelectionProblem.noNames
      }
      guard new.count >= set.classNames.count else {
        throw SelectionProblem.namesDoNotFit(
          names: new.count, classes: set.classNames.count, parameter: source)
      }
      if let fault = ClassNames.fault(new) {
        throw SelectionProblem.names(fault, parameter: source)
      }
      let result = try set.named(new)
      context.session.set(name, to: .data(result))
      let changed = new.indices.filter {
        !set.classNames.indices.contains($0) || set.classNames[$0] != result.classNames[$0]
      }
      var output = context.told(name)
      output.table = Table(
        ["class", "was", "name"],
        rows: changed.map {
          [
            .integer($0), $0 < set.classNames.count ? .text(set.classNames[$0]) : .missing,
            .text(result.classNames[$0]),
          ]
        })
      return output
    }
  }
}
