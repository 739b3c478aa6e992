package dev.sampo.simulation.crossledger;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.packet.PacketOperation;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.WireWriter;
import dev.sampo.simulation.crypto.SimulatedSuite;
import dev.sampo.simulation.world.Reply;
import dev.sampo.simulation.world.Visitor;
import dev.sampo.simulation.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/** One of the ledgers of a network, as users and relayers meet it: at any of its validators. */
final class Ledger {

  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final long VALID_MILLIS = 60_000;

  private final int number;
  private final Visitor visitor;
  private final SimulatedSuite accounts;
  private final SplittableRandom random;
  private long submitted;

  Ledger(int number, Visitor visitor, SimulatedSuite accounts, SplittableRandom random) {
    this.number = number;
    this.visitor = visitor;
    this.accounts = accounts;
    this.random = random;
  }

  int number() {
    return number;
  }

  World world() {
    return visitor.world();
  }

  Visitor visitor() {
    return visitor;
  }

  LedgerId id() {
    return world().genesis().ledgerId();
  }

  /** Reads any validator that is up, a liar's too; nothing if none can be read. */
  <T> Optional<T> read(Function<LedgerReader, T> reading) {
    int count = world().settings().validators();
    int first = random.nextInt(count);
    for (int i = 0; i < count; i++) {
      var read = visitor.read((first + i) % count, reading);
      if (read.isPresent()) {
        return read;
      }
    }
    return Optional.empty();
  }

  /** As {@link #read}, of what need not be there. */
  <T> Optional<T> find(Function<LedgerReader, Optional<T>> reading) {
    return read(reading).flatMap(Function.identity());
  }

  /** Hands a transaction to any validator. */
  void submit(AccountId sender, Bytes payload, Consumer<Reply> listener) {
    visitor.submit(anyValidator(), signed(sender, payload), PATIENCE, listener);
  }

  /** The same of what nobody should take in: a validator that checks nothing does. */
  void smuggle(AccountId sender, PacketOperation operation, Consumer<Reply> listener) {
    smuggle(sender, Assets.onPackets(operation), listener);
  }

  void smuggle(AccountId sender, Bytes payload, Consumer<Reply> listener) {
    var signed = signed(sender, payload);
    visitor.submitUnchecked(anyValidator(), signed, PATIENCE, listener);
  }

  private int anyValidator() {
    return random.nextInt(world().settings().validators());
  }

  private SignedTransaction signed(AccountId sender, Bytes payload) {
    long salt = ++submitted;
    var body =
        new TransactionBody(
            id(),
            Assets.NAME,
            payload,
            sender,
            visitor.now().plusMillis(VALID_MILLIS),
            WireWriter.encode(out -> out.u64(number).u64(salt)),
            List.of());
    return SignedTransaction.sign(body, Accounts.signer(number, sender, accounts));
  }

  void submit(AccountId sender, PacketOperation operation, Consumer<Reply> listener) {
    submit(sender, Assets.onPackets(operation), listener);
  }

  /** Something about packets here is not as it should be. */
  void violated(String rule, String message) {
    world().observer().report(rule, "ledger " + number + ": " + message);
  }
}
