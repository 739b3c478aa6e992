package dev.sampo.core.assets;

import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;

/** What a packet of the assets application says. */
sealed interface PacketContent {

  /**
   * An amount on its way to another ledger.
   *
   * @param what as the source calls it
   * @param from at the source, and gets it back if it does not arrive
   * @param to at the destination
   */
  record Crossing(Holding what, AccountId from, AccountId to) implements PacketContent {}

  /**
   * A whole account on its way to another ledger (M2).
   *
   * @param generation that it will arrive with, at least 2
   * @param holdings as the source calls them, in strictly ascending order of the assets
   */
  record AccountMove(AccountId account, long generation, PublicKey key, List<Holding> holdings)
      implements PacketContent {

    /** Most assets that an account holds while it moves: they fit into a packet and a receipt. */
    static final int HOLDINGS_MAX = 12;

    public AccountMove {
      holdings = List.copyOf(holdings);
      if (generation < 2 || holdings.size() > HOLDINGS_MAX) {
        throw new IllegalArgumentException("a move has a generation from 2 on, and few holdings");
      }
      for (int i = 1; i < holdings.size(); i++) {
        if (holdings.get(i - 1).asset().compareTo(holdings.get(i).asset()) >= 0) {
          throw new IllegalArgumentException("holdings must be strictly ascending");
        }
      }
    }
  }

  /** Starts an account's move; a crossing starts with a length, whose first byte is 0. */
  int MOVE = 1;

  /** What crosses. */
  default List<Holding> holdings() {
    return switch (this) {
      case Crossing(var what, _, _) -> List.of(what);
      case AccountMove(_, _, _, var holdings) -> holdings;
    };
  }

  default Bytes encoded() {
    return WireWriter.encode(
        out -> {
          switch (this) {
            case Crossing(var what, var from, var to) -> {
              what.writeTo(out);
              out.text(from.name()).text(to.name());
            }
            case AccountMove(var account, long generation, var key, var holdings) ->
                out.u8(MOVE)
                    .text(account.name())
                    .u64(generation)
                    .fixed(key.value())
                    .list(holdings, Holding::writeTo);
          }
        });
  }

  static PacketContent decode(Bytes content) throws Malformed {
    boolean isMove = content.length() > 0 && content.at(0) == MOVE;
    return isMove
        ? WireReader.decode(content, PacketContent::readMove)
        : WireReader.decode(content, PacketContent::readCrossing);
  }

  private static PacketContent readCrossing(WireReader in) throws Malformed {
    return new Crossing(Holding.readFrom(in), readAccount(in), readAccount(in));
  }

  private static PacketContent readMove(WireReader in) throws Malformed {
    in.u8();
    return new AccountMove(
        readAccount(in),
        in.u64(),
        new PublicKey(in.fixed(PublicKey.LENGTH)),
        in.list(AccountMove.HOLDINGS_MAX, Holding::readFrom));
  }

  private static AccountId readAccount(WireReader in) throws Malformed {
    return new AccountId(in.text(AccountId.LENGTH_MAX));
  }
}
