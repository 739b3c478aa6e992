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

  @Override
  public String toString() {
    return "Verified[" + message + "]";
  }
}
