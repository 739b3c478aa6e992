package dev.sampo.core.light;

import dev.sampo.core.state.State;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.state.TreeProof;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Optional;

/**
 * Proof of what a key of the state is at a height (protocol 2.18, W5, 7.23).
 *
 * @param finality of a chain that holds the block that {@code state} is about
 * @param state the certificate of the roots after that block
 * @param value nothing if the key is absent
 */
public record StateProof(
    FinalityProof finality,
    Certificate state,
    StateKey key,
    Optional<Bytes> value,
    TreeProof tree) {

  /** Largest encoding in bytes. */
  public static final int ENCODED_BYTES_MAX = 1 << 20;

  public Bytes encoded() {
    return WireWriter.encode(
        out -> {
          finality.writeTo(out);
          state.writeTo(out);
          key.writeTo(out);
          out.bool(value.isPresent());
          value.ifPresent(out::bytes);
          tree.writeTo(out);
        });
  }

  public static StateProof decode(Bytes encoded) throws Malformed {
    if (encoded.length() > ENCODED_BYTES_MAX) {
      throw new Malformed("a proof of " + encoded.length() + " bytes");
    }
    return WireReader.decode(encoded, StateProof::readFrom);
  }

  private static StateProof readFrom(WireReader in) throws Malformed {
    return new StateProof(
        FinalityProof.readFrom(in),
        Certificate.readFrom(in),
        StateKey.readFrom(in),
        in.bool() ? Optional.of(in.bytes(State.VALUE_LENGTH_MAX)) : Optional.empty(),
        TreeProof.readFrom(in));
  }
}
