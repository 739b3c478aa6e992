package dev.sampo.simulation.world;

/**
 * One copy of a validator as the writer of its store: what it commits counts only while no later
 * copy has taken the store over (V1, V2).
 *
 * @param copy counts the copies of one validator that ever ran
 * @param epoch the writer epoch in which it took the store over
 */
record Writer(Register register, long copy, long epoch) {

  /** The store of one validator, as far as it is about who writes there. */
  static final class Register {
    private long epoch;
    private long copies;

    /** A copy takes the store over, durably, before it reads anything there. */
    Writer takeOver() {
      epoch++;
      return new Writer(this, copies++, epoch);
    }

    /** The newest writer epoch. */
    long epoch() {
      return epoch;
    }
  }

  /** Another copy has taken the store over: this one stops for good. */
  static final class Fenced extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fenced(Writer writer) {
      super("copy " + writer.copy + " wrote in epoch " + writer.epoch + " of the store");
    }
  }

  boolean isCurrent() {
    return epoch == register.epoch();
  }

  /** The condition of each commit, in the same transaction. */
  void requireCurrent() {
    if (!isCurrent()) {
      throw new Fenced(this);
    }
  }
}
