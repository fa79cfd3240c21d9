import CommandLanguage
import Datasets
import Inspection
import Learning
import PlainText
import Plotting
import Sessions
import System

extension Command<ShellContext> {
  static var predict: ShellCommand {
    let model = Parameter.positional(
      "model", .object(.run, .checkpoint, .network), "A run, a checkpoint or a network.")
    let top = Parameter.option(
      "top", .integer(1...100), default: 5, "How many of the most likely classes.")
    let logits = Parameter.option(
      "logits", .flag, default: false, "Show the scores before the softmax too.")
    return ShellCommand(
      "predict", "Shows what a model answers to single images, and how sure it is.",
      category: .models, effect: .looks, searchWords: ["infer", "classify", "argmax", "softmax"],
      parameters: [
        model, ModelImages.single, ModelImages.numberedSplit, top, logits, ModelImages.outputs,
        HeadChoice.parameter,
      ] + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example("predict kd signs 425", "The image beside its five most likely classes."),
        Example("predict kd@1 signs [95, 1262] split=train", "What the run answered after task 1."),
        Example("predict kd signs 425 logits=on > answer.json", "For other programs."),
      ],
      seeAlso: ["show mistakes", "evaluate", "export predictions"],
      discussion: """
        A photograph of your own is resized to the images that the model learned and goes through the \
        same transform. Cut the sign out first, as the training images are.
        """
    ) { context, arguments in
      let reference = arguments[model]
      let given = try arguments[ModelImages.outputs].map { try context.tasks($0.name) }
      let (model, learnedOn) = try context.model(reference, on: given, head: arguments.head)
      let chosen = try context.subject(
        arguments[ModelImages.single], arguments[ModelImages.numberedSplit], learnedOn: learnedOn,
        at: ModelImages.single, arguments)
      let answers = try context.predictions(
        of: model, chosen.data, split: chosen.split, images: chosen.images,
        isLabelled: chosen.files == nil)
      var notes = context.classNamesNote(model, learnedOn: learnedOn, given: chosen.data)
      if !model.givesProbabilities { notes.append(AnswerSheet.noProbabilities) }
      notes += chosen.photographNotes
      if model.givesProbabilities { notes += chosen.doubtNotes(answers) }
      if chosen.files != nil, arguments.isGiven(ModelImages.split) {
        notes.append("split= says nothing of photographs, which belong to no split")
      }
      if given != nil, context.session.kind(of: reference.name) != .network {
        notes.append("on= says nothing here: '\(reference.name)' knows its own classes")
      }
      let known = Set(model.tasks.tasks.joined())
      let strange = Set((answers.labels ?? []).filter { !known.contains($0) }).sorted()
      if !strange.isEmpty {
        notes.append(
          "'\(reference.name)' has not learned \(listed(strange, "class", "classes")): it cannot be right there"
        )
      }
      let sheet = AnswerSheet(
        answers, chosen.data, chosen.split, files: chosen.files, top: arguments[top],
        showsLogits: arguments[logits])
      var output = CommandOutput(
        table: sheet.table, warnings: notes, figure: .panels(sheet.panels))
      output.lines = sheet.lines
      for form in ["csv", "json"] { output.tablesOfForms[form] = sheet.wholeTable }
      return output
    }
  }
}

extension ShellContext {
  /// The images that `predict` and its kin are asked about.
  struct Subject {
    var data: DataSet
    var split: DataSet.Split
    var images: [Int]
    /// The files that the images were read from; nil for images of a data set.
    var files: [String]?
  }

  /// - Parameters:
  ///   - words: `signs 17`, `signs [3, 17]`, `17` of the data set that was learned, or paths of image
  ///     files.
  ///   - learnedOn: The data set whose size, transform and names photographs take.
  func subject(
    _ words: [Operand], _ split: DataSet.Split, learnedOn: String,
    at parameter: some AnyParameter, _ arguments: Arguments
  ) throws -> Subject {
    guard let first = words.first else {
      throw ModelProblem.noSubject(verb: arguments.verb, data: learnedOn)
    }
    guard session.kind(of: first.spelling) == .data else {
      if isNumber(first) {
        return try subject(words, split, of: learnedOn, at: parameter, arguments)
      }
      let files = words.map(\.spelling)
      let like = try data(learnedOn)
      do throws(DataSetError) {
        let photographs = try like.photographs(files)
        return Subject(data: photographs, split: .test, images: Array(files.indices), files: files)
      } catch {
        let meant = Suggestion.nearest(to: first.spelling, among: names(of: .data))
        throw ModelProblem.noPhotograph(error, meant: meant)
      }
    }
    let numbers = Array(words.dropFirst())
    guard !numbers.isEmpty else { throw ModelProblem.noNumbers(data: first.spelling) }
    return try subject(numbers, split, of: first.spelling, at: parameter, arguments)
  }

  /// Whether a word that stands for images is numbers of them and no file.
  func isNumber(_ word: Operand) -> Bool {
    FileStatus(word.spelling) == nil
      && (try? ValueKind<[Int]>.integers(0...Int.max).value(of: word, in: self)) != nil
  }

  /// Images of a data set by their numbers.
  private func subject(
    _ words: [Operand], _ split: DataSet.Split, of name: String, at parameter: some AnyParameter,
    _ arguments: Arguments
  ) throws -> Subject {
    let data = try data(name)
    var numbers: [Int] = []
    for word in words {
      do throws(ValueProblem) {
        numbers += try ValueKind<[Int]>.integers(0...Int.max).value(of: word, in: self)
      } catch {
        throw LanguageError(
          .argument(.invalidValue(option: nil, error.fact), command: arguments.verb),
          at: error.span, in: arguments.source)
      }
    }
    let count = data[split].count
    if let beyond = numbers.first(where: { $0 >= count }) {
      throw ModelProblem.noImage(
        beyond, split, count: count, parameter: parameter.name, other: data[split.other].count)
    }
    return Subject(data: data, split: split, images: numbers, files: nil)
  }
}
