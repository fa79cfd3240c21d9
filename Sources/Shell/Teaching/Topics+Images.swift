extension Topic {
  /// What there is to know about the images themselves.
  static let images: [Topic] = [
    Topic(
      .idea, "suspects", "images that should be looked at before figures are believed",
      otherNames: [
        "mislabels", "label errors", "wrong labels", "confident learning", "duplicates",
        "near duplicates", "data quality",
      ],
      text: """
        In a few of a hundred images of well-known data sets the label is wrong. In training they teach \
        the wrong thing, in testing they count a right answer as wrong. No program knows the truth, but \
        one can ask where the label is hard to believe: train on a part of the images, judge the \
        others, and look at those whose label is improbable. The judge must not have seen the image: \
        a network that trained on it may know its wrong label by heart. Here whole tracks are \
        held out, since the frames of a track are nearly the same picture.

        An improbable label is not enough: some classes are hard. Confident learning asks for more: \
        another class is named with a probability that is usual for images labelled so.

        Near-duplicates matter twice: two labels for one picture are a contradiction, and a test image \
        that was trained on measures memory. Dark, blurred and tiny images may be right and impossible all \
        the same: a mistake on them says little about a strategy.
        """,
      formulas: [
        "threshold[c] = mean of p(c | x) over the images x labelled c",
        "suspect: the likeliest class c is not the label, and p(c | x) ≥ threshold[c]",
      ],
      sources: [
        "Northcutt, Jiang, Chuang 2021: Confident learning: estimating uncertainty in dataset labels",
        "Northcutt, Athalye, Mueller 2021: Pervasive label errors in test sets",
        "Barz, Denzler 2020: Do we train on test data? Purging CIFAR of near-duplicates",
      ],
      commands: [
        "show suspects signs n=4", "show suspects signs kind=duplicates n=4",
        "show suspects signs kind=dark n=4",
      ],
      seeAlso: ["tracks", "confusion", "overfitting"]),
    Topic(
      .idea, "tracks", "one sign filmed many times is not many signs",
      otherNames: ["track", "frame", "frames", "independent samples", "leakage", "clusters"],
      text: """
        GTSRB was filmed from a driving car: of every sign some thirty frames, from far and small to near \
        and large. The frames of a track are nearly the same picture. Two things follow.

        If frames of one track are on both sides, in training and in testing, the test measures memory: \
        'split' therefore holds out whole tracks. And if a sign is dirty or half hidden, all its \
        frames go wrong together: 3,000 images of 100 tracks are closer to 100 samples than to 3,000. \
        The standard error of an accuracy, as if every image were drawn by itself, is then \
        several times too small; 'plot tracks' shows it beside the one that counts tracks.
        """,
      formulas: ["error over tracks = √( K/(K−1)·Σ over tracks of (right − p·frames)² ) / images"],
      sources: [
        "Stallkamp et al. 2012: Man vs. computer (GTSRB)",
        "Liang, Zeger 1986: Longitudinal data analysis using generalized linear models",
      ],
      commands: ["show track signs 0/0", "plot tracks kd split=train n=5"],
      seeAlso: ["suspects", "overfitting", "accuracy"]),
  ]
}
