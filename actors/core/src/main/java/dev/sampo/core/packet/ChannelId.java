package dev.sampo.core.packet;

import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;

/** Names a channel on one ledger: 1 to 32 characters of {@code a-z 0-9 . _ -}; never reused. */
public record ChannelId(String name) implements Comparable<ChannelId> {

  public static final int LENGTH_MAX = 32;

  public ChannelId {
    if (!AccountId.isWellFormed(name, LENGTH_MAX)) {
      throw new IllegalArgumentException(
          "a channel id has 1 to " + LENGTH_MAX + " characters of a-z 0-9 . _ -");
    }
  }

  public static ChannelId readFrom(WireReader in) throws Malformed {
    return new ChannelId(in.text(LENGTH_MAX));
  }

  @Override
  public int compareTo(ChannelId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
