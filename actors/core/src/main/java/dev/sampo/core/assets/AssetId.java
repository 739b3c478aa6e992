package dev.sampo.core.assets;

import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.transaction.AccountId;
import java.util.Optional;

/**
 * Names an asset. One that is issued here has 1 to {@link #ISSUED_LENGTH_MAX} characters of {@code
 * a-z 0-9 . _ -}, the first a letter or digit. A <em>voucher</em>, which stands for an asset of
 * another ledger and which nobody issues, is named {@code CHANNEL:ASSET} by the channel through
 * which it came and by what it is called at the other end, where it may be a voucher too; so its
 * name is a path of at most {@link #CHANNELS_MAX} channels and the name of what was issued.
 */
public record AssetId(String name) implements Comparable<AssetId> {

  public static final int ISSUED_LENGTH_MAX = 32;

  public static final int CHANNELS_MAX = 4;

  /** Of any name, a voucher's too. */
  public static final int LENGTH_MAX =
      CHANNELS_MAX * (ChannelId.LENGTH_MAX + 1) + ISSUED_LENGTH_MAX;

  /** In no other name: neither a channel's nor that of an issued asset. */
  private static final char AFTER_CHANNEL = ':';

  public AssetId {
    if (!isWellFormed(name)) {
      throw new IllegalArgumentException(
          "an asset id has 1 to 32 characters of a-z 0-9 . _ -, or is CHANNEL:ASSET");
    }
  }

  private static boolean isWellFormed(String name) {
    int start = 0;
    int channels = 0;
    for (int colon = name.indexOf(AFTER_CHANNEL);
        colon >= 0;
        colon = name.indexOf(AFTER_CHANNEL, start)) {
      if (++channels > CHANNELS_MAX
          || !AccountId.isWellFormed(name.substring(start, colon), ChannelId.LENGTH_MAX)) {
        return false;
      }
      start = colon + 1;
    }
    return AccountId.isWellFormed(name.substring(start), ISSUED_LENGTH_MAX);
  }

  /** What {@code asset} of another ledger is called here; nothing if its path would be too long. */
  public static Optional<AssetId> voucher(ChannelId through, AssetId asset) {
    long channels = asset.name.chars().filter(c -> c == AFTER_CHANNEL).count();
    return channels < CHANNELS_MAX
        ? Optional.of(new AssetId(through.name() + AFTER_CHANNEL + asset.name))
        : Optional.empty();
  }

  /** The channel through which a voucher came; nothing for an asset that is issued here. */
  public Optional<ChannelId> channel() {
    int colon = name.indexOf(AFTER_CHANNEL);
    return colon < 0 ? Optional.empty() : Optional.of(new ChannelId(name.substring(0, colon)));
  }

  public boolean isVoucher() {
    return name.indexOf(AFTER_CHANNEL) >= 0;
  }

  /** What a voucher stands for, as it is called at the other end of its channel. */
  AssetId atOtherEnd() {
    return new AssetId(name.substring(name.indexOf(AFTER_CHANNEL) + 1));
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
