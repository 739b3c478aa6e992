package dev.sampo.core.packet.relay;

import java.util.Locale;

/** What a relayer does for a packet, or for the light client that it is proven to. */
public enum RelayStep {
  UPDATE,
  RECEIVE,
  ACKNOWLEDGE,
  TIME_OUT;

  /** In lower case, as metrics have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
