package dev.sampo.core.assets;

import dev.sampo.core.transaction.AccountId;

/** Names an asset: 1 to 32 characters of {@code a-z 0-9 . _ -}, the first a letter or digit. */
public record AssetId(String name) implements Comparable<AssetId> {

  public static final int LENGTH_MAX = 32;

  public AssetId {
    if (!AccountId.isWellFormed(name, LENGTH_MAX)) {
      throw new IllegalArgumentException(
          "an asset id has 1 to " + LENGTH_MAX + " characters of a-z 0-9 . _ -");
    }
  }

  @Override
  public int compareTo(AssetId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
