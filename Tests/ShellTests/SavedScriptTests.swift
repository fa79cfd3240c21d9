import CommandLanguage
import Foundation
import Sessions
import Shell
import Testing

/// What `save script` writes reads back as the statements that were carried out.
struct SavedScriptTests {
  @Test func savedScriptParsesToTheSameStatements() throws {
    let folder = try TestFolder()
    var shell = TestShell()
    try shell.run(
      """
      let m = 3; let name = "it's \\"quoted\\" \\$x \\u{1F6D1}"
      load synthetic classes=4 per-class=$m test-per-class=2 size=16 as signs
      tasks signs size=2 order=[3, 0..2] as T
      for i in 1..2 { define model layers=[conv($m,3), relu, pool] size=16 as net_$i }
      if exists net_1 { print $name 'a''b' "$name" [$m, "$m"] a#b é }
      classes signs top=2 > '\(folder("a b.csv"))'
      transform signs normalize=on
      repeat 2 { print again }
      net_1
      time evaluate net_1 on=T.1
      save script \(folder("saved.way"))
      """)
    let journal = shell.context.session.journal.map(\.command).dropLast()
    let script = Script(try folder.text("saved.way"), name: "saved.way")
    #expect(script.errors == [])
    #expect(journal.count == 11)
    #expect(script.statements.map(\.description) == ["version 1"] + journal)
    // Statement by statement the same as the journal's lines, and right in an empty session.
    for (statement, line) in zip(script.statements.dropFirst(), journal) {
      #expect([statement] == Script(line, name: "journal").statements)
    }
    #expect(Registry.waymark.check(script, in: TestShell().context) == [])
  }

