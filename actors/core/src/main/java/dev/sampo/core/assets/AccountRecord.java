package dev.sampo.core.assets;

import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * What a ledger holds of an account (M1); a ledger without such an entry has never had it. The
 * generation is 1 where the account was created and grows by one with each move, so that of several
 * records the one with the highest tells where the account is. An account that belongs to one
 * ledger alone has the generation 0, and never moves.
 */
public sealed interface AccountRecord {

  /** Who signs for the account, or signed for it when it left. */
  PublicKey key();

  long generation();

  /** The account is here. */
  record Active(PublicKey key, long generation) implements AccountRecord {
    public Active {
      requireGeneration(generation, 0);
    }
  }

  /**
   * The account has left, and it is not known here whether it has arrived. Nothing is credited to
   * it or debited from it.
   *
   * @param generation before the move
   * @param channel by which it left, in the packet with the number {@code sequence}
   */
  record Moving(PublicKey key, long generation, LedgerId to, ChannelId channel, long sequence)
      implements AccountRecord {
    public Moving {
      requireGeneration(generation, 1);
      if (sequence < 1) {
        throw new IllegalArgumentException("packets are numbered from 1 on");
      }
    }
  }

  /**
   * The account was here and went to {@code to}, where it may have gone further. Never deleted.
   *
   * @param generation that it arrived with
   */
  record Moved(PublicKey key, long generation, LedgerId to) implements AccountRecord {
    public Moved {
      requireGeneration(generation, 2);
    }
  }

  private static void requireGeneration(long generation, long least) {
    if (generation < least) {
      throw new IllegalArgumentException("a generation is at least " + least);
    }
  }

  /** Whether it may ever leave. */
  default boolean isMovable() {
    return generation() > 0;
  }

  /** Of an account of generation 0 its key alone; otherwise a code of the case, and its parts. */
  default Bytes encoded() {
    return isMovable() ? WireWriter.encode(this::writeTo) : key().value();
  }

  private void writeTo(WireWriter out) {
    switch (this) {
      case Active(var key, long generation) -> out.u8(1).fixed(key.value()).u64(generation);
      case Moving(var key, long generation, var to, var channel, long sequence) -> {
        out.u8(2).fixed(key.value()).u64(generation);
        out.fixed(to.value()).text(channel.name()).u64(sequence);
      }
      case Moved(var key, long generation, var to) ->
          out.u8(3).fixed(key.value()).u64(generation).fixed(to.value());
    }
  }

  /** Reads an entry of the state, as a proof shows it; fails if it is none. */
  static AccountRecord decode(Bytes value) throws Malformed {
    // No other record is as short as a key.
    return value.length() == PublicKey.LENGTH
        ? new Active(new PublicKey(value), 0)
        : WireReader.decode(value, AccountRecord::readFrom);
  }

  private static AccountRecord readFrom(WireReader in) throws Malformed {
    int code = in.u8();
    var key = new PublicKey(in.fixed(PublicKey.LENGTH));
    long generation = in.u64();
    if (generation == 0) {
      throw new Malformed("generation 0 has no number");
    }
    return switch (code) {
      case 1 -> new Active(key, generation);
      case 2 -> new Moving(key, generation, readLedger(in), ChannelId.readFrom(in), in.u64());
      case 3 -> new Moved(key, generation, readLedger(in));
      default -> throw new Malformed("unknown record of an account");
    };
  }

  private static LedgerId readLedger(WireReader in) throws Malformed {
    return new LedgerId(in.fixed(LedgerId.LENGTH));
  }

  /** As {@link #decode}, of an entry that a ledger has written itself. */
  public static AccountRecord stored(Bytes value) {
    try {
      return decode(value);
    } catch (Malformed damaged) {
      throw new InvariantViolation("the entry of an account is damaged", damaged);
    }
  }
}
