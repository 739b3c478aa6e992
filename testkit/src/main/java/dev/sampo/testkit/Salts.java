package dev.sampo.testkit;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import java.nio.charset.StandardCharsets;

/** Tells the transactions of a test apart; the same seed gives the same salts in their order. */
final class Salts {

  private final long seed;
  private int drawn;

  Salts(long seed) {
    this.seed = seed;
  }

  Bytes next() {
    var text = "salt " + seed + " " + drawn++;
    return Sha256.hash(text.getBytes(StandardCharsets.UTF_8))
        .value()
        .slice(0, TransactionBody.SALT_LENGTH);
  }
}
