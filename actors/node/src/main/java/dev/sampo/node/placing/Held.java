package dev.sampo.node.placing;

/**
 * What a node says of a ledger that it hosts.
 *
 * @param writerEpoch of its copy; 0 while it is only taking over
 * @param isPinned whether somebody asked for it to be there, so that balance does not move it
 * @param unhostedMillis for how long nobody hosted it before, as far as that is known
 */
record Held(long writerEpoch, boolean isPinned, long unhostedMillis) {

  static final Held TAKING_OVER = new Held(0, false, 0);

  boolean isRunning() {
    return writerEpoch > 0;
  }
}
