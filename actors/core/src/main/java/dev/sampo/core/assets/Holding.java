package dev.sampo.core.assets;

import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * An amount of an asset, as one ledger calls it.
 *
 * @param amount 1 to 2^63-1
 */
record Holding(AssetId asset, long amount) {

  Holding {
    if (amount < 1) {
      throw new IllegalArgumentException("an amount is 1 to 2^63-1");
    }
  }

  void writeTo(WireWriter out) {
    out.text(asset.name()).u64(amount);
  }

  static Holding readFrom(WireReader in) throws Malformed {
    return new Holding(new AssetId(in.text(AssetId.LENGTH_MAX)), in.u64());
  }
}
