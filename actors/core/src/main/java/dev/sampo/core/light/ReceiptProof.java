package dev.sampo.core.light;

import dev.sampo.core.merkle.MerklePath;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * Proof of what became of a transaction (X3).
 *
 * @param finality of a chain that holds the block that {@code state} is about
 * @param state the certificate of the roots after the block that the receipt names
 * @param path from the receipt to the receipts root
 */
public record ReceiptProof(
    FinalityProof finality, Certificate state, Receipt receipt, MerklePath path) {

  /** Largest encoding in bytes. */
  public static final int ENCODED_BYTES_MAX = 1 << 20;

  public Bytes encoded() {
    return WireWriter.encode(
        out -> {
          finality.writeTo(out);
          state.writeTo(out);
          receipt.writeTo(out);
          path.writeTo(out);
        });
  }

  public static ReceiptProof decode(Bytes encoded) throws Malformed {
    if (encoded.length() > ENCODED_BYTES_MAX) {
      throw new Malformed("a proof of " + encoded.length() + " bytes");
    }
    return WireReader.decode(encoded, ReceiptProof::readFrom);
  }

  private static ReceiptProof readFrom(WireReader in) throws Malformed {
    return new ReceiptProof(
        FinalityProof.readFrom(in),
        Certificate.readFrom(in),
        Receipt.readFrom(in),
        MerklePath.readFrom(in));
  }
}
