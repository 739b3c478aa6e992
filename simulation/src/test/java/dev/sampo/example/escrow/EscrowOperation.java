package dev.sampo.example.escrow;

import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/** What the escrow can be asked to do; each deal has an id of the buyer's choice. */
sealed interface EscrowOperation {

  int ID_LENGTH_MAX = 32;

  String id();

  /** The sender sets an amount aside for the seller. */
  record Open(String id, AccountId seller, long amount) implements EscrowOperation {}

  /** The buyer has the goods: the seller is paid. */
  record Release(String id) implements EscrowOperation {}

  /** The seller gives up: the buyer gets the amount back. */
  record Refund(String id) implements EscrowOperation {}

  default Bytes encoded() {
    return switch (this) {
      case Open(var id, var seller, long amount) ->
          WireWriter.encode(out -> out.u8(0).text(id).text(seller.name()).u64(amount));
      case Release(var id) -> WireWriter.encode(out -> out.u8(1).text(id));
      case Refund(var id) -> WireWriter.encode(out -> out.u8(2).text(id));
    };
  }

  static EscrowOperation decode(Bytes payload) throws Malformed {
    return WireReader.decode(payload, EscrowOperation::readFrom);
  }

  private static EscrowOperation readFrom(WireReader in) throws Malformed {
    int kind = in.u8();
    var id = in.text(ID_LENGTH_MAX);
    return switch (kind) {
      case 0 -> new Open(id, new AccountId(in.text(AccountId.LENGTH_MAX)), in.u64());
      case 1 -> new Release(id);
      case 2 -> new Refund(id);
      default -> throw new Malformed("unknown operation " + kind);
    };
  }
}
