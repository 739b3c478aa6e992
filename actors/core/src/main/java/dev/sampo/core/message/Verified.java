package dev.sampo.core.message;

/** A message all of whose signatures were checked; only {@link MessageVerifier} makes one. */
public final class Verified<M extends PeerMessage> {

  private final M message;

  Verified(M message) {
    this.message = message;
  }

  public M message() {
    return message;
  }

  /** The same message by its narrower type; {@code narrowed} must be the message itself. */
  public <N extends PeerMessage> Verified<N> as(N narrowed) {
    if (!narrowed.equals(message)) {
      throw new IllegalArgumentException("only the checked message itself may be narrowed");
    }
    return new Verified<>(narrowed);
  }

  @Override
  public String toString() {
    return "Verified[" + message + "]";
  }
}
