package dev.sampo.node.placing;

/**
 * What a node says of a ledger that it hosts.
 *
 * @param writerEpoch of its copy; 0 while it is only taking over
 * @param isPinned whether somebody asked for it to be there, so that balance does not move it
 */
record Held(long writerEpoch, boolean isPinned) {

  static final Held TAKING_OVER = new Held(0, false);

  boolean isRunning() {
    return writerEpoch > 0;
  }
}
