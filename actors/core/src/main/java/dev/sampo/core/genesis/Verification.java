package dev.sampo.core.genesis;

import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Arrays;
import java.util.Optional;

/** Who checks the signatures of clients on a ledger (X11). */
public enum Verification {
  /** Each validator, when it executes: no number of liars makes an honest one execute a forgery. */
  EVERY_VALIDATOR(0, "every-validator"),
  /**
   * As many as an availability quorum, before a batch is ordered: execution relies on them, so more
   * liars than the ledger tolerates can make a forgery execute.
   */
  ATTESTED(1, "attested");

  private final int code;
  private final String label;

  Verification(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** The name in configurations and on the command line. */
  public String label() {
    return label;
  }

  public static Optional<Verification> named(String label) {
    return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
  }

  void writeTo(WireWriter out) {
    out.u8(code);
  }

  static Verification readFrom(WireReader in) throws Malformed {
    int code = in.u8();
    for (var one : values()) {
      if (one.code == code) {
        return one;
      }
    }
    throw new Malformed("unknown verification " + code);
  }
}
