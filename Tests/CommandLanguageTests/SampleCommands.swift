import CommandLanguage

extension Registry<Classroom> {
  static let sample = Registry(
    [
      .loadGTSRB, .loadFolder, .tasks, .showBatch, .define, .pretrain, .run, .step, .compare,
      .drop, .show, .say, .time, .source, .restore,
    ], objectVerb: "show")
}

extension Command<Classroom> {
  typealias Sample = Command<Classroom>

  static var pretrain: Sample {
    let net = Parameter.positional("net", .object(.network), "The network to train.")
    let task = Parameter.required("on", .object(.task, .tasks), "The images to train on.")
    let epochs = Parameter.option(
      "epochs", .integer(1...1000), default: 4, "Passes over the images.")
    let rate = Parameter.option(
      "lr", .real(above: 0, through: 10), default: 0.001, "The learning rate.",
      searchWords: ["learning_rate"])
    let cache = Parameter.optional("cache", .path, "A file that keeps the weights.")
    return Sample(
      "pretrain", "Trains a network on one task.", category: .models, effect: .changes,
      searchWords: ["fit", "train"], parameters: [net, task, epochs, rate, cache],
      examples: [Example("pretrain net on=T.1 epochs=2", "Two passes over the first task.")],
      seeAlso: ["run"]
    ) { session, arguments in
      session.said.append(
        "\(arguments[net].name) on \(arguments[task].name) \(arguments[epochs]) "
          + "\(arguments[rate]) \(arguments[cache] ?? "-")")
    }
  }

  static var loadGTSRB: Sample {
    let path = Parameter.optional("path", .path, "Where the archives are.")
    return Sample(
      "load gtsrb", "Loads real road signs.", category: .data, effect: .changes, parameters: [path],
      result: .signs,
      examples: [Example("load gtsrb path=../gtsrb as signs", "39,209 images of 43 classes.")]
    ) { session, arguments in
      session.objects[arguments.resultName ?? ""] = .signs
    }
  }

  static var loadFolder: Sample {
    let folder = Parameter.positional("folder", .path, "A folder per class.")
    return Sample(
      "load folder", "Loads images.", category: .data, effect: .changes, searchWords: ["load"],
      parameters: [folder], result: .signs,
      examples: [Example("load folder ~/mine as mine", "As many classes as folders.")]
    ) { session, arguments in
      session.objects[arguments.resultName ?? ""] = .signs
    }
  }

  static var tasks: Sample {
    let signs = Parameter.positional("signs", .object(.signs), "The data set to split.")
    let size = Parameter.required("size", .integer(1...1000), "Classes per task.")
    let order = Parameter.option(
      "order",
      ValueKind.choice(["natural", "shuffled"]).map {
        $0 == "natural" ? Order.natural : .shuffled
      }.or(ValueKind.integers(0...42).map(Order.given)),
      default: .natural, "The order of the classes.")
    return Sample(
      "tasks", "Splits the classes into tasks.", category: .data, effect: .changes,
      parameters: [signs, size, order], result: .tasks, formats: ["csv", "json"],
      examples: [Example("tasks signs size=8 as T", "Five tasks of eight classes.")]
    ) { session, arguments in
      session.objects[arguments.resultName ?? ""] = .tasks
      session.said.append("\(arguments[size]) \(arguments[order])")
    }
  }

  static var showBatch: Sample {
    let signs = Parameter.positional("signs", .object(.signs), "The data set.")
    let count = Parameter.option("n", .integer(1...4096), default: 64, "How many images.")
    let classes = Parameter.optional("class", .integers(0...42), "Only these classes.")
    let labels = Parameter.option("labels", .flag, default: false, "Writes the class below.")
    return Sample(
      "show batch", "Shows images as a grid.", category: .data, effect: .looks,
      searchWords: ["imshow"],
      parameters: [signs, count, classes, labels], formats: ["png", "svg"],
      examples: [Example("show batch signs n=16 labels=on > batch.png", "A picture.")]
    ) { session, arguments in
      session.said.append(
        "\(arguments[count]) \(arguments[classes] ?? []) \(arguments[labels])")
    }
  }

  static var define: Sample {
    let name = Parameter.optionalPositional(
      "network", .choice(["simplecnn", "simplecnn2", "dercnn"]), "One of the notebook's networks.")
    let layers = Parameter.optional(
      "layers",
      .calls([
        CallSignature("conv(CHANNELS, SIZE)", arguments: 2...2, "A convolution."),
        CallSignature("dense(WIDTH)", arguments: 1...1, "A linear layer."),
        CallSignature("lrelu", arguments: 0...0, "Leaky ReLU."),
        CallSignature("relu", arguments: 0...0, "ReLU."),
        CallSignature("pool", arguments: 0...1, "Max-pooling."),
        CallSignature("flatten", arguments: 0...0, "One row per image."),
      ]), "One's own layers.")
    return Sample(
      "define model", "Makes a network.", category: .models, effect: .changes,
      parameters: [name, layers],
      result: .network,
      examples: [
        Example("define model simplecnn as net", "The notebook's first network."),
        Example(
          "define model layers=[conv(32,5), lrelu, pool, flatten, dense(128), relu] as mine",
          "Your own."),
      ]
    ) { session, arguments in
      session.objects[arguments.resultName ?? ""] = .network
      let layers = arguments[layers]?.map { "\($0.name)\($0.integers ?? [])" } ?? []
      session.said.append("\(arguments[name] ?? "-") \(layers.joined(separator: " "))")
    }
  }

