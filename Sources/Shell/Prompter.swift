import CommandLanguage

/// The line editor with what its completion looks at.
final class Prompter {
  var directory: any ObjectDirectory = NoObjects()
  var variables: [String] = []
  private(set) var editor: LineEditor?

  init(registry: Registry<ShellContext>, history: HistoryFile?) {
    editor = nil
    editor = LineEditor(history: history) { [unowned self] text in
      if TypedText(text).isForSystem { return .file(text) }
      func complete(_ directory: some ObjectDirectory) -> Completion {
        registry.complete(text, variables: variables, in: directory)
      }
      return complete(directory)
    }
  }
}
