import CommandLanguage
import Datasets
import Sessions

extension Command<ShellContext> {
  static var transform: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let resize = Parameter.optional(
      "resize", .integer(8...256), "Height and width; images are read again from their source.")
    let options = Transform.options.map(\.parameter)
    return ShellCommand(
      "transform", "Sets how images are transformed before they reach a network.", category: .data,
      effect: .changes, searchWords: ["augment"], parameters: [data, resize] + options,
      touches: [.keepsImages],
      examples: [
        Example("transform signs normalize=on", "Values around 0 instead of 0 … 1."),
        Example("transform signs crop=random hflip=on", "Training images vary."),
        Example(
          "transform signs jitter=on normalize=image clahe=on", "What road signs learn best by."),
        Example(
          "transform signs hflip=symmetric brightness=20% contrast=30%",
          "Light varies; only signs that stay what they are get mirrored."),
      ], seeAlso: ["show batch"],
      discussion: """
        Options you leave out keep their values. Crops, flips, jitter, brightness and contrast are \
        random and apply to training batches only; a run keeps the transform that it began with. \
        Mirroring turns class 19 into 20, 33 into 34, 36 into 37 and 38 into 39, and vice versa: \
        hflip=symmetric leaves those classes out. 'show batch' shows what comes out.
        """
    ) { context, arguments in
      let name = arguments[data].name
      var set = try context.data(name)
      var transform = set.transform
      let given = options.compactMap { option in arguments[option].map { (option.name, $0) } }
      let warnings: [String]
      do throws(TransformRefusal) {
        warnings = try transform.set(TransformOptions(.init(uniqueKeysWithValues: given)), of: set)
      } catch {
        throw DataProblem.transform(error)
      }
      try transform.validate(channels: set.train.shape.channels)
      if let size = arguments[resize], size != set.train.shape.height {
        set = try context.loadData(set.source.resized(to: size))
      }
      set.transform = transform
      context.session.set(name, to: .data(set))
      return context.told(name, notes: warnings.map { "warning: \($0)" })
    }
  }
}

extension TransformOption {
  fileprivate var parameter: Parameter<TransformValue?> {
    .optional(name, valueKind, summary, searchWords: searchWords)
  }

  private var valueKind: ValueKind<TransformValue> {
    switch kind {
    case .flag: ValueKind.flag.map { .flag($0) }
    case .choice(let words): Self.choice(words)
    case .words(let words, let range):
      Self.choice(words).or(ValueKind.integers(range).map { .integers($0) })
    case .number(let range): ValueKind.real(range).map { .number($0) }
    case .share(let range): ValueKind.fraction(range).map { .number($0) }
    case .numbers(let range, let includesLower, let count):
      ValueKind.list(
        of: .real(
          RealRange(
            from: range.lowerBound, includesLower: includesLower, through: range.upperBound)),
        count: count
      ).map { .numbers($0) }
    }
  }

  private static func choice(_ words: [Word]) -> ValueKind<TransformValue> {
    ValueKind.choice(words.map { .init($0.word, $0.summary) }).map { .word($0) }
  }
}
