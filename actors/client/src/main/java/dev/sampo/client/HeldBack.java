package dev.sampo.client;

/**
 * A submission was not sent, as the node would most likely refuse it ({@link OverloadThrottle}).
 */
final class HeldBack extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HeldBack() {
    super("the node has refused much of late, so that this was not sent to it", null, false, false);
  }
}
