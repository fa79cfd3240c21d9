extension Walk {
  /// The notebook on drawn signs, small enough that every step takes a moment.
  public static let tour = Walk(script: tourScript)
}

private let tourScript = """
  # A tour of Waymark
  #
  # A network learns some road signs; then others arrive, and the old pictures are gone. What does
  # it still know? This is class-incremental learning. The tour goes through it once, from the
  # data to the comparison, in about twenty steps of a moment each.

  # First the pictures. Nothing is downloaded: the signs are drawn, in the classes of the German
  # benchmark GTSRB. 'as signs' names the result; everything you make has a name.

  load synthetic per-class=90 test-per-class=60 balanced=on size=24 as signs

  # Look at a few, with what they are called. In a terminal that can show pictures you see pixels,
  # in any other coloured blocks.

  show batch signs n=8 labels=on

  # How many are there of each class? Training images are learned from; test images are kept apart,
  # to see what was understood rather than learned by heart.

  classes signs top=8

  # Now classes are dealt out into tasks of two, which arrive one after the other. Eight that look
  # quite different will do: stop and 30, yield and turn right, and so on. T.1 is the first task.

  tasks signs size=2 order=[14, 1, 13, 33, 12, 17, 40, 25] as T

  # A small convolutional network. Its last layer, the head, gets outputs as classes arrive.

  define model simplecnn size=24 outputs=2 as net

  # Layer by layer: what comes out [batch, channels, height, width], how many numbers are learned,
  # how much is multiplied. 'explain parameters' tells more, and so does 'explain' with many words.

  summary net

  # All that follows starts from the same network, which knows the first task.

  pretrain net on=T.1 epochs=5 batch=16

  # How well does it know task 1? Guessing would be right half of the time.

  evaluate net on=T.1

  # The plainest way to go on: train on each new task's images as they come. Watch the test
  # accuracy, which is measured on all classes so far.

  run finetune net on=T epochs=5 batch=16 as ft

  # What happened? Row: after which task. Column: whose images. The newest task is known, the old
  # ones are gone: to be right on new pictures it is enough never to give an old answer.
  # This is catastrophic forgetting ('explain forgetting').

  matrix ft

  # Was it the network's fault? If all pictures of all classes so far could be kept, it would do
  # this well. It is the upper bound, and it takes longer with every task.

  run joint net on=T epochs=5 batch=16 as ub

  # Between the two: keep a few pictures of each class and mix them with the new ones (rehearsal),
  # and let the network from before the task say what it would have answered (distillation).

  run rehearsal-kd net on=T epochs=5 batch=16 lr=0.003 memory=160 as kd

  # These are the pictures that it kept: 160 in all, twenty of each class in the end.

  show memory kd

  # A run can also be taken in steps: begun, and carried on by batches, epochs or tasks. Ctrl-C stops
  # any work in the same way, and nothing is lost.

  begin rehearsal-kd net on=T epochs=5 batch=16 lr=0.003 memory=16 as little

  step little

  status little

  continue little

  # Side by side: accuracy after each task, its mean, how many points the old tasks lost, and what
  # was kept besides the network, counted in pictures of 32×32 pixels.

  compare [ft, little, kd, ub]

  plot accuracy [ft, little, kd, ub]

  # Which signs are taken for which? With few memories, mistakes lean towards what came last.

  confusion little top=5

  # Everything that was carried out stands in the journal, and 'save script FILE' makes a script of
  # it. 'save session FILE' keeps networks, runs and memories to the bit.

  history 3

  # That was the tour. On your own now: another memory, another temperature, 'strategies' for other
  # ways, 'explain' for the ideas behind them, 'lessons' to work through with questions, 'help' for
  # every command. The notebook itself is sessions/notebook.way.
  """