  static var run: Sample {
    let strategy = Parameter.positional(
      "strategy", .choice(["finetune", "rehearsal-kd"]), "How it learns.")
    let net = Parameter.positional("net", .object(.network), "The network to start from.")
    let on = Parameter.required("on", .object(.tasks), "The task sequence.")
    let memory = Parameter.option("memory", .integer(0...100_000), default: 200, "Images kept.")
    let temperature = Parameter.option(
      "temperature", .real(above: 0), default: 2, "Softens the old network's output.")
    return Sample(
      "run", "Runs a strategy through all tasks.", category: .strategies, effect: .changes,
      parameters: [strategy, net, on],
      options: DependentOptions(on: strategy) {
        $0 == "rehearsal-kd" ? [memory, temperature] : []
      }, result: .run,
      examples: [Example("run rehearsal-kd net on=T memory=100 as rp", "Five tasks.")]
    ) { session, arguments in
      session.objects[arguments.resultName ?? ""] = .run
      session.said.append(
        "\(arguments[strategy]) \(arguments[memory]) \(arguments[temperature]) "
          + "\(arguments.resultName ?? "")")
    }
  }

  static var step: Sample {
    let run = Parameter.optionalPositional("run", .object(.run), "The run.")
    let count = Parameter.positional("n", .integer(1...1000), default: 1, "How often.")
    let unit = Parameter.option("unit", .choice(of: Unit.self), default: .task, "What a step is.")
    return Sample(
      "step", "Goes on with a run.", category: .strategies, effect: .changes,
      parameters: [run, count, unit],
      examples: [Example("step kd 2 unit=epoch", "Two epochs.")]
    ) { session, arguments in
      guard arguments[count] < 100 else {
        throw arguments.failure(at: count, "only 5 tasks are left")
      }
      session.said.append(
        "\(arguments[run]?.name ?? "-") \(arguments[count]) \(arguments[unit])")
    }
  }

  static var compare: Sample {
    let runs = Parameter.positional("runs", .list(of: .object(.run)), "The runs.")
    return Sample(
      "compare", "Compares runs.", category: .strategies, effect: .looks, parameters: [runs],
      formats: ["csv", "json"],
      examples: [Example("compare [ft, kd] > curves.csv", "A row per run and task.")]
    ) { session, arguments in
      session.said.append(arguments[runs].map(\.name).joined(separator: "+"))
    }
  }

  static var drop: Sample {
    let object = Parameter.positional("object", .anyObject, "What to forget.")
    return Sample(
      "drop", "Forgets an object.", category: .session, effect: .destroys, searchWords: ["rm"],
      parameters: [object], examples: [Example("drop net", "It is gone.")]
    ) { session, arguments in
      session.objects[arguments[object].name] = nil
    }
  }

  static var show: Sample {
    let object = Parameter.positional("object", .anyObject, "What to show.")
    return Sample(
      "show", "Shows an object.", category: .session, effect: .looks, parameters: [object],
      examples: [Example("net", "The network.")]
    ) { session, arguments in
      session.said.append("shown \(arguments[object].name)")
    }
  }

  static var say: Sample {
    let words = Parameter.words("words", "What to say.")
    return Sample(
      "say", "Says words.", category: .session, effect: .says, searchWords: ["echo"],
      parameters: [words],
      examples: [Example("say \"hello\"", "Says hello.")]
    ) { session, arguments in
      session.said.append(arguments[words].map(\.spelling).joined(separator: " "))
    }
  }

  static var time: Sample {
    let command = Parameter.command("command", "What to time.")
    return Sample(
      "time", "Times a command.", category: .session, effect: .changes, parameters: [command],
      examples: [Example("time pretrain net on=T.1", "Seconds.")]
    ) { session, arguments in
      let checked = try Registry.sample.check(
        arguments[command], from: arguments.source, variables: arguments.variables, in: session)
      try checked.run(in: &session)
      session.said.append("timed")
    }
  }

  static var source: Sample {
    let file = Parameter.positional("file", .path, "The script.")
    return Sample(
      "source", "Runs a script.", category: .session, effect: .changes, parameters: [file],
      pairs: "Variables of the script.", bringsObjects: true,
      examples: [Example("source lesson.way epochs=2", "The script's output.")]
    ) { session, arguments in
      let pairs = arguments.pairs.map { "\($0.key.value)=\($0.operand.spelling)" }
      session.said.append(arguments[file] + " " + pairs.joined(separator: " "))
    }
  }

  static var restore: Sample {
    let file = Parameter.positional("file", .path, "The session file.")
    return Sample(
      "restore session", "Brings a session back.", category: .session, effect: .changes,
      parameters: [file],
      bringsObjects: true, examples: [Example("restore session a.waymark", "Its objects.")]
    ) { _, _ in }
  }

  enum Order: Hashable, Sendable {
    case natural
    case shuffled
    case given([Int])
  }

  enum Unit: String, CaseIterable, Sendable {
    case task
    case epoch
    case batch
  }
}
