import Learning

/// What papers call the strategies, for legends.
private let titles = [
  "finetune": "Fine-tuning", "joint": "Joint", "replay": "Replay", "lwf": "LwF", "ewc": "EWC",
  "mas": "MAS", "si": "SI", "icarl": "iCaRL", "bic": "BiC", "wa": "WA", "der": "DER",
  "der-cnn": "DER-CNN", "er-ace": "ER-ACE", "a-gem": "A-GEM", "gdumb": "GDumb", "slda": "SLDA",
  "analytic": "Analytic", "dark": "DER++", "rehearsal-kd": "Rehearsal + KD",
]

extension [RunSet] {
  /// Of each set the name of its strategy, as papers have it, where no other set has the same; with
  /// the variable's name behind it where that is another word. Else the variable's name.
  ///
  /// - Parameter isBrief: Without the variable's name, which says nothing to those who read a paper.
  func legendNames(isBrief: Bool) -> [String] {
    let strategies = map { set in
      Set(set.runs.map(\.run.setup.strategy)).count == 1 ? set.runs[0].run.setup.strategy : nil
    }
    let isTold = strategies.allSatisfy { $0 != nil } && Set(strategies).count == count
    return zip(self, strategies).map { set, strategy in
      guard isTold, let strategy else { return set.name }
      let title = titles[strategy] ?? strategy
      return isBrief || set.name.lowercased() == strategy ? title : "\(title) (\(set.name))"
    }
  }
}