  /// Loops, functions and failures are saved as what they did: the journal is the same again.
  @Test func scriptOfAllFormsGivesTheSameJournal() throws {
    let folder = try TestFolder()
    var shell = TestShell()
    try shell.run(
      """
      function double(x) { print "doubling $x"; return $x * 2 }
      load synthetic classes=4 per-class=3 test-per-class=2 size=16 as signs
      let n = 0; let sizes = [8, 16] + [32]
      while $n < 4 { let n = $n + 1; if $n == 2 { next } elif $n == 4 { break }; print round $n }
      for size in $sizes { print (double($size)) ($sizes[-1]) [1, "$size", 'a, b'] }
      repeat 2 { try { restore session not-there.waymark } else { print $error } }
      print ("5" + 1) "5" 5 on "on" -1.5 1e-9 (1 / 3) (count(signs)) (runs("rp-*")) "\\$n"
      for i in 1..2 { tasks signs size=$i as T$i }
      double(3)
      save script \(folder("saved.way"))
      """)
    var again = TestShell()
    try again.run("source '\(folder("saved.way"))'")
    func commands(_ shell: TestShell) -> [String] {
      shell.context.session.journal.filter(\.details.isScripted).map(\.command)
    }
    #expect(commands(again) == commands(shell))
    #expect(commands(shell).count == 15, "\(commands(shell))")
    #expect(
      again.context.session.journal.map(\.details.output)
        == shell.context.session.journal.dropLast().map(\.details.output))
  }

  // MARK: It always runs

  /// Statements that use every command that a script repeats, in files and folders below `~`.
  private static let everything = """
    load synthetic classes=4 per-class=60 test-per-class=4 size=16 seed=2 as signs
    export signs > '~/signs.npz'
    load npz '~/signs.npz' as npz
    load folder '~/mine' size=16 as mine
    load idx '~/mnist' as digits
    load cifar '~/cifar' as cifar
    transform signs normalize=on
    split signs share=25% as dev
    corrupt signs with=motion_blur severity=3 as blurred
    classes signs top=2 > '~/classes.csv'
    time classes signs > '~/timed.csv'
    tasks signs size=2 order=[3, 0..2] as T
    show batch signs n=2
    show image signs 3
    show transform signs 3 n=1
    select signs where class=0 and not train=[0..2] as zeros
    relabel signs 3 class=3 as better
    rename classes zeros names=[nought] class=0
    show track signs 0/0
    show suspects signs
    show mean signs class=1
    define model layers=[conv(4,3), relu, pool] size=16 as net
    summary net
    pretrain net on=T.1 epochs=1
    evaluate net on=T.1
    export net > '~/net.safetensors'
    import '~/net.safetensors' as net2
    export features of net on=T.1 > '~/f.npz'
    strategies
    track csv '~/runs.csv'
    track jsonl '~/runs.jsonl'
    track tensorboard '~/tb'
    track wandb '~/wandb'
    track
    run finetune net on=T epochs=1 as ft
    track off
    run finetune net on=T epochs=1 seeds=2 as many
    matrix many-0
    time run finetune net on=T epochs=1 as timed
    compare [ft, timed, many]
    begin rehearsal-kd net on=T epochs=2 batch=8 memory=6 as kd
    begin finetune net on=T epochs=1 batch=8 as other
    watch kd on=T
    step kd 2 unit=batch
    step 1 unit=batch live=[loss, accuracy]
    checkpoints
    back
    goto kd@0.3
    continue
    status kd
    show memory kd
    export memory of kd > '~/m.npz'
    show watch kd
    plot watch kd
    watch off kd
    predict kd signs 3
    show filters kd n=2
    show activations kd signs 3 n=2
    show saliency kd signs 3
    export predictions of kd > '~/p.csv'
    show mistakes kd n=2
    report kd
    show robustness kd signs 3 rotate=0..30
    branch kd at=@1 lr=0.01 as kd2
    continue kd2
    search finetune net on=T epochs=1 lr=[0.001, 0.002]
    confusion kd
    compare mistakes [ft, kd]
    plot features [kd@1, kd] on=T
    show neighbours kd signs 3
    plot head kd
    plot drift kd
    plot accuracy
    plot loss kd live=on
    plot loss kd
    plot epochs kd
    plot classes-over-time kd
    plot matrix kd
    plot confusion kd
    plot tracks kd split=train
    plot channels signs
    plot robustness kd rotate=0..30 steps=2
    plot classes signs
    table results columns=[run, memory, final]
    add results run=kd memory=6 final=(accuracy(kd))
    add results run=ft memory=0 final=(accuracy(ft))
    show results where memory > 1
    plot results x=memory y=final
    plot average [kd, many] against=epochs
    plot [accuracy, loss] kd
    objects
    kd
    digest net
    expect accuracy kd above=-1
    set seed=5
    get
    save report '~/r.html'
    save notebook '~/n.ipynb'
    save session '~/a.waymark'
    restore session '~/a.waymark' only=[ft] replace=on
    merge '~/b.waymark'
    run finetune net on=T replace=on epochs=1 as ft
    prune kd keep=1
    drop kd2
    print "the end" $m
    """

  /// Commands that need what is not here, and the one that no journal keeps.
  private static let elsewhere: Set = ["load gtsrb", "download gtsrb", "shell"]

  /// Commands that are not called by their own words.
  private static let others = [
    "plot results": "plot table", "plot average": "plot metric", "plot [accuracy,": "plot panels",
  ]

  private func scene() throws -> TestFolder {
    let folder = try TestFolder()
    for label in 0..<2 {
      for number in 0..<3 {
        let pixels = [UInt8](repeating: UInt8(40 * number + label), count: 3 * 64)
        try folder.write(
          Array("P6 8 8 255\n".utf8) + pixels, to: "mine/class\(label)/\(number).ppm")
      }
    }
    try ExampleFiles.writeMNIST(folder)
    try ExampleFiles.writeCIFAR(folder)
    for (from, to) in [("work/mnist", "mnist"), ("work/cifar-10-batches-bin", "cifar")] {
      try FileManager.default.moveItem(atPath: folder(from), toPath: folder(to))
    }
    var shell = try TestShell(after: "load synthetic classes=2 per-class=3 size=16 as few")
    try shell.run("save session '\(folder("b.waymark"))'")
    return folder
  }

  @Test func scriptOfEveryCommandRunsAndGivesTheSame() throws {
    let folder = try scene()
    var shell = TestShell()
    try shell.run("let m = 3")
    try shell.run(Self.everything.replacing("~", with: folder.path))
    try shell.run("save script '\(folder("all.way"))'")
    var again = TestShell()
    try again.run("source '\(folder("all.way"))'")
    #expect(try again.state.digests == shell.state.digests)
    // A second time in the same place, as the program does it: checked whole first.
    let script = Script(try folder.text("all.way"), name: "all.way")
    #expect(Registry.waymark.check(script, in: TestShell().context).map { $0.text() } == [])

    let used = Set(
      shell.context.session.journal.compactMap { entry -> String? in
        guard case .command(let statement)? = Script(entry.command, name: "").statements.first
        else {
          return nil
        }
        let words = "\(statement)".split(separator: " ").prefix(2).map(String.init)
        let two = words.joined(separator: " ")
        return Registry.waymark.command(two) == nil ? Self.others[two] ?? words[0] : two
      })
    for command in Registry.waymark.commands
    where command.category.title != "Help"
      && [.always, .ifGiven("only")].contains(command.repetition)
    {
      #expect(
        used.contains(command.verb) || Self.elsewhere.contains(command.verb),
        "'\(command.verb)' is in no script that is tried here")
    }
  }

  /// Which run 'step' meant depends on what a script leaves out, such as restoring a session.
  @Test func runThatWasNotNamedIsNamed() throws {
    let folder = try TestFolder()
    let shell = try TestShell(
      after: """
        load synthetic classes=4 per-class=8 test-per-class=4 size=16 as signs
        tasks signs size=2 as T
        define model layers=[conv(2,3), relu, pool] size=16 as net
        begin finetune net on=T epochs=1 as a
        begin finetune net on=T epochs=1 as b
        step a
        save session \(folder("s.waymark"))
        restore session \(folder("s.waymark"))
        step
        time step unit=batch
        back
        save script \(folder("all.way"))
        """)
    let text = try folder.text("all.way")
    #expect(text.hasSuffix("step a\nstep b\ntime step b unit=batch\nback b\n"), "\(text)")
    var again = TestShell()
    try again.run("source \(folder("all.way"))")
    #expect(try again.state.digests == shell.state.digests)
  }
}
