package dev.sampo.cluster.demo;

import dev.sampo.client.TransactionBuilder;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.node.ledger.LedgerSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which of the transfers of a load cross, from a further ledger to the first one or the other way;
 * evenly spread over all of them.
 *
 * @param percent 0 to 100; 0 if there are no two ledgers
 * @param ledgers in the order of the clients that send
 * @param timeout how long they have to arrive, or come back
 */
record CrossShare(int percent, List<LedgerName> ledgers, Duration timeout) {

  /** Nothing crosses. */
  static final CrossShare NONE = new CrossShare(0, List.of());

  /** Time enough for all of them to arrive. */
  static Duration usually() {
    return Duration.ofMinutes(10);
  }

  /** With time enough for all of them to arrive. */
  CrossShare(int percent, List<LedgerName> ledgers) {
    this(percent, ledgers, usually());
  }

  CrossShare {
    ledgers = List.copyOf(ledgers);
    if (percent < 0 || percent > 100 || (percent > 0 && ledgers.size() < 2)) {
      throw new IllegalArgumentException("0 to 100 percent cross, between two ledgers or more");
    }
  }

  /** Another share between the same ledgers. */
  CrossShare of(int another) {
    return new CrossShare(another, ledgers, timeout);
  }

  boolean crosses(long number) {
    return (number + 1) * percent / 100 != number * percent / 100;
  }

  /** The transfer with this number, of one coin from the ledger at {@code place}. */
  SignedTransaction transfer(TransactionBuilder from, int place, long number, AccountId to) {
    var timeout =
        LedgerTime.ofMillis(System.currentTimeMillis()).plusMillis(this.timeout.toMillis());
    return from.build(
        Assets.NAME, Assets.sendAcross(channel(place, number), DemoAccounts.COIN, to, 1, timeout));
  }

  /** The same for a load on one ledger alone, which is the first one then. */
  CrossShare from(LedgerName ledger) {
    if (percent == 0) {
      return this;
    }
    var others = ledgers.stream().filter(name -> !name.equals(ledger)).toList();
    return new CrossShare(
        percent, Stream.concat(Stream.of(ledger), others.stream()).toList(), timeout);
  }

  /** How many channels lead from the ledger at {@code place}. */
  int channelsFrom(int place) {
    return ledgers.get(place).equals(LedgerSettings.FIRST_NAME) ? ledgers.size() - 1 : 1;
  }

  private ChannelId channel(int place, long number) {
    if (!ledgers.get(place).equals(LedgerSettings.FIRST_NAME)) {
      return DemoChannels.toFirst();
    }
    var others = ledgers.stream().filter(name -> !name.equals(LedgerSettings.FIRST_NAME)).toList();
    return DemoChannels.channelTo(others.get((int) (number % others.size())));
  }
}
