package dev.sampo.simulation.explore;

/** Which kinds of messages were sent on which links, while a plan decided about them. */
final class Traffic {

  private final int[] sent = new int[MessageKind.values().length];

  void note(MessageKind kind, int from, int to) {
    sent[kind.ordinal()] |= 1 << link(from, to);
  }

  /**
   * Whether both plans treat all of this alike: then a run under the one that met this traffic is
   * also the run under the other.
   */
  boolean cannotTell(Losses one, Losses other) {
    for (int kind = 0; kind < sent.length; kind++) {
      if (((one.links[kind] ^ other.links[kind]) & sent[kind]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** What a plan loses. */
  static final class Losses {
    private final int[] links = new int[MessageKind.values().length];

    static Losses of(RoundPlan plan) {
      var losses = new Losses();
      for (var kind : MessageKind.values()) {
        for (int from = 0; from < RoundPlan.MACHINES; from++) {
          for (int to = 0; to < RoundPlan.MACHINES; to++) {
            if (!plan.passes(kind, from, to)) {
              losses.links[kind.ordinal()] |= 1 << link(from, to);
            }
          }
        }
      }
      return losses;
    }
  }

  private static int link(int from, int to) {
    return from * RoundPlan.MACHINES + to;
  }
}
