extension Topic {
  /// What happens and why.
  static let ideas: [Topic] = [
    Topic(
      .idea, "class-incremental",
      "new classes arrive, old pictures are gone, all must be told apart",
      otherNames: ["class-incremental learning", "continual learning", "lifelong learning", "cil"],
      text: """
        A network learns some classes; later, others arrive. It is trained on the new ones without \
        the pictures of the old ones, and afterwards must say of any picture which of all classes it \
        shows. It is not told to which task a picture belongs: that is what makes it hard, and \
        what tells it from task-incremental learning, where only the classes of one task compete.

        A camera in a car meets it when a country introduces new signs: nobody wants to collect all \
        old photographs again, and nobody wants a car that has forgotten the stop sign.
        """,
      sources: ["van de Ven, Tuytelaars, Tolias 2022: Three types of incremental learning"],
      commands: ["T", "run finetune net on=T epochs=2 as short", "matrix short"],
      seeAlso: ["task", "forgetting", "upper-bound"]),
    Topic(
      .idea, "task", "the classes that arrive together",
      otherNames: ["tasks", "experience", "session", "increment", "task order"],
      text: """
        The classes are dealt out once, into groups of a size, and each group is learned with its \
        own images only. T.1 is the first task of T. The order matters: look-alikes in one task are \
        learned side by side, look-alikes in different tasks never meet in training. A fair \
        comparison gives all strategies the same tasks, and repeats it with several orders.
        """,
      commands: [
        "tasks signs size=2 order=shuffled as shuffled", "shuffled",
        "show batch signs task=T.2 n=8",
      ],
      seeAlso: ["class-incremental", "seed"]),
    Topic(
      .idea, "forgetting", "learning something new destroys what was known",
      otherNames: ["catastrophic forgetting", "catastrophic interference"],
      text: """
        A network's knowledge is spread over all its weights, and every training step moves all of \
        them. When only new classes are trained, nothing holds the weights where the old classes \
        need them: within a few batches the network answers with new classes whatever it sees. \
        People forget slowly and partly; networks forget at once and wholly. Hence the name \
        catastrophic forgetting.

        As a number: for each task but the last, the best accuracy that it ever had less the one it \
        has in the end, as the mean over these tasks, in percentage points. 0 is nothing forgotten; \
        near 100 is everything.
        """,
      formulas: ["F = mean over j < k of ( max over i < k of a[i][j]  −  a[k][j] )"],
      sources: [
        "McCloskey, Cohen 1989: Catastrophic interference in connectionist networks",
        "Chaudhry et al. 2018: Riemannian walk for incremental learning (the measure)",
      ],
      commands: ["matrix ft", "compare [ft, kd]", "plot matrix ft", "confusion ft top=5"],
      seeAlso: ["matrix", "backward-transfer", "rehearsal", "distillation"]),
    Topic(
      .idea, "plasticity", "being able to learn, against being able to keep",
      otherNames: ["stability", "stability-plasticity", "stability-plasticity dilemma"],
      text: """
        Plastic is what changes easily, stable is what stays. A network with frozen weights forgets \
        nothing and learns nothing; one that is trained freely learns everything and keeps nothing. \
        Every strategy is a place between the two. In an accuracy matrix the diagonal shows \
        plasticity (how well is a new task learned?), the entries below it stability (what is left \
        of it later?).
        """,
      sources: ["Mermillod, Bugaiska, Bonin 2013: The stability-plasticity dilemma"],
      commands: ["matrix ft", "matrix kd"], seeAlso: ["matrix", "forgetting"]),
    Topic(
      .idea, "upper-bound", "what the same network could reach if nothing had to be forgotten",
      otherNames: ["bounds", "lower bound", "joint training", "baseline"],
      text: """
        Two runs frame all others. Fine tuning does nothing against forgetting: a strategy below it \
        is of no use. Joint training keeps all images and trains on all classes so far: it shows \
        what network, data and epochs allow. A result of 60 % means little by itself; '60 % between \
        25 and 85' means that more than half of what was lost has been won back.
        """,
      commands: ["run joint net on=T epochs=5 batch=16 as ub", "compare [ft, kd, ub]"],
      seeAlso: ["accuracy", "finetune", "joint"]),
    Topic(
      .idea, "rehearsal", "keeping a few old images and mixing them with the new ones",
      otherNames: ["replay", "experience replay", "memory", "buffer"],
      text: """
        The most direct remedy: remember some images of every old class and show them again while \
        new classes are learned. A few per class go a long way, because they bring the old classes \
        back into the loss. The price is memory, and that pictures are kept at all, which privacy \
        may forbid.

        Two troubles remain. The few exemplars are seen so often that the network learns them by \
        heart (overfitting), and as the new images are many more, it still prefers new classes \
        (bias).
        """,
      sources: ["Rebuffi et al. 2017: iCaRL, incremental classifier and representation learning"],
      commands: [
        "show memory kd", "run rehearsal-kd net on=T epochs=5 batch=16 lr=0.003 memory=8 as few",
        "run rehearsal-kd net on=T epochs=5 batch=16 lr=0.003 memory=160 as many",
        "compare [few, kd, many]",
      ],
      seeAlso: ["exemplar", "bias", "distillation"]),
    Topic(
      .idea, "exemplar", "a remembered image that stands for its class",
      otherNames: ["exemplars", "herding", "coreset"],
      text: """
        The images that rehearsal keeps are called exemplars. With a fixed memory of M images and n \
        classes so far, each class has M/n of them: room for new classes is made by dropping \
        exemplars of old ones. Another rule keeps a fixed number of every class, and a memory that \
        grows.

        Which ones? Drawing at random is hard to beat. Herding picks them one by one, so that the \
        mean of their features stays as near as possible to the mean of the whole class.
        """,
      formulas: ["exemplars of a class = M / n"],
      sources: ["Welling 2009: Herding dynamical weights to learn", "Rebuffi et al. 2017: iCaRL"],
      commands: ["show memory kd", "status kd"], seeAlso: ["rehearsal"]),
    Topic(
      .idea, "distillation", "the old network teaches the new one its answers",
      otherNames: ["knowledge distillation", "kd", "teacher"],
      text: """
        Before a task the network is copied and frozen: the teacher. While the new classes are \
        learned, every image is also shown to the teacher, and a second term of the loss asks the \
        learning network to give the old classes the same probabilities as the teacher does. No old \
        image is needed: a new sign, too, looks a little like some old ones, and how much is what \
        the teacher knows.

        The probabilities are softened by a temperature T first, so that small ones count as well. \
        The factor T² gives the term's gradient the same size at every T. KL(p ‖ q) is 0 if p and \
        q agree, and grows as they differ.
        """,
      formulas: [
        "loss = CE(z, y) + T²·KL( softmax(t/T) ‖ softmax(z_old/T) )",
        "KL(p ‖ q) = Σ p·log(p/q)",
        "t: the teacher's logits; z_old: the network's logits for the same, old classes",
      ],
      sources: [
        "Hinton, Vinyals, Dean 2015: Distilling the knowledge in a neural network",
        "Li, Hoiem 2017: Learning without forgetting",
      ],
      commands: [
        "run rehearsal-kd net on=T epochs=5 batch=16 lr=0.003 memory=80 temperature=1 as sharp",
        "run rehearsal-kd net on=T epochs=5 batch=16 lr=0.003 memory=80 temperature=5 as soft",
        "compare [sharp, kd, soft]",
      ],
      seeAlso: ["temperature", "logits", "rehearsal"]),
    Topic(
      .idea, "temperature", "how much the small probabilities count",
      otherNames: ["softening", "soft targets", "dark knowledge"],
      text: """
        Softmax turns logits into probabilities. Divided by a temperature T above 1 first, they come \
        closer together: at T = 1 a teacher may say 'stop sign, 99 %', at T = 4 'stop sign 70 %, \
        yield 12 %, no entry 8 %'. The order is the same, but what it finds similar becomes visible, \
        and that is what a student can learn from. At a very high T all classes look alike and \
        nothing is left to learn. 2 is a good beginning.
        """,
      formulas: [
        "softmax(z/T)[c] = exp(z[c]/T) / Σ exp(z[d]/T)",
        "z = (4, 2, 0):  T = 1 → 0.87 0.12 0.02    T = 4 → 0.51 0.31 0.19",
      ],
      sources: ["Hinton, Vinyals, Dean 2015: Distilling the knowledge in a neural network"],
      commands: [
        "run rehearsal-kd net on=T epochs=5 batch=16 lr=0.003 memory=80 temperature=4 as warm",
        "compare [kd, warm]",
      ],
      seeAlso: ["distillation", "logits"]),
    Topic(
      .idea, "logits", "the network's scores, one for each class, before softmax",
      otherNames: ["logit", "scores", "softmax", "outputs"],
      text: """
        The last layer gives a number for every class; the largest is the answer. They may be \
        negative and need not add up to anything. Softmax makes probabilities of them: all positive, \
        with the sum 1. Adding the same number to all logits changes nothing.
        """,
      formulas: ["softmax(z)[c] = exp(z[c]) / Σ exp(z[d])"],
      commands: ["summary net", "evaluate net on=T.1"], seeAlso: ["loss", "temperature"]),
    Topic(
      .idea, "loss", "how wrong the network is, as one number to be made small",
      otherNames: ["cross-entropy", "crossentropy", "ce", "objective"],
      text: """
        Cross-entropy is the logarithm of the probability that the network gave to the right class, \
        with its sign turned: 0 when it was certain and right, 0.69 at a probability of one half, \
        4.6 at one in a hundred. With n classes, guessing costs log n: a curve that begins near \
        2.08 begins by guessing among 8 classes. When a new task begins the loss jumps up, since the \
        new classes are still unknown.
        """,
      formulas: ["CE(z, y) = −log softmax(z)[y]"],
      commands: ["plot loss [ft, kd]", "plot loss kd smoothing=0.5"],
      seeAlso: ["logits", "epoch"]),
    Topic(
      .idea, "epoch", "one pass over all training images of a task",
      otherNames: ["epochs", "batch", "batches", "step", "iteration", "mini-batch"],
      text: """
        A batch is a handful of images that the network sees at once, 64 if nothing else is said. \
        One step takes a batch, measures the loss, and moves every weight a little downhill. When \
        all images of the task have had their turn, an epoch is over. More epochs learn the new \
        task better, and forget old ones more thoroughly. 'steps=2000' counts steps instead, which \
        papers call iterations: then every task is trained for as long, however many images it has.
        """,
      commands: [
        "begin finetune net on=T epochs=2 as slow", "step slow 3 unit=batch", "status slow",
        "step slow unit=epoch", "continue slow",
      ],
      seeAlso: ["loss", "learning-rate"]),
    Topic(
      .idea, "learning-rate", "how far each step moves the weights",
      otherNames: ["lr", "optimizer", "optimiser", "sgd", "adam", "momentum", "schedule"],
      text: """
        Too small, and learning takes for ever; too large, and the loss jumps about or grows. Plain \
        gradient descent (SGD) moves against the gradient; momentum keeps some of the last \
        direction, as a rolling ball does; Adam gives each weight its own step by how large its \
        gradients have been. A schedule makes the rate smaller as training goes on.
        """,
      formulas: ["SGD:  w ← w − lr·g", "momentum:  v ← m·v + g,  w ← w − lr·v"],
      sources: ["Kingma, Ba 2015: Adam, a method for stochastic optimization"],
      commands: [
        "run finetune net on=T epochs=2 lr=0.0001 as timid",
        "run finetune net on=T epochs=2 lr=0.01 as bold", "plot loss [timid, bold]",
      ],
      seeAlso: ["loss", "epoch"]),
    Topic(
      .idea, "head-growth", "new outputs for new classes, the old ones untouched",
      otherNames: ["head", "growing head", "expanding head", "output layer", "classifier"],
      text: """
        The last layer, the head, has one row of weights for each class. When classes arrive it gets \
        new rows with small random weights, and the old rows are copied as they are: at that moment \
        the network answers for old classes exactly as before. Everything below the head (the \
        features) is shared by all classes, and goes on changing; an old row then reads features \
        that it was not made for.
        """,
      formulas: ["W [n_old, d] → W [n_old + n_new, d],  first n_old rows unchanged"],
      commands: [
        "summary net", "begin finetune net on=T epochs=2 as growing", "step growing", "growing",
      ],
      seeAlso: ["features", "forgetting"]),
    Topic(
      .idea, "features", "what the layers below the head make of an image",
      otherNames: ["feature", "representation", "backbone", "convolution"],
      text: """
        The first convolutions find edges and colours, later ones parts and shapes. What comes out \
        is a vector of numbers, the features, in which images of one class should lie close \
        together; the head only draws lines between the clouds. Good features help classes that \
        come later: therefore pretraining on many classes makes everything after it easier.
        """,
      commands: [
        "summary net", "pretrain net on=T.1 epochs=2", "evaluate net on=T.1", "plot features kd",
        "show neighbours kd signs 17",
      ],
      seeAlso: ["head-growth", "pretraining", "projection", "drift"]),
    Topic(
      .idea, "projection", "features of a thousand numbers as points in the plane",
      otherNames: ["pca", "principal components", "tsne", "t-SNE", "embedding", "trustworthiness"],
      text: """
        Nobody can look at a thousand numbers for each image, so two are made of them. PCA takes the \
        two directions in which the images differ most, as one takes a photograph of a cloud from \
        the side where it is widest: a straight projection, in which distances keep their meaning, but \
        what differs in other directions is lost. The axes say how much of the variance they have.

        t-SNE moves points about until neighbours among the features are neighbours in the plane. \
        It shows groups that PCA lays over each other, but how large a group is and how far it lies from \
        another mean little, and another start may give another picture. Never read more from it \
        than who is whose neighbour. Trustworthiness says how far that can be believed: 1 where the \
        nearest in the plane are the nearest among the features.

        Checkpoints that are compared belong into one projection: each by itself would have axes of \
        its own.
        """,
      formulas: [
        "PCA: x → (x − mean)·(the two eigenvectors of the covariance with the largest eigenvalues)",
        "t-SNE: minimizes Σ p[i][j] log(p[i][j] / q[i][j]), p and q: how near i and j are among the "
          + "features and in the plane",
      ],
      sources: [
        "van der Maaten, Hinton 2008: Visualizing data using t-SNE",
        "Venna, Kaski 2001: Neighborhood preservation in nonlinear projection methods",
      ],
      commands: [
        "plot features kd", "plot features [kd@1, kd] on=T.1", "plot features kd method=tsne n=200",
      ],
      seeAlso: ["features", "drift"]),
    Topic(
      .idea, "saliency", "which pixels of an image decide the answer",
      otherNames: [
        "grad-cam", "gradcam", "occlusion", "attribution", "heat map", "input gradient",
        "feature map", "activation map", "filter",
      ],
      text: """
        A network that answers 'stop sign' may look at the sign, or at the sky that was behind all \
        stop signs it has seen. Three maps show where the score of a class comes from. The gradient \
        tells how fast the score changes when a pixel does: cheap and exact, but grainy. Grad-CAM \
        asks the last convolution: each of its maps is weighed by how much the score grows with it, \
        so that a coarse spot shows where the class was seen. Occlusion covers the image with a grey \
        square, place by place, and measures what the score loses: it takes hundreds of answers, but \
        works whatever the model is.

        A map shows what this network used on this image. It does not say that it was right to do \
        so, and two methods may disagree. Looking at mistakes is worth most: with class= one can ask \
        what spoke for the wrong class, and what for the right one. After later tasks the same image \
        shows how the network's view of an old class has moved.
        """,
      formulas: [
        "gradient:  s(p) = max over colours of |∂z_c/∂x(p)|",
        "Grad-CAM:  ReLU( Σ_k α_k·A_k ),  α_k = mean of ∂z_c/∂A_k over the map",
        "occlusion: s(p) = z_c(x) − mean of z_c(x covered), over the squares that cover p",
      ],
      sources: [
        "Simonyan, Vedaldi, Zisserman 2014: Deep inside convolutional networks",
        "Selvaraju et al. 2017: Grad-CAM, visual explanations from deep networks",
        "Zeiler, Fergus 2014: Visualizing and understanding convolutional networks",
      ],
      commands: [
        "show saliency kd signs 3", "show saliency kd signs 3 method=gradcam",
        "show saliency kd@1 signs 3 method=occlusion", "show activations kd signs 3 n=8",
        "show filters kd",
      ],
      seeAlso: ["features", "logits", "confusion"]),
    Topic(
      .idea, "pretraining", "learning the first task well before anything else",
      otherNames: ["pretrain"],
      text: """
        All strategies that are compared should start from the same network, which knows the first \
        task. Then differences come from the strategy, not from a lucky start. A run begins with a \
        copy: the network itself stays as it was, and can start the next run.
        """,
      commands: ["pretrain net on=T.1 epochs=4", "evaluate net on=T.1", "digest net"],
      seeAlso: ["features", "seed"]),
    Topic(
      .idea, "bias", "preferring the classes learned last",
      otherNames: ["recency", "recency bias", "task-recency bias", "imbalance", "class imbalance"],
      text: """
        With rehearsal, the new images still outnumber the old ones by far, and the cheapest way to \
        a small loss is to answer with a new class when in doubt. The confusion matrix shows it: \
        mistakes lie in the columns of the last task. 'plot head' shows where it sits: the rows of \
        weights of new classes are longer than those of old ones. Remedies: batches that are half old and half \
        new, a balancing pass over exemplars only, correcting the new classes' logits afterwards, or \
        classifying by the nearest class mean instead of the head.

        Data can be unbalanced by themselves: of GTSRB's classes some have ten times as many images \
        as others. The mean over classes (macro) counts every class alike.
        """,
      sources: [
        "Wu et al. 2019: Large scale incremental learning (BiC)",
        "Hou et al. 2019: Learning a unified classifier incrementally via rebalancing",
      ],
      commands: [
        "confusion kd top=5", "plot confusion kd", "plot head ft", "classes signs sort=count",
      ],
      seeAlso: ["confusion", "macro", "rehearsal", "drift"]),
    Topic(
      .idea, "regularization", "holding on to the weights that old tasks need",
      otherNames: ["regularisation", "importance", "fisher", "penalty", "quadratic penalty"],
      text: """
        Instead of old images, keep an opinion about each weight: how much did the old tasks depend \
        on it? While new classes are learned, a penalty pulls important weights back to where they \
        were, as springs of different strength would, and unimportant ones are free. It needs no \
        pictures, only two numbers for every weight. When classes of different tasks must be told \
        apart it helps little, since no image of two tasks is ever seen together.
        """,
      formulas: ["loss = CE(z, y) + λ/2·Σ importance[i]·(w[i] − w_old[i])²"],
      sources: [
        "Kirkpatrick et al. 2017: Overcoming catastrophic forgetting in neural networks (EWC)",
        "Zenke, Poole, Ganguli 2017: Continual learning through synaptic intelligence (SI)",
      ],
      commands: ["strategies", "matrix ft"], seeAlso: ["forgetting", "plasticity"]),
    Topic(
      .idea, "overfitting", "knowing the training images by heart",
      otherNames: ["generalization", "generalisation", "train and test", "augmentation"],
      text: """
        Accuracy on training images that is much higher than on test images means that the network \
        has learned pictures instead of classes. The fewer images, the easier: a handful of \
        exemplars shown a hundred times is an invitation. Varying the training images helps: cut \
        out a part at random, change the light. Mirroring helps with many things but not with \
        signs, where 'keep left' would become 'keep right'.
        """,
      commands: [
        "status kd", "transform signs crop=random", "show batch signs n=8",
        "transform signs crop=none",
      ],
      seeAlso: ["exemplar", "accuracy"]),
    Topic(
      .idea, "seed", "where all chance begins",
      otherNames: ["reproducibility", "random", "randomness", "determinism", "digest"],
      text: """
        First weights, the order of images, which exemplars are drawn: all of it follows from one \
        number, the seed. The same seed gives the same result, to the last bit, on any number of \
        threads; 'digest' shows that it does. One seed is one sample: two strategies that differ \
        by less than two seeds of the same strategy do not differ.
        """,
      commands: [
        "run finetune net on=T epochs=2 seed=1 as once",
        "run finetune net on=T epochs=2 seed=1 as again",
        "run finetune net on=T epochs=2 seed=2 as other", "digest once", "digest again",
        "digest other", "compare [once, again, other]",
      ],
      seeAlso: ["average", "pretraining"]),
  ]
}
