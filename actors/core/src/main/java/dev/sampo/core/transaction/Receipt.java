package dev.sampo.core.transaction;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;

/**
 * What became of a transaction that was executed (X3); a leaf under the receipts root of its block.
 *
 * @param index the place of the transaction in its block
 * @param code {@link #OK}, a {@link RejectionCode} or an error code of the application
 * @param events none unless the code is OK
 * @param stateDelta the hash of what it changed
 */
public record Receipt(
    TransactionId id, Height height, int index, String code, List<Event> events, Hash stateDelta) {

  /** The code of success. */
  public static final String OK = "OK";

  /** Longest code in characters. */
  public static final int CODE_LENGTH_MAX = 64;

  public Receipt {
    events = List.copyOf(events);
    requireCode(code);
    if (index < 0 || events.size() > Event.COUNT_MAX) {
      throw new IllegalArgumentException(
          "a receipt has a place and at most " + Event.COUNT_MAX + " events");
    }
  }

  /** Throws unless {@code code} is 1 to 64 of A-Z, 0-9 and _. */
  public static void requireCode(String code) {
    boolean wellFormed = !code.isEmpty() && code.length() <= CODE_LENGTH_MAX;
    for (int i = 0; wellFormed && i < code.length(); i++) {
      char c = code.charAt(i);
      wellFormed = c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
    if (!wellFormed) {
      throw new IllegalArgumentException("a code has 1 to 64 characters of A-Z 0-9 _");
    }
  }

  public boolean ok() {
    return code.equals(OK);
  }

  public Bytes encoded() {
    return WireWriter.encode(this::writeTo);
  }

  public void writeTo(WireWriter out) {
    out.hash(id.hash()).u64(height.number()).u32(index).text(code);
    out.list(events, Event::writeTo).hash(stateDelta);
  }

  public static Receipt readFrom(WireReader in) throws Malformed {
    return new Receipt(
        new TransactionId(in.hash()),
        Height.of(in.u64()),
        in.u32(),
        in.text(CODE_LENGTH_MAX),
        in.list(Event.COUNT_MAX, Event::readFrom),
        in.hash());
  }
}
