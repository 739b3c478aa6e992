package dev.sampo.core.state;

/**
 * The store failed while an application read its state. An {@code Error}, so that nothing on the
 * way takes it for a failure of the transaction: this node must stop, the others go on.
 */
public final class StateUnavailable extends Error {

  private static final long serialVersionUID = 1L;

  StateUnavailable(RuntimeException cause) {
    super("the store failed", cause);
  }
}
