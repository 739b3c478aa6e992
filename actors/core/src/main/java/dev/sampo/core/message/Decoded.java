package dev.sampo.core.message;

/** What the bytes from a peer turned out to be. */
public sealed interface Decoded {

  /** The canonical encoding of {@code envelope}; its signatures are not checked yet. */
  record Ok(Envelope envelope) implements Decoded {}

  /** Malformed: counted, never answered, never evidence. */
  record Refused(String reason) implements Decoded {}
}
