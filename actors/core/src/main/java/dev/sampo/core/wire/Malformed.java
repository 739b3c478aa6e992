package dev.sampo.core.wire;

/**
 * Bytes that are not the canonical encoding of what was asked for; expected from any peer or
 * client.
 */
public final class Malformed extends Exception {

  private static final long serialVersionUID = 1L;

  public Malformed(String reason) {
    super(reason, null, false, false);
  }
}
