import CommandLanguage

/// What commands that teach a run are told of its curves.
enum LiveParameters {
  static let curves = Parameter.option(
    LiveCurve.parameterName, .list(of: .choice(of: LiveCurve.self)), default: [],
    "Curves that grow while it learns: loss or [loss, accuracy].",
    searchWords: ["callback", "monitor"])
}
