package dev.sampo.simulation.deployment;

/**
 * Something that does one thing at a time, or several of the same kind, in the order in which they
 * come: a link, a disk, or the cores of a machine. Times are nanoseconds of the simulated world.
 */
final class Server {

  private final long[] freeAt;
  private long given;

  /** {@code places}: how many things it does at a time. */
  Server(int places) {
    this.freeAt = new long[places];
  }

  /** How long what comes now and takes so long has to wait and to be served. */
  long take(long now, long nanos) {
    int first = 0;
    for (int i = 1; i < freeAt.length; i++) {
      first = freeAt[i] < freeAt[first] ? i : first;
    }
    freeAt[first] = Math.max(now, freeAt[first]) + nanos;
    given += nanos;
    return freeAt[first] - now;
  }

  /** How long its places were busy up to now, all of them together. */
  long busy(long now) {
    // Nothing waits while a place is free, so what a place has left to do, it does without a gap.
    long left = 0;
    for (long at : freeAt) {
      left += Math.max(0, at - now);
    }
    return given - left;
  }

  int places() {
    return freeAt.length;
  }
}
