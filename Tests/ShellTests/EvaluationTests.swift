import Testing

/// `evaluate` with a network that has outputs for more than the classes asked about.
@Test func everyImageIsCountedWhateverTheNetworkAnswers() throws {
  var shell = try TestShell(
    after: """
      load synthetic classes=4 per-class=4 size=16 as signs
      tasks signs size=2 as T
      define model simplecnn size=16 outputs=40 as net
      """)
  let images = try shell.output(of: "tasks signs size=2 format=csv as S")
    .split(separator: "\n")[1].split(separator: ",")[3]
  let text = try shell.output(of: "evaluate net on=T.1 format=json")
  #expect(text.contains("\"images\":\(images)"), "\(text)")
}
