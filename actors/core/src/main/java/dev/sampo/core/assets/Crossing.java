package dev.sampo.core.assets;

import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * The content of a packet of the assets application: an amount on its way to another ledger.
 *
 * @param asset as the source calls it
 * @param amount 1 to 2^63-1
 * @param from at the source, and gets it back if it does not arrive
 * @param to at the destination
 */
record Crossing(AssetId asset, long amount, AccountId from, AccountId to) {

  Crossing {
    if (amount < 1) {
      throw new IllegalArgumentException("an amount is 1 to 2^63-1");
    }
  }

  Bytes encoded() {
    return WireWriter.encode(
        out -> out.text(asset.name()).u64(amount).text(from.name()).text(to.name()));
  }

  static Crossing decode(Bytes content) throws Malformed {
    return WireReader.decode(
        content,
        in ->
            new Crossing(
                new AssetId(in.text(AssetId.LENGTH_MAX)),
                in.u64(),
                new AccountId(in.text(AccountId.LENGTH_MAX)),
                new AccountId(in.text(AccountId.LENGTH_MAX))));
  }
}
