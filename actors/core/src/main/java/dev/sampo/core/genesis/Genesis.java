package dev.sampo.core.genesis;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.crypto.Purpose;
import dev.sampo.core.crypto.SigningDomain;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.types.View;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;

/**
 * The document that a ledger starts from (W17).
 *
 * @param nonce 32 random bytes, so that no two ledgers are the same
 * @param engine names the consensus engine: {@code simplex} or {@code solo}
 * @param applicationState what the application's {@code initLedger} is given, at most 1 MiB
 */
public record Genesis(
    Bytes nonce,
    String engine,
    LedgerTime time,
    ValidatorSet validators,
    LedgerParameters parameters,
    String application,
    Bytes applicationState) {

  public static final int VERSION = 3;
  private static final int NONCE_LENGTH = 32;
  private static final int NAME_LENGTH_MAX = 32;
  private static final int APPLICATION_STATE_MAX = 1 << 20;

  public Genesis {
    if (nonce.length() != NONCE_LENGTH) {
      throw new IllegalArgumentException("a genesis nonce has 32 bytes");
    }
  }

  public LedgerId ledgerId() {
    return new LedgerId(SigningDomain.identifier(Purpose.GENESIS, encoded()).value());
  }

  /** The hash that a header of epoch 0 names its validator set by. */
  public Hash validatorSetHash() {
    return hashOf(validators);
  }

  public static Hash hashOf(ValidatorSet validators) {
    var keys =
        WireWriter.encode(out -> out.list(validators.keys(), (key, w) -> w.fixed(key.value())));
    return SigningDomain.identifier(Purpose.VALIDATOR_SET, keys);
  }

  /** The block of height 0 and view 0, parent of the first proposal; it carries no transactions. */
  public Block block() {
    var cut = Cut.unused(validators.size());
    var position =
        new BlockHeader.Position(Epoch.ZERO, View.ZERO, Height.ZERO, Hash.ZERO, View.ZERO);
    var content =
        new BlockHeader.Content(
            cut.root(),
            Block.inlineRoot(List.of()),
            validatorSetHash(),
            Hash.ZERO,
            Height.ZERO,
            Hash.ZERO);
    var header =
        new BlockHeader(
            BlockHeader.VERSION,
            ledgerId(),
            position,
            time,
            ValidatorIndex.of(0),
            BlockType.EMPTY,
            content);
    return new Block(header, cut, List.of());
  }

  public Bytes encoded() {
    return WireWriter.encode(
        out -> {
          out.u8(VERSION).fixed(nonce).text(engine).u64(time.millis());
          out.list(validators.keys(), (key, w) -> w.fixed(key.value()));
          parameters.writeTo(out);
          out.text(application).bytes(applicationState);
        });
  }

  public static Genesis decode(Bytes encoded) throws Malformed {
    return WireReader.decode(encoded, Genesis::readFrom);
  }

  private static Genesis readFrom(WireReader in) throws Malformed {
    int version = in.u8();
    if (version != VERSION) {
      throw new Malformed("unknown genesis version " + version);
    }
    return new Genesis(
        in.fixed(NONCE_LENGTH),
        in.text(NAME_LENGTH_MAX),
        LedgerTime.ofMillis(in.u64()),
        new ValidatorSet(
            in.list(
                ValidatorSet.MAX_SIZE, reader -> new PublicKey(reader.fixed(PublicKey.LENGTH)))),
        LedgerParameters.readFrom(in),
        in.text(NAME_LENGTH_MAX),
        in.bytes(APPLICATION_STATE_MAX));
  }
}
