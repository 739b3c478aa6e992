package dev.sampo.core.execution;

import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/** What became of an entry of a block (7.13). */
public sealed interface TransactionResult {

  /** It was executed, once and for all, with success or an error. */
  record Executed(Receipt receipt) implements TransactionResult {}

  /**
   * It had no effect and left no trace under its id; the same signed bytes may still be executed.
   *
   * @param entry the SHA-256 of the signed transaction
   */
  record Void(RejectionCode code, Hash entry) implements TransactionResult {}

  /** It, or another with its key, was executed at this earlier place. */
  record Duplicate(RejectionCode code, Height height, int index) implements TransactionResult {}

  default Bytes encoded() {
    return WireWriter.encode(
        out -> {
          switch (this) {
            case Executed(var receipt) -> receipt.writeTo(out.u8(0));
            case Void(var code, var entry) -> out.u8(1).text(code.name()).hash(entry);
            case Duplicate(var code, var height, var index) ->
                out.u8(2).text(code.name()).u64(height.number()).u32(index);
          }
        });
  }

  static TransactionResult decode(Bytes encoded) throws Malformed {
    return WireReader.decode(encoded, TransactionResult::readFrom);
  }

  private static TransactionResult readFrom(WireReader in) throws Malformed {
    return switch (in.u8()) {
      case 0 -> new Executed(Receipt.readFrom(in));
      case 1 -> new Void(readCode(in), in.hash());
      case 2 -> new Duplicate(readCode(in), Height.of(in.u64()), in.u32());
      default -> throw new Malformed("unknown kind of result");
    };
  }

  private static RejectionCode readCode(WireReader in) throws Malformed {
    return RejectionCode.valueOf(in.text(Receipt.CODE_LENGTH_MAX));
  }
}
