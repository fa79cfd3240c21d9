extension Topic {
  /// What is measured. `a[i][j]` is the accuracy on the classes of task j after task i; k is the
  /// last task.
  static let measures: [Topic] = [
    Topic(
      .measure, "accuracy", "the share of test images that are classified rightly, in percent",
      otherNames: ["test accuracy", "micro", "final", "final accuracy"],
      text: """
        After each task the network is tested on the test images of all classes so far, with all \
        outputs competing. The last of these values is the final accuracy. Guessing gives 100/n for \
        n classes, so the same 50 % is much more among 40 classes than among 8: a curve that falls \
        with the number of classes has not necessarily forgotten anything.
        """,
      formulas: ["accuracy = 100·(images classified rightly) / (images)"],
      commands: ["compare [ft, kd]", "plot accuracy [ft, kd]", "evaluate net on=T.1"],
      seeAlso: ["macro", "average", "upper-bound"]),
    Topic(
      .measure, "macro", "the mean over classes of each class's accuracy",
      otherNames: ["macro accuracy", "accuracy macro", "mean per class", "balanced accuracy"],
      text: """
        Every class counts the same, however many test images it has. Where classes are unbalanced, \
        plain accuracy may look well while rare classes are never recognised; the macro mean tells.
        """,
      formulas: ["macro = mean over classes c of 100·(right in c) / (images of c)"],
      commands: ["compare [ft, kd] metric=macro", "plot accuracy [ft, kd] metric=macro"],
      seeAlso: ["accuracy", "bias"]),
    Topic(
      .measure, "average", "the mean of the accuracies after each task",
      otherNames: ["average incremental accuracy", "average accuracy", "mean accuracy"],
      text: """
        One number for a whole curve: the accuracy on all classes so far, after each task, averaged \
        over the tasks. It rewards a strategy that is good all along, and not just in the end.
        """,
      formulas: ["average = mean over i of accuracy after task i"],
      sources: ["Rebuffi et al. 2017: iCaRL"],
      commands: ["compare [ft, kd]", "plot accuracy [ft, kd]"], seeAlso: ["accuracy"]),
    Topic(
      .measure, "acc", "the mean over tasks of the accuracy on each after the last",
      otherNames: ["mean over tasks", "average over tasks"],
      text: """
        What papers write ACC. Every task counts the same, however many test images it has; plain \
        accuracy counts images, so that a task with many of them outweighs one with few.
        """,
      formulas: ["ACC = mean over j ≤ k of a[k][j]"],
      sources: ["Lopez-Paz, Ranzato 2017: Gradient episodic memory for continual learning"],
      commands: ["compare [ft, kd]", "matrix kd"], seeAlso: ["accuracy", "average", "matrix"]),
    Topic(
      .measure, "matrix", "the accuracy on each task's classes after each task",
      otherNames: ["accuracy matrix", "task matrix"],
      text: """
        Row i, column j: how many images of task j are classified rightly after task i, all outputs \
        competing. Read a column downwards to see a task being forgotten; read the diagonal to see \
        how well each was learned. Forgetting and backward transfer are computed from it.
        """,
      formulas: ["a[i][j], j ≤ i"],
      sources: ["Lopez-Paz, Ranzato 2017: Gradient episodic memory for continual learning"],
      commands: ["matrix kd", "plot matrix kd"],
      seeAlso: ["forgetting", "backward-transfer", "plasticity"]),
    Topic(
      .measure, "backward-transfer", "what later tasks did to earlier ones, in points",
      otherNames: ["bwt", "backward transfer"],
      text: """
        For each task but the last, the accuracy in the end less the accuracy when it was just \
        learned, averaged. Negative is forgetting; positive would mean that later tasks made \
        earlier ones better, which does happen with good features. Unlike 'forgetting' it compares \
        with the moment of learning, not with the best moment.
        """,
      formulas: ["BWT = mean over j < k of ( a[k][j] − a[j][j] )"],
      sources: ["Lopez-Paz, Ranzato 2017: Gradient episodic memory for continual learning"],
      commands: ["matrix kd", "compare [ft, kd]"], seeAlso: ["forgetting", "matrix"]),
    Topic(
      .measure, "stability-gap",
      "how far old tasks fall while a new one is learned, and what the worst moment is",
      otherNames: [
        "stability gap", "watch", "continual evaluation", "min-acc", "wc-acc",
        "worst-case accuracy", "online forgetting",
      ],
      text: """
        At the end of a task much of what was lost may be back. Who measures only there does not see \
        how far the old tasks fell in between: often to nearly nothing within a few batches. 'watch' \
        measures after every batch, and what follows from it is about these moments.

        The stability gap of an old task while a later one is learned: its accuracy when that task \
        began, less the lowest until it ended. The recovery is what came back of it by then. Both are \
        averaged over all pairs of an old and a later task. min-ACC is the lowest accuracy that each \
        old task ever had since it was learned, averaged over the old tasks. WC-ACC weighs it with the \
        accuracy on the task that is being learned: what a run can be relied on for at any moment. \
        Forgetting after every batch is the best that an old task had since it was learned, less what \
        it has now; averaged over the batches it counts what the end does not show.

        All of it is over the tasks and test images that are watched. With few images every figure is \
        coarse, and the lowest of many coarse figures comes out too low: images=1000 makes them finer.
        """,
      formulas: [
        "gap = mean over old i, later k of ( a[start of k][i] − min over n in k of a[n][i] )",
        "recovery = mean over old i, later k of ( a[end of k][i] − min over n in k of a[n][i] )",
        "min-ACC = mean over old i of min over n > end of i of a[n][i]",
        "WC-ACC = (1/k)·a[n][k] + (1 − 1/k)·min-ACC,  k tasks so far",
        "forgetting at n = mean over old i of ( max over m from end of i to n of a[m][i] − a[n][i] )",
      ],
      sources: [
        "De Lange, van de Ven, Tuytelaars 2023: Continual evaluation for lifelong learning: "
          + "identifying the stability gap",
        "Chaudhry et al. 2018: Riemannian walk for incremental learning (forgetting)",
      ],
      commands: [
        "begin finetune net on=T epochs=1 batch=16 as slow", "watch slow", "step slow 2",
        "show watch slow n=5", "plot watch slow",
      ],
      seeAlso: ["forgetting", "matrix", "plasticity"]),
    Topic(
      .measure, "confusion", "which classes are taken for which",
      otherNames: ["confusion matrix", "mistakes"],
      text: """
        Row: what a sign is; column: what it was taken for; the diagonal is right. After fine tuning \
        all answers lie in the last columns: whatever is shown, the network names a new class. With \
        rehearsal a diagonal remains, and what is beside it shows look-alikes and the bias for \
        classes learned last.
        """,
      commands: [
        "confusion ft top=5", "confusion kd top=5 sort=task", "confusion kd minus=ft top=5",
        "plot confusion kd sort=similar",
      ],
      seeAlso: ["accuracy", "bias"]),
    Topic(
      .measure, "robustness", "how much accuracy is left when images are spoiled",
      otherNames: ["corruptions", "corruption", "common corruptions", "mean corruption accuracy"],
      text: """
        Test images are cleaner than what a camera in a car sees. Turn, blur or darken them step by \
        step and test again: the network stays as it is, so the curve shows what it has learned to \
        ignore. Training images that vary (transform jitter=on brightness=…) make it flatter. Two \
        networks with the same accuracy can differ widely here.

        Seven corruptions at five severities have become common for GTSRB: motion blur, impulse and \
        Gaussian noise, pixelation, spatter, low contrast, JPEG. Their strengths were chosen for \
        images of 32 × 32. The mean over all of them is one figure for tables.
        """,
      formulas: [
        "mean corruption accuracy = mean over corruptions c and severities s of accuracy[c][s]"
      ],
      sources: [
        "Hendrycks, Dietterich 2019: Benchmarking neural network robustness to common corruptions "
          + "and perturbations"
      ],
      commands: [
        "plot robustness [ft, kd] rotate=0..30 steps=3",
        "show robustness kd signs 3 darkness=0..90",
        "corrupt signs with=motion_blur severity=3 as blurred",
      ], seeAlso: ["accuracy"]),
    Topic(
      .measure, "significance", "whether a difference is more than chance",
      otherNames: ["significant", "p", "p-value", "paired test", "permutation test", "seeds"],
      text: """
        Two runs differ by their seed alone: weights, the order of batches and what is drawn for the \
        memory. So train each strategy with several seeds (run … seeds=6) and compare seed by seed. \
        If both strategies were equally good, the sign of every difference would be chance. The \
        permutation test flips the signs in all ways and counts how often the sum is at least as \
        large: that share is p. The sign test only asks how many seeds favour which.

        Few seeds cannot show anything: with n seeds there are 2ⁿ ways, and two of them are as \
        extreme as it gets. With 3 seeds the smallest p is 0.25; below 0.05 takes 6. Who compares \
        many pairs finds small p by chance: Holm's correction makes up for that.

        McNemar's test takes the test images of two single runs. It says that these two networks \
        differ, and nothing of what another seed would give.
        """,
      formulas: [
        "p = (ways to flip signs with |Σ ±d| ≥ |Σ d|) / 2ⁿ", "smallest p with n seeds = 2 / 2ⁿ",
      ],
      sources: [
        "Fisher 1935: The design of experiments",
        "Holm 1979: A simple sequentially rejective "
          + "multiple test procedure",
        "McNemar 1947: Note on the sampling error of the difference between correlated proportions",
      ],
      commands: ["compare [ft, kd] test=mcnemar", "compare mistakes [ft, kd]"],
      seeAlso: ["accuracy", "average"]),
    Topic(
      .measure, "parameters", "how many numbers a network learns, and what it costs to use",
      otherNames: ["parameter", "multiply-adds", "macs", "size", "memory size"],
      text: """
        Parameters take memory: four bytes each, and again for their gradients and for what the \
        optimizer keeps. Multiply-adds take time: a convolution uses each of its weights at every \
        place of the image, so it has few parameters and much work; a linear layer has it the other \
        way round. A fair comparison also counts what a strategy stores: exemplars, or a second \
        network.
        """,
      formulas: [
        "convolution k×k, C → D channels:  (k·k·C + 1)·D parameters,  k·k·C·D·H·W multiply-adds"
      ],
      commands: ["summary net", "summary twoheads", "show memory kd"],
      seeAlso: ["features", "exemplar"]),
    Topic(
      .measure, "forward-transfer", "what earlier tasks do for later ones, in points",
      otherNames: ["fwt", "forward transfer"],
      text: """
        How well is a task done just before it is learned, compared with guessing? It can only be \
        asked where a task has outputs before it is learned: with scenario=domain, where all tasks \
        share theirs. A class that is still to come has no output, so class-incrementally there is \
        nothing to measure.
        """,
      formulas: ["FWT = mean over j > 1 of ( a[j−1][j] − 100/outputs )"],
      sources: ["Lopez-Paz, Ranzato 2017: Gradient episodic memory for continual learning"],
      commands: ["matrix kd", "help tasks"], seeAlso: ["backward-transfer", "scenario"]),
    Topic(
      .measure, "task-masked", "the accuracy if the task of every image were told",
      otherNames: ["task masked", "masked accuracy", "task-aware"],
      text: """
        Only the outputs of an image's own task compete. What is lost between this and plain \
        accuracy is lost to classes of other tasks: the features may still be there, but an old \
        class is no longer told from a new one. Fine tuning often keeps much of it while its plain \
        accuracy on old tasks is zero.
        """,
      formulas: ["task-masked = 100·(images whose class wins among its own task's) / (images)"],
      sources: ["Masana et al. 2022: Class-incremental learning: survey and evaluation"],
      commands: ["compare [ft, kd] metric=task-masked"], seeAlso: ["accuracy", "bias", "scenario"]),
    Topic(
      .measure, "scenario", "what is told when an image is classified, and which outputs there are",
      otherNames: ["scenarios", "task-incremental", "domain-incremental"],
      text: """
        Class-incremental: an output for every class, and all compete; the hardest. \
        Task-incremental: an output for every class, but the task of each image is told, so that \
        only its outputs compete. Domain-incremental: all tasks share the same outputs, the n-th \
        class of every task being output n. Figures of different scenarios cannot be compared; \
        many methods look good until the task is no longer told.

        A network gets the outputs of a task when the task begins ('outputs=so-far'), or has those of \
        all classes from the start ('tasks … outputs=all'), as most published programs have. Then the \
        outputs of classes to come compete in training, and are pushed down before there is an image \
        of them.
        """,
      sources: ["van de Ven, Tolias 2019: Three scenarios for continual learning"],
      commands: ["help tasks"], seeAlso: ["class-incremental", "task-masked"]),
    Topic(
      .measure, "memory", "all that is kept besides the network, counted in images",
      otherNames: ["memory in exemplars", "kept memory", "budget"],
      text: """
        Exemplars are not the only memory: importances of weights, frozen backbones, stored logits \
        and covariances take bytes too. They are counted as if they were images of 32×32×3 bytes, so \
        that a method without exemplars can be compared with one that has some. A teacher that only \
        training needs is not counted.
        """,
      formulas: ["memory = (bytes of exemplars + bytes of all else that is kept) / 3072"],
      sources: ["Zhou et al. 2023: A model or 603 exemplars"],
      commands: ["compare [ft, kd]", "show memory kd"], seeAlso: ["exemplar", "parameters"]),
    Topic(
      .measure, "drift", "how far features and weights move while later tasks are learned",
      otherNames: [
        "cka", "feature drift", "representation drift", "weight distance",
        "centered kernel alignment",
      ],
      text: """
        An old class is lost in two ways: its features change, or the head comes to prefer other \
        classes. Drift tells them apart. CKA compares what two checkpoints make of the same \
        images: 1 where the images lie to each other as before, whatever was turned or scaled; near \
        0 where nothing is left of it. Where features kept a CKA near 1 and accuracy fell all the \
        same, the head is to blame, and 'plot head' shows how.

        Layer by layer, the first ones mostly stay, and the last ones move most: what edges look \
        like does not depend on the task. Weights may move far without the features changing much; \
        the distance of weights alone says little.
        """,
      formulas: [
        "CKA = ‖YᵀX‖² / (‖XᵀX‖·‖YᵀY‖), X and Y: features of the same images less their means",
        "weights moved = ‖after − before‖ / ‖before‖",
      ],
      sources: [
        "Kornblith et al. 2019: Similarity of neural network representations revisited",
        "Ramasesh, Dyer, Raghu 2021: Anatomy of catastrophic forgetting",
      ],
      commands: ["plot drift kd", "plot drift [ft@1, ft] on=T.1", "plot head ft"],
      seeAlso: ["forgetting", "features", "projection", "bias"]),
    Topic(
      .measure, "seconds", "how long a run took",
      otherNames: ["time", "speed", "runtime"],
      text: """
        The time a run has worked, training and testing together, pauses not counted. Joint training \
        takes longer with every task, because every task trains on all images again; rehearsal adds \
        its exemplars, distillation the teacher's answers.
        """,
      commands: ["compare [ft, kd]", "time evaluate net on=T.1"], seeAlso: ["upper-bound"]),
  ]
}
