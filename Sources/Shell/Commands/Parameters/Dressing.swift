import CommandLanguage
import Plotting
import Sessions

extension ShellContext {
  /// The output with its figure as the command's options and the session's settings want it.
  func dressed(_ output: CommandOutput, by arguments: Arguments) throws -> CommandOutput {
    guard let figure = output.figure else { return output }
    var output = output
    output.figure = try figure.adjusted(by: Adjustments(arguments))
    output.style = try pictureStyle(arguments)
    let fileOptions: [any AnyParameter] = [
      PlotAppearance.size, PlotAppearance.width, PlotAppearance.height, PlotAppearance.style,
      PlotAppearance.font, PlotAppearance.resolution, PlotAppearance.tex,
      PlotAppearance.standalone,
    ]
    output.optionsOfFiles = fileOptions.filter { arguments.isGiven($0) }.map(\.name)
    return output
  }

  func pictureStyle(_ arguments: Arguments) throws -> PictureStyle {
    let setting = session.settings.style.flatMap(PictureStyle.Purpose.init)
    var style = PictureStyle(arguments[PlotAppearance.style] ?? setting)
    let sides = arguments[PlotAppearance.size]
    for (option, isSaid) in [
      (PlotAppearance.width, sides != nil), (PlotAppearance.height, sides?.height != nil),
    ] where isSaid && arguments.isGiven(option) {
      throw Failure(
        "size= says the \(option.name) already", suggestion: "leave out one of them",
        parameter: option.name)
    }
    style.width = sides?.width ?? arguments[PlotAppearance.width]
    style.height = sides?.height ?? arguments[PlotAppearance.height]
    style.font = arguments[PlotAppearance.font]
    style.resolution = arguments[PlotAppearance.resolution]
    style.tex = arguments[PlotAppearance.tex]
    style.isStandalone = arguments[PlotAppearance.standalone]
    style.keepsTitle = arguments[PlotAppearance.title] != nil
    return style
  }

  /// Of each run, or what else is drawn by name, the number of its colour and mark: the same in all
  /// figures of the session, and never that of another one in this figure.
  func styles(of names: [String]) -> [Int] {
    var styles = names.map { name in session.place(ofRun: name) }
    var taken = Set<Int>()
    for index in styles.indices {
      if let style = styles[index], !taken.insert(style).inserted { styles[index] = nil }
    }
    return styles.map { style in
      if let style { return style }
      let free = (0...).first { !taken.contains($0) } ?? 0
      taken.insert(free)
      return free
    }
  }
}

extension Session {
  /// Its place among all runs that were ever made; one of several seeds stands behind their common
  /// name.
  fileprivate func place(ofRun name: String) -> Int? {
    if let place = runsEverMade.firstIndex(of: name) { return place }
    guard case .run(let run)? = self[name], let group = run.group,
      let place = runsEverMade.firstIndex(of: group)
    else { return nil }
    return place + (runs(of: group).firstIndex(of: name) ?? 0)
  }
}

extension Adjustments {
  init(_ arguments: Arguments) {
    self.init()
    title = arguments[PlotAppearance.title]
    xLabel = arguments[PlotAppearance.xLabel]
    yLabel = arguments[PlotAppearance.yLabel]
    xRange = arguments[PlotAppearance.xLimits]
    yRange = arguments[PlotAppearance.yLimits]
    legend = arguments[PlotAppearance.legend]
    labels = arguments[PlotAppearance.labels]
    colours = arguments[PlotAppearance.colours]
    errors = arguments[PlotAppearance.errors]
  }
}
