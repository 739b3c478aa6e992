package dev.sampo.node.peer;

/** Carries a {@link Refusal} through a stream, which knows failures only as exceptions. */
final class LinkRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Refusal reason;

  LinkRefused(Refusal reason) {
    super(reason.label(), null, false, false);
    this.reason = reason;
  }

  Refusal reason() {
    return reason;
  }
}
